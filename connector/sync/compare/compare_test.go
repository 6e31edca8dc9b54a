package compare

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// tally is a multiset.
type tally map[string]int

func (t tally) add(key string, n int) {
	if t[key] += n; t[key] == 0 {
		delete(t, key)
	}
}

func tallied(texts []string) tally {
	out := tally{}
	for _, text := range texts {
		out.add(text, 1)
	}
	return out
}

func (t tally) equal(other tally) bool {
	for key, n := range t {
		if other[key] != n {
			return false
		}
	}
	return len(t) == len(other)
}

// naive counts what changed by having all rows in memory.
func naive(before, after *rows, names, key []string) (added, changed, removed, same int64) {
	type sum struct{ gone, came int64 }
	sums := map[string]sum{}
	left, keyOf := tallied(before.texts(names)), map[string]string{}
	for _, t := range []*rows{before, after} {
		keys := t.texts(key)
		for i, text := range t.texts(names) {
			keyOf[text] = text
			if key != nil {
				keyOf[text] = keys[i]
			}
		}
	}
	for _, text := range after.texts(names) {
		if left[text] > 0 {
			left.add(text, -1)
			same++
			continue
		}
		s := sums[keyOf[text]]
		s.came++
		sums[keyOf[text]] = s
	}
	for text, n := range left {
		s := sums[keyOf[text]]
		s.gone += int64(n)
		sums[keyOf[text]] = s
	}
	for _, s := range sums {
		pairs := min(s.gone, s.came)
		if key == nil {
			pairs = 0
		}
		added, changed, removed = added+s.came-pairs, changed+pairs, removed+s.gone-pairs
	}
	return added, changed, removed, same
}

func names(fields []arrow.Field) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.Name)
	}
	return out
}

// within compares with less memory than anybody may name, so that small tables go to the disk as well.
func within(ctx context.Context, before, after Side, key []string, folder string, memory int64) (*Changes, error) {
	c := &Changes{before: before, after: after, Drift: Drift(before.Schema, after.Schema), scratch: scratch{parent: folder}}
	return c, c.compare(ctx, key, memory)
}

func TestRandomChangesAreFoundAsByEnumeration(t *testing.T) {
	spilled := 0
	for n := range 300 {
		r := seeded(n)
		before := random(r)
		after := before.later(r)
		if n%3 == 0 {
			after = after.drifted(r)
		}
		var key []string
		if n%2 == 0 {
			key = []string{"id"}
			if over := shared(arrow.NewSchema(before.fields, nil), arrow.NewSchema(after.fields, nil)); n%4 == 0 && len(over) > 1 {
				key = append(key, over[len(over)-1].Name)
				slices.Reverse(key)
			}
		}
		folder := t.TempDir()
		c, err := within(context.Background(), before.side(r), after.side(r), key, folder, []int64{256, 1024, 4096, leastMemory}[n%4])
		if err != nil {
			t.Fatal(n, err)
		}
		if len(c.scratch.files) > 0 {
			spilled++
		}
		over := names(shared(arrow.NewSchema(before.fields, nil), arrow.NewSchema(after.fields, nil)))
		added, changed, removed, same := naive(before, after, over, key)
		if c.Added != added || c.Changed != changed || c.Removed != removed || c.Same != same {
			t.Errorf("%d: added %d changed %d removed %d same %d, by enumeration %d %d %d %d", n, c.Added, c.Changed, c.Removed, c.Same, added, changed, removed, same)
		}
		for range 2 { // the answer can be read again
			applied(t, n, c, tallied(before.texts(over)), tallied(after.texts(over)), over, key)
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		empty(t, folder)
	}
	if spilled < 100 {
		t.Errorf("%d of 300 went to the disk: the test tests nothing", spilled)
	}
}

// applied applies the changes to the rows of before and looks whether they are those of after.
func applied(t *testing.T, n int, c *Changes, now, want tally, over, key []string) {
	t.Helper()
	counts, byKey := map[Type]int64{}, tally{}
	for change, err := range c.Rows(context.Background()) {
		if err != nil {
			t.Fatal(n, err)
		}
		counts[change.Type]++
		if change.Type.gone() {
			now.add(told(change, over), -1)
		} else {
			now.add(told(change, over), 1)
		}
		switch change.Type {
		case Preimage:
			byKey.add(told(change, key), 1)
		case Postimage:
			byKey.add(told(change, key), -1)
		}
	}
	if !now.equal(want) {
		t.Errorf("%d: the changes do not lead from one table to the other", n)
	}
	if counts[Insert] != c.Added || counts[Delete] != c.Removed || counts[Preimage] != c.Changed || counts[Postimage] != c.Changed || len(byKey) > 0 {
		t.Errorf("%d: told %v, counted %d %d %d; of one key alone: %v", n, counts, c.Added, c.Changed, c.Removed, byKey)
	}
}

func empty(t *testing.T, folder string) {
	t.Helper()
	if found, err := os.ReadDir(folder); err != nil || len(found) > 0 {
		t.Errorf("%v was left in the scratch folder (%v)", found, err)
	}
}

// numbers is a side of n rows: a number that as many rows as each have, and a value of seven that a step tells from another's.
func numbers(n, each, step int) Side {
	fields := []arrow.Field{{Name: "id", Type: arrow.PrimitiveTypes.Int64}, {Name: "value", Type: arrow.PrimitiveTypes.Int64, Nullable: true}}
	s := Side{Schema: arrow.NewSchema(fields, nil)}
	const wide = 4096
	for from := 0; from < n; from += 64 * wide {
		s.Parts = append(s.Parts, func(context.Context) columnar.Batches {
			return func(yield func(columnar.Batch, error) bool) {
				for at := from; at < min(n, from+64*wide); at += wide {
					b := array.NewRecordBuilder(memory.DefaultAllocator, s.Schema)
					for i := at; i < min(n, at+wide); i++ {
						b.Field(0).(*array.Int64Builder).Append(int64(i / each))
						b.Field(1).(*array.Int64Builder).Append(int64(i % 7 * step))
					}
					if !yield(columnar.Batch{Record: b.NewRecord()}, nil) {
						return
					}
				}
			}
		})
	}
	return s
}

func TestAKeyByTheMillionIsLikeAnyOther(t *testing.T) {
	const n = 120_000
	before, after := numbers(n, n, 1), numbers(n-7, n, 2) // one key, and values 0…6 against 0, 2 … 12
	for _, key := range [][]string{{"id"}, nil} {
		c, err := within(context.Background(), before, after, key, t.TempDir(), 1<<16)
		if err != nil {
			t.Fatal(err)
		}
		if same := int64(n / 7 * 4); c.Same < same-8 || c.Same > same+8 { // 0, 2, 4 and 6 are in both
			t.Errorf("%d are the same, about %d were to be", c.Same, same)
		}
		if c.Removed+c.Changed+c.Same != n || c.Added+c.Changed+c.Same != n-7 || (key == nil) != (c.Changed == 0) || key != nil && c.Removed != 7 {
			t.Errorf("%d added, %d changed, %d removed, %d the same", c.Added, c.Changed, c.Removed, c.Same)
		}
		told := int64(0)
		for _, err := range c.Rows(context.Background()) {
			if err != nil {
				t.Fatal(err)
			}
			told++
		}
		if told != c.Added+c.Removed+2*c.Changed {
			t.Errorf("%d changes were told", told)
		}
		c.Close()
	}
}

func TestAKeyThatNoRowOfTheOtherSideHasGoesToTheDisk(t *testing.T) {
	none := Side{Schema: numbers(0, 1, 1).Schema}
	c, err := within(context.Background(), numbers(50_000, 50_000, 1), none, []string{"id"}, t.TempDir(), 1<<14)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if c.Removed != 50_000 || c.pending.file == nil {
		t.Errorf("%d removed, waiting in a file: %v", c.Removed, c.pending.file != nil)
	}
}

func TestWhatCannotBeComparedIsSaidByName(t *testing.T) {
	side := func(f ...arrow.Field) Side { return Side{Schema: arrow.NewSchema(f, nil)} }
	number, odd := arrow.Field{Name: "n", Type: arrow.PrimitiveTypes.Int64}, arrow.Field{Name: "odd", Type: arrow.ListOf(arrow.PrimitiveTypes.Uint8)}
	for _, c := range []struct {
		before, after Side
		key           []string
		want          string
	}{
		{side(number), side(number), []string{"id"}, "column id of the key is not on both sides with the same type: name another key, or none to compare whole rows"},
		{side(odd), side(odd), nil, "column odd cannot be compared, its type in Arrow is uint8: leave it out"},
	} {
		if _, err := Compare(context.Background(), c.before, c.after, c.key, t.TempDir(), 0); err == nil || err.Error() != c.want {
			t.Errorf("%v, want %s", err, c.want)
		}
	}
	if _, err := Compare(context.Background(), side(number), side(arrow.Field{Name: "n", Type: arrow.BinaryTypes.String}), []string{"n"}, t.TempDir(), 0); !errors.Is(err, ErrKey) {
		t.Error(err)
	}
	other := side(number)
	other.Parts = numbers(3, 1, 1).Parts
	if _, err := Compare(context.Background(), other, side(number), nil, t.TempDir(), 0); err == nil {
		t.Error("a part without a column of its schema was compared")
	}
}

func TestWhatAKilledRunLeftIsHarmless(t *testing.T) {
	folder := t.TempDir()
	c, err := within(context.Background(), numbers(9000, 1, 1), numbers(9000, 1, 3), nil, folder, 1<<12)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range c.scratch.files {
		f.Close() // as a kill does, and nothing else
	}
	if err := os.WriteFile(filepath.Join(folder, "rows.parquet"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := Compare(context.Background(), numbers(9000, 1, 1), numbers(9000, 1, 1), nil, folder, 0)
	if err != nil || again.Same != 9000 || again.Close() != nil {
		t.Errorf("%+v, %v", again, err)
	}
	if err := Sweep(folder); err != nil {
		t.Fatal(err)
	}
	if found, err := os.ReadDir(folder); err != nil || len(found) != 1 || found[0].Name() != "rows.parquet" {
		t.Errorf("%v, %v", found, err)
	}
	for _, err := range again.Rows(context.Background()) {
		if err == nil {
			t.Error("a comparison that was closed gave a row")
		}
	}
}

func TestAFileThatLostRowsIsNoticed(t *testing.T) {
	before, after := numbers(100, 1, 1), numbers(100, 1, 2)
	c, err := Compare(context.Background(), before, after, nil, t.TempDir(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.after.Parts[0] = numbers(50, 1, 2).Parts[0]
	var last error
	for _, err := range c.Rows(context.Background()) {
		last = err
	}
	if !errors.Is(last, ErrParts) {
		t.Error(last)
	}
}
