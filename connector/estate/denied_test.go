package estate

import (
	"net/http"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// standsOn are the collectors that are asked for each row of another, through however many.
func standsOn(id string) []string {
	out := []string{id}
	for i := 0; i < len(out); i++ {
		one, _ := Find(out[i])
		for _, c := range collectors {
			for _, kind := range one.Kinds() {
				if slices.Contains(c.For, kind) && !slices.Contains(out, c.ID) {
					out = append(out, c.ID)
				}
			}
		}
	}
	return out
}

func TestWhatIsRefusedStopsNothingThatDoesNotStandOnIt(t *testing.T) {
	c := found(t, small)
	for _, denied := range Collectors() {
		if denied.Resource == identityResource {
			continue // without them it is not known what anybody sees
		}
		t.Run(denied.ID, func(t *testing.T) {
			t.Parallel()
			c.without(t, denied)
		})
	}
}

// without takes an inventory in which one collector is refused everything.
func (c company) without(t *testing.T, denied Collector) {
	options, workspaceSide, accountSide := c.inside(t, c.Admin(), c.AccountAdmin(), false)
	side := map[Plane]*direct{AtWorkspace: workspaceSide, AtAccount: accountSide}[denied.Plane]
	side.refuses = func(asked string) error {
		if asked == denied.ID {
			return &workspace.ReadError{Status: http.StatusForbidden, Code: "PERMISSION_DENIED", Message: "only for others"}
		}
		return nil
	}
	coverage, err := Run(t.Context(), begun(t, store.Folder{Dir: t.TempDir()}), options)
	if err != nil {
		t.Fatal(err)
	}
	touched := standsOn(denied.ID)
	for _, l := range coverage.Lines {
		switch {
		case l.ID == denied.ID && l.Requests > 0 && l.State != Denied && !(denied.Here && l.State == Partial && l.Rows == 1):
			t.Errorf("%s was refused, and is %s", l.ID, l.State)
		case l.ID == denied.ID && l.Requests > 0 && l.Lacks == Anybody && denied.right() != Anybody:
			t.Errorf("%s was refused, and nothing says what it takes", l.ID)
		case !slices.Contains(touched, l.ID) && l.State != Done:
			t.Errorf("%s was refused, and %s is %s", denied.ID, l.ID, l.State)
		case slices.Contains(touched[1:], l.ID) && l.State == Done && denied.For == nil:
			t.Errorf("%s was refused, and %s that stands on it is done", denied.ID, l.ID)
		}
	}
}
