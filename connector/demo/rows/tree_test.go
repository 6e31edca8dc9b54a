package rows_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/rows"
)

func numbered(count int) rows.Tree {
	return rows.Of(count, func(i int) []any { return []any{int64(i)} })
}

func listed(t rows.Tree) (out []int64) {
	for i := range t.Len() {
		out = append(out, t.Row(i)[0].(int64))
	}
	return out
}

// TestATreeHasTheRowsThatAListWouldHave changes a tree and a list in the same ways, and keeps what both were before.
func TestATreeHasTheRowsThatAListWouldHave(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	tree, list := numbered(500), listed(numbered(500))
	sorted := tree.Len()
	type state struct {
		tree rows.Tree
		list []int64
	}
	var before []state
	for step := range 400 {
		before = append(before, state{tree, slices.Clone(list)})
		var c rows.Change
		var after []int64
		for i, v := range list {
			switch chance.IntN(40) {
			case 0, 1:
				c.Deleted = append(c.Deleted, i)
			case 2, 3:
				if chance.IntN(20) == 0 {
					v = int64(1_000_000 + step)
				}
				c.Updated, c.After = append(c.Updated, i), append(c.After, []any{v})
				after = append(after, v)
			default:
				after = append(after, v)
			}
		}
		for n := range chance.IntN(40) {
			c.Inserted = append(c.Inserted, []any{int64(-n)})
			after = append(after, int64(-n))
		}
		tree, sorted = tree.Apply(c, sorted)
		if list = after; !slices.Equal(listed(tree), list) {
			t.Fatalf("step %d: the tree has other rows than the list", step)
		}
		if sorted < 0 || sorted > len(list) || !slices.IsSorted(list[:sorted]) {
			t.Fatalf("step %d: the first %d of %d rows do not ascend", step, sorted, len(list))
		}
	}
	for i, was := range before {
		if !slices.Equal(listed(was.tree), was.list) {
			t.Fatalf("step %d has other rows than it had", i)
		}
	}
}

func TestHowManyRowsAscendAfterAChange(t *testing.T) {
	for name, row := range map[string]struct {
		change rows.Change
		want   int
	}{
		"nothing changed":                          {rows.Change{}, 10},
		"some are deleted":                         {rows.Change{Deleted: []int{0, 1, 7}}, 7},
		"the same keys":                            {rows.Change{Updated: []int{3}, After: [][]any{{int64(3)}}}, 10},
		"another key":                              {rows.Change{Updated: []int{3}, After: [][]any{{int64(99)}}}, 3},
		"another key behind those":                 {rows.Change{Updated: []int{11}, After: [][]any{{int64(0)}}}, 10},
		"another key behind some that are deleted": {rows.Change{Deleted: []int{1, 8}, Updated: []int{3}, After: [][]any{{int64(99)}}}, 2},
	} {
		if _, got := numbered(12).Apply(row.change, 10); got != row.want {
			t.Errorf("%s: %d, want %d", name, got, row.want)
		}
	}
}

// TestATreeOfManyPiecesIsShallow touches every second row of a long table, one after the other, and reads it.
func TestATreeOfManyPiecesIsShallow(t *testing.T) {
	const count = 100_000
	var c rows.Change
	for i := 0; i < count; i += 2 {
		c.Updated, c.After = append(c.Updated, i), append(c.After, []any{int64(i)})
	}
	tree, _ := numbered(count).Apply(c, 0)
	if tree.Len() != count || tree.Pieces() != count || tree.Written() != count/2 {
		t.Fatalf("%d rows in %d pieces, of which %d are written", tree.Len(), tree.Pieces(), tree.Written())
	}
	if allocated := testing.AllocsPerRun(1, func() { tree, _ = tree.Apply(rows.Change{Deleted: []int{count / 2}}, 0) }); allocated > 2000 {
		t.Errorf("one row more takes %.0f steps", allocated)
	}
	all := make([]int, tree.Len())
	for i := range all {
		all[i] = i
	}
	if tree, _ = tree.Apply(rows.Change{Deleted: all}, 0); tree.Len() != 0 || tree.Pieces() != 0 {
		t.Errorf("%d rows are left", tree.Len())
	}
}
