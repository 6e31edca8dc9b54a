package compare

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

var plenty = Limit{Rows: 1 << 20, Bytes: 1 << 30}

// version makes one version of a table out of another, and tells what it did as table_changes does.
func (t *rows) version(r *rand.Rand, number int64, feed *rows) *rows {
	tell := func(kind Type, row []any) {
		feed.of = append(feed.of, append(append([]any{}, row...), string(kind), number, arrow.Timestamp(number)))
	}
	out := &rows{fields: t.fields}
	for _, row := range t.of {
		switch r.IntN(8) {
		case 0:
			tell(Delete, row)
			continue
		case 1:
			tell(Preimage, row)
			row = slices.Clone(row)
			at := r.IntN(len(row))
			row[at] = anyValue(r, t.fields[at].Type, true)
			tell(Postimage, row)
		case 2:
			added := t.row(r)
			tell(Insert, added)
			out.of = append(out.of, added)
		}
		out.of = append(out.of, row)
	}
	return out
}

func feedOf(t *rows) *rows {
	return &rows{fields: append(slices.Clone(t.fields), arrow.Field{Name: "_change_type", Type: arrow.BinaryTypes.String},
		arrow.Field{Name: "_commit_version", Type: arrow.PrimitiveTypes.Int64}, arrow.Field{Name: "_commit_timestamp", Type: arrow.FixedWidthTypes.Timestamp_us})}
}

// all are the parts of a side as one.
func all(s Side) columnar.Batches {
	return func(yield func(columnar.Batch, error) bool) {
		for _, open := range s.Parts {
			for b, err := range open(context.Background()) {
				if !yield(b, err) {
					return
				}
			}
		}
	}
}

func textsOf(t *testing.T, batches columnar.Batches, over []string) []string {
	t.Helper()
	var out []string
	for b, err := range batches {
		if err != nil {
			t.Fatal(err)
		}
		for i := range int(b.Record.NumRows()) {
			out = append(out, told(Change{Record: b.Record, Index: i}, over))
		}
	}
	return out
}

// keyOf is the value of the column id.
func keyOf(c Change) string {
	at := c.Record.Schema().FieldIndices("id")
	if len(at) == 0 {
		return ""
	}
	return told(c, []string{"id"})
}

func TestAFeedAppliedToTheRowsOfBeforeGivesThoseOfAfter(t *testing.T) {
	untouched := 0
	for n := range 200 {
		r := seeded(n)
		before := random(r)
		after, feed, over := before, feedOf(before), names(before.fields)
		for v := range 1 + r.IntN(4) {
			after = after.version(r, int64(v), feed)
		}
		var key []string
		if n%2 == 0 {
			key = []string{"id"}
		}
		net, err := Fold(context.Background(), all(feed.side(r)), key, plenty)
		if err != nil {
			t.Fatal(n, err)
		}
		added, changed, removed, _ := naive(before, after, over, key)
		if net.Added != added || net.Changed != changed || net.Removed != removed {
			t.Errorf("%d: added %d changed %d removed %d, by enumeration %d %d %d", n, net.Added, net.Changed, net.Removed, added, changed, removed)
		}
		old := before.side(r)
		kept, err := Apply(context.Background(), old, net)
		if err != nil {
			t.Fatal(n, err)
		}
		now, gone := tally{}, int64(0)
		for i, k := range kept {
			was, is := textsOf(t, old.Parts[i](context.Background()), over), textsOf(t, k.Batches(context.Background()), over)
			if len(was)-len(is) != k.Removed {
				t.Errorf("%d: %d rows of %d stay, %d go", n, len(is), len(was), k.Removed)
			}
			if k.Removed == 0 && len(was) > 0 {
				untouched++
			}
			gone += int64(k.Removed)
			for _, text := range is {
				now.add(text, 1)
			}
		}
		if gone != removed+changed {
			t.Errorf("%d: %d rows went, not %d", n, gone, removed+changed)
		}
		counts := map[Type]int64{}
		var last Change
		for c := range net.Rows() {
			if pre := last.Type == Preimage; pre != (c.Type == Postimage) || pre && keyOf(last) != keyOf(c) {
				t.Errorf("%d: %s of %s stands behind %s of %s", n, c.Type, keyOf(c), last.Type, keyOf(last))
			}
			last = c
			if counts[c.Type]++; !c.Type.gone() {
				now.add(told(c, over), 1)
			}
			if len(c.Record.Schema().Fields()) != len(before.fields) {
				t.Fatalf("%d: a row has the columns of the feed", n)
			}
		}
		if counts[Insert] != added || counts[Delete] != removed || counts[Preimage] != changed || counts[Postimage] != changed {
			t.Errorf("%d: told %v", n, counts)
		}
		if !now.equal(tallied(after.texts(over))) {
			t.Errorf("%d: the feed does not lead from one table to the other", n)
		}
	}
	if untouched < 20 {
		t.Errorf("%d parts were not touched: the test tests nothing", untouched)
	}
}

func TestAFeedThatDoesNotFitIsRefused(t *testing.T) {
	table := &rows{fields: []arrow.Field{{Name: "id", Type: arrow.PrimitiveTypes.Int64, Nullable: true}}, of: [][]any{{int64(1)}, {int64(1)}, {nil}}}
	feed := func(of ...[]any) *rows {
		out := feedOf(table)
		for _, row := range of {
			out.of = append(out.of, append(row, int64(0), arrow.Timestamp(0)))
		}
		return out
	}
	r := seeded(0)
	fold := func(f *rows) (*Net, error) { return Fold(context.Background(), all(f.side(r)), nil, plenty) }

	for what, f := range map[string]*rows{
		"a row that was not there":             feed([]any{int64(2), "delete"}),
		"a row that was there twice":           feed([]any{int64(1), "delete"}, []any{int64(1), "update_preimage"}, []any{int64(1), "delete"}),
		"a row that was not there before NULL": feed([]any{nil, "delete"}, []any{nil, "delete"}),
	} {
		net, err := fold(f)
		if err != nil {
			t.Fatal(what, err)
		}
		if _, err := Apply(context.Background(), table.side(r), net); !errors.Is(err, ErrFeed) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, f := range map[string]*rows{"no type": feed([]any{int64(1), nil}), "a type that nobody knows": feed([]any{int64(1), "merge"}), "no feed": table} {
		if _, err := fold(f); !errors.Is(err, ErrFeed) {
			t.Errorf("%s: %v", what, err)
		}
	}
	net, err := fold(feed([]any{int64(1), "delete"}))
	if err != nil {
		t.Fatal(err)
	}
	other := &rows{fields: []arrow.Field{{Name: "id", Type: arrow.BinaryTypes.String}}}
	if _, err := Apply(context.Background(), other.side(r), net); !errors.Is(err, ErrFeed) {
		t.Error(err)
	}
	if _, err := Fold(context.Background(), all(feed([]any{int64(1), "delete"}).side(r)), []string{"name"}, plenty); err == nil || !strings.Contains(err.Error(), "column name of the key") {
		t.Error(err)
	}
}

func TestAFeedThatIsTooLargeIsNotHeld(t *testing.T) {
	table := random(seeded(3))
	feed := feedOf(table)
	for range 100 {
		table.version(seeded(3), 1, feed)
	}
	for _, limit := range []Limit{{Rows: int64(len(feed.of)) - 1, Bytes: 1 << 30}, {Rows: 1 << 20, Bytes: 100}} {
		if _, err := Fold(context.Background(), all(feed.side(seeded(0))), nil, limit); !errors.Is(err, ErrTooManyChanges) {
			t.Error(err)
		}
	}
	if _, err := Fold(context.Background(), all(feed.side(seeded(0))), nil, Limit{Rows: int64(len(feed.of)), Bytes: 1 << 30}); err != nil {
		t.Error(err)
	}
}

func TestAFeedWithoutRowsChangesNothingAndReadsNothing(t *testing.T) {
	before := numbers(10, 1, 1)
	before.Parts[0] = func(context.Context) columnar.Batches {
		t.Error("a part was read")
		return func(func(columnar.Batch, error) bool) {}
	}
	net, err := Fold(context.Background(), all(Side{}), []string{"id"}, Limit{})
	if err != nil {
		t.Fatal(err)
	}
	if kept, err := Apply(context.Background(), before, net); err != nil || len(kept) != 1 || kept[0].Removed != 0 {
		t.Error(kept, err)
	}
	for c := range net.Rows() {
		t.Error(c)
	}
}

func TestReadingThatFailsEndsWithItsError(t *testing.T) {
	broken := errors.New("broken")
	bad := func(context.Context) columnar.Batches {
		return func(yield func(columnar.Batch, error) bool) { yield(columnar.Batch{}, broken) }
	}
	side := Side{Schema: numbers(0, 1, 1).Schema, Parts: []Part{bad}}
	if _, err := Compare(context.Background(), side, side, nil, t.TempDir(), 0); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := Fold(context.Background(), bad(context.Background()), nil, plenty); !errors.Is(err, broken) {
		t.Error(err)
	}
	feed := feedOf(&rows{fields: side.Schema.Fields()})
	feed.of = [][]any{{int64(1), int64(1), "delete", int64(0), arrow.Timestamp(0)}}
	net, err := Fold(context.Background(), all(feed.side(seeded(0))), nil, plenty)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Apply(context.Background(), side, net); !errors.Is(err, broken) {
		t.Error(err)
	}
	for _, err := range (Kept{open: bad}).Batches(context.Background()) {
		if !errors.Is(err, broken) {
			t.Error(err)
		}
	}
	short := Kept{open: numbers(5, 1, 1).Parts[0], gone: []int64{1, 5}}
	var last error
	for _, err := range short.Batches(context.Background()) {
		last = err
	}
	if !errors.Is(last, ErrParts) {
		t.Error(last)
	}
}
