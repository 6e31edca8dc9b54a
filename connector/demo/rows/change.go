package rows

// Change is what a statement does to the rows of a table. The numbers are those of the rows before it; they ascend, and none is in both lists.
type Change struct {
	Deleted  []int
	Updated  []int
	After    [][]any // what those that are updated become
	Inserted [][]any // what comes behind all others
}

// Apply gives the rows after a change, whose rows must not be changed afterwards. It also gives how many of the first of them ascend by the
// first column, of which so many did before.
func (t Tree) Apply(c Change, sorted int) (Tree, int) {
	var out *node
	rest, passed, still := t.root, 0, sorted
	for deleted, updated := 0, 0; deleted < len(c.Deleted) || updated < len(c.Updated); {
		if updated == len(c.Updated) || deleted < len(c.Deleted) && c.Deleted[deleted] < c.Updated[updated] {
			first, count := c.Deleted[deleted], run(c.Deleted[deleted:])
			var kept *node
			kept, rest = rest.cut(first - passed)
			_, rest = rest.cut(count)
			out = joined(out, kept)
			deleted, passed = deleted+count, first+count
			still -= min(count, max(0, sorted-first))
			continue
		}
		first, count := c.Updated[updated], run(c.Updated[updated:])
		var kept *node
		kept, rest = rest.cut(first - passed)
		_, rest = rest.cut(count)
		out = joined(out, kept)
		for i := range count {
			if first+i < sorted && key(t.Row(first+i)) != key(c.After[updated+i]) {
				still, sorted = min(still, out.len()+i), 0 // no row behind it counts any more
			}
		}
		out = joined(out, leaf(wrote(c.After, updated, count)))
		updated, passed = updated+count, first+count
	}
	return Tree{joined(joined(out, rest), leaf(wrote(c.Inserted, 0, len(c.Inserted))))}, still
}

// run is how many of the numbers follow each other without a gap.
func run(numbers []int) int {
	n := 1
	for n < len(numbers) && numbers[n] == numbers[n-1]+1 {
		n++
	}
	return n
}

// key is the value that rows are sorted by, which is a whole number in all of them.
func key(row []any) any {
	if n, ok := row[0].(int64); ok {
		return n
	}
	return nil
}
