package estate

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// seen takes an inventory as somebody and opens it.
func (c company) seen(t *testing.T, as demo.Credentials) *store.Run {
	t.Helper()
	options, _, _ := c.inside(t, as, demo.Credentials{}, false)
	f := store.Folder{Dir: t.TempDir()}
	m, _, err := Take(t.Context(), f, options, Taking{})
	if err != nil {
		t.Fatal(err)
	}
	run, _, _, err := f.Open(m.ID)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = run.Close() })
	return run
}

func differences(t *testing.T, before, after *store.Run) map[What][]string {
	t.Helper()
	out := map[What][]string{}
	for d, err := range Diff(before, after) {
		if err != nil {
			t.Fatal(err)
		}
		out[d.What] = append(out[d.What], d.Kind+" "+d.ID)
	}
	return out
}

func TestWhatChangedBetweenTwoRunsIsSaid(t *testing.T) {
	c := found(t, small)
	plain := c.wards(t, model.WorkspaceUsers)
	before := c.seen(t, c.Admin())
	if d := differences(t, before, c.seen(t, c.Admin())); len(d) > 0 {
		t.Errorf("nothing happened, and it differs: %v", d)
	}
	made := model.Thing{Kind: "jobs", ID: "4711", Creator: demo.AdminID, Details: map[string]any{"settings": map[string]any{"name": "new"}}}
	if err := c.world.AddThing(made); err != nil {
		t.Fatal(err)
	}
	after := c.seen(t, c.Admin())
	want := []string{"jobs 4711", "permissions:jobs 4711"}
	if d := differences(t, before, after); !slices.Equal(d[Added], want) || len(d) != 1 {
		t.Errorf("%v", d)
	}
	if d := differences(t, after, before); !slices.Equal(d[Removed], want) || len(d) != 1 {
		t.Errorf("the other way: %v", d)
	}
	part := c.seen(t, plain)
	if d := differences(t, after, part); len(d[Removed])+len(d[Changed]) > 0 || len(d[NoLongerSee]) == 0 {
		t.Errorf("from a part it follows that %v is gone and %v changed", d[Removed], d[Changed])
	}
	if d := differences(t, part, after); len(d[Added]) > 0 || len(d[NewlySeen]) == 0 {
		t.Errorf("beside a part %v is new", d[Added])
	}
}
