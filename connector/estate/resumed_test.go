package estate

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// allIn are the ids of all rows of a run, by kind.
func allIn(t *testing.T, run *store.Run) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, c := range Collectors() {
		for _, kind := range c.Kinds() {
			out[kind] = idsIn(t, run, kind)
		}
	}
	return out
}

// warehoused tells on a warehouse what is granted, as a run found it.
type warehoused struct{ *store.Run }

func (w warehoused) Reads(kind string) bool { return kind == "tables" || kind == "schemas" }

func (w warehoused) Listed(_ context.Context, kind string) (map[string]int, error) {
	return w.Children(kind)
}

func (w warehoused) Grants(_ context.Context, kind string) iter.Seq2[BulkGrant, error] {
	return func(yield func(BulkGrant, error) bool) {
		for row, err := range w.Rows(GrantsOf(kind)) {
			var g grant
			if err = errors.Join(err, json.Unmarshal([]byte(row.Body), &g)); err != nil {
				yield(BulkGrant{}, err)
				return
			}
			for _, privilege := range g.Privileges {
				if !yield(BulkGrant{On: row.Parent, Principal: g.Principal, Privilege: privilege}, nil) {
					return
				}
			}
		}
	}
}

// caughtUp reports whether the permissions of all folders that were listed so far were asked for, and more are being listed.
func caughtUp(r *runner) bool {
	is := func(id string) *work {
		return r.works[slices.IndexFunc(r.works, func(w *work) bool { return w.ID == id })]
	}
	asks := is(ListsOf("directories"))
	return asks.Answered > 0 && asks.flying == 0 && len(asks.ready) == 0 && !is("objects").State.Over()
}

// TestARunWhoseTimeWasOverMissesNothing ends runs twice, early and late, and goes on with each, as it was begun and with
// the account or a warehouse that were not given before: each has what a run has that nobody ended.
func TestARunWhoseTimeWasOverMissesNothing(t *testing.T) {
	c := found(t, small)
	here, _, _ := c.inside(t, c.Admin(), demo.Credentials{}, false)
	both, _, _ := c.inside(t, c.Admin(), c.AccountAdmin(), false)
	uninterrupted := func(o Options) (*store.Run, Coverage) {
		run := begun(t, store.Folder{Dir: t.TempDir()})
		seen, err := Run(t.Context(), run, o)
		if err != nil {
			t.Fatal(err)
		}
		return run, seen
	}
	alone, seenAlone := uninterrupted(here)
	together, seenTogether := uninterrupted(both)
	bulk := here
	bulk.Bulk = warehoused{alone}
	for name, one := range map[string]struct {
		first, then Options
		want        map[string][]string
		says        Coverage
	}{
		"as it was begun":  {here, here, allIn(t, alone), seenAlone},
		"with a warehouse": {here, bulk, allIn(t, alone), seenAlone}, "without the warehouse": {bulk, here, allIn(t, alone), seenAlone},
		"with the account": {here, both, allIn(t, together), seenTogether},
	} {
		t.Run(name, func(t *testing.T) {
			for stop, at := range map[string]func(*runner) bool{
				"at once":                          func(r *runner) bool { return r.sent > 0 },
				"on the way":                       func(r *runner) bool { return r.sent >= seenAlone.Requests/2 },
				"where permissions have caught up": caughtUp,
			} {
				run := begun(t, store.Folder{Dir: t.TempDir()})
				ends := 0
				for o, late := one.first, true; late; o = one.then {
					r := newRunner(run, o)
					r.spent = func(time.Time) bool { return ends < 2 && at(r) }
					if ends < 2 { // listings slower than permissions, which have caught up with them then
						b := &r.buckets[limitOf(AtWorkspace, "/api/2.0/workspace/list")]
						b.rate, b.most, b.room, b.full = 1000, 1000, 1, 1
					}
					seen, err := r.run(t.Context())
					if late = errors.Is(err, ErrTimedOut); err != nil && !late {
						t.Fatal(err)
					}
					if ends++; !late && seen.Say() != one.says.Say() {
						t.Errorf("ended %s: %s", stop, seen.Say())
					}
				}
				got := allIn(t, run)
				for _, kind := range slices.Sorted(maps.Keys(one.want)) {
					if !slices.Equal(got[kind], one.want[kind]) {
						t.Errorf("ended %s: %d rows of %s, and there are %d: %s", stop, len(got[kind]), kind, len(one.want[kind]), strings.Join(first(got[kind]), ", "))
					}
				}
			}
		})
	}
}
