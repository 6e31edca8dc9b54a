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

// TestARunWhoseTimeWasOverMissesNothing ends runs twice after so many requests, wherever they are then, and goes on with each, as it was begun and with
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
			for most := 1; most < seenAlone.Requests; most += 1 + seenAlone.Requests/5 {
				run := begun(t, store.Folder{Dir: t.TempDir()})
				ends := 0
				for o, late := one.first, true; late; o = one.then {
					r := newRunner(run, o)
					r.spent = func(time.Time) bool { return ends < 2 && r.sent >= most }
					seen, err := r.run(t.Context())
					if late = errors.Is(err, ErrTimedOut); err != nil && !late {
						t.Fatal(err)
					}
					if ends++; !late && seen.Say() != one.says.Say() {
						t.Errorf("ended after %d requests: %s", most, seen.Say())
					}
				}
				got := allIn(t, run)
				for _, kind := range slices.Sorted(maps.Keys(one.want)) {
					if !slices.Equal(got[kind], one.want[kind]) {
						t.Errorf("ended after %d requests: %d rows of %s, and there are %d: %s", most, len(got[kind]), kind, len(one.want[kind]), strings.Join(first(got[kind]), ", "))
					}
				}
			}
		})
	}
}
