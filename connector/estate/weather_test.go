package estate

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// inWeather takes an inventory on a clock of its own while some requests are answered otherwise.
func inWeather(t *testing.T, c company, weather func(collector string) error) (seen Coverage) {
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		options, workspaceSide, accountSide := c.inside(t, c.Admin(), c.AccountAdmin(), true)
		workspaceSide.refuses, accountSide.refuses = weather, weather
		var err error
		if _, seen, err = Take(t.Context(), folder, options, Taking{}); err != nil {
			t.Fatal(err)
		}
	})
	return seen
}

var tooMany = &workspace.ReadError{Status: http.StatusTooManyRequests, Code: "RESOURCE_EXHAUSTED", Message: "Too many requests.", After: 3 * time.Second}

func TestWhoIsToldToSlowDownLosesNothing(t *testing.T) {
	c := found(t, small)
	var asked atomic.Int64
	seen := inWeather(t, c, func(string) error {
		if asked.Add(1)%7 == 0 {
			return tooMany
		}
		return nil
	})
	if seen.SlowedBy == 0 || seen.Lost > 0 || seen.Say() != "Coverage 15 of 15, 5 of 5 planned" {
		t.Errorf("slowed down %d times, %d lost: %s", seen.SlowedBy, seen.Lost, seen.Say())
	}
}

func TestEachCollectorEndsInAStateOfItsOwn(t *testing.T) {
	c := found(t, small)
	seen := inWeather(t, c, func(collector string) error {
		switch collector {
		case "jobs":
			return tooMany
		case "clusters":
			return errors.New("read tcp: connection reset by peer")
		case "pipelines":
			return &workspace.ReadError{Status: http.StatusInternalServerError, Code: "INTERNAL_ERROR", Message: "Try again."}
		case "genie":
			return &workspace.ReadError{Status: http.StatusBadRequest, Code: "FEATURE_DISABLED", Message: "Genie is disabled."}
		case "tokens":
			return &workspace.ReadError{Status: http.StatusForbidden, Code: "PERMISSION_DENIED", Message: "User is not an admin."}
		}
		return nil
	})
	for id, want := range map[string]State{
		"jobs": Throttled, "permissions:jobs": Skipped, "clusters": Failed, "pipelines": Failed, "genie": NotEnabled, "permissions:genie": Done, "tokens": Denied, "warehouses": Done,
	} {
		if l := seen.Line(id); l.State != want || l.Why == "" && !want.Whole() {
			t.Errorf("%s is %s, because %q", id, l.State, l.Why)
		}
	}
	if seen.Line("tokens").Lacks != WorkspaceAdmin {
		t.Errorf("tokens need %q", seen.Line("tokens").Lacks)
	}
}

func TestAHostThatCannotBeReachedEndsTheRun(t *testing.T) {
	c := found(t, small)
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		options, side, _ := c.inside(t, c.Admin(), demo.Credentials{}, true)
		away := errors.New("no route to host")
		side.refuses = func(string) error { return away }
		if _, _, err := Take(t.Context(), folder, options, Taking{}); !errors.Is(err, away) || errors.Is(err, store.ErrTorn) {
			t.Errorf("%v", err)
		}
	})
}

func TestARunWhoseTimeIsOverGoesOnWithTheNext(t *testing.T) {
	c := found(t, small)
	want := truth(t, c.world)
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		options, side, _ := c.inside(t, c.Admin(), demo.Credentials{}, true)
		options.Budget, options.Place.As = 3*time.Second, "the admin"
		side.latency = latency
		late, ids := 0, map[string]bool{}
		for {
			m, seen, err := Take(t.Context(), folder, options, Taking{Begun: func(id string, resumed bool) {
				if ids[id] = true; resumed != (late > 0) {
					t.Errorf("run %s is resumed: %v", id, resumed)
				}
			}})
			if err == nil {
				run, _, _, err := folder.Open(m.ID)
				if err != nil {
					t.Fatal(err)
				}
				for _, kind := range []string{"jobs", "notebooks", "permissions:notebooks", "tables", "grants:schemas"} {
					if got := idsIn(t, run, kind); !slices.Equal(got, want[kind]) {
						t.Errorf("%s: %d rows, the model has %d", kind, len(got), len(want[kind]))
					}
				}
				_ = run.Close()
				break
			}
			if late++; !errors.Is(err, ErrTimedOut) || late > 20 {
				t.Fatal(err)
			}
			timedOut := slices.ContainsFunc(seen.Lines, func(l Collection) bool { return l.State == TimedOut })
			if runs, err := folder.Runs(); !timedOut || err != nil || len(runs) > 0 {
				t.Errorf("%d runs are over, and one timed out: %v", len(runs), timedOut)
			}
			other := options
			if other.Place.As = "somebody else"; late == 1 {
				if _, _, err := Take(t.Context(), folder, other, Taking{}); !errors.Is(err, ErrOther) {
					t.Errorf("somebody else goes on with it: %v", err)
				}
			}
		}
		if late < 2 || len(ids) != 1 {
			t.Errorf("it was late %d times, in %d runs", late, len(ids))
		}
	})
}

func TestWhoLeavesFindsItWhereItWas(t *testing.T) {
	c := found(t, small)
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		options, side, _ := c.inside(t, c.Admin(), demo.Credentials{}, true)
		side.latency = latency
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		if _, _, err := Take(ctx, folder, options, Taking{}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		run, _, err := folder.Unfinished()
		if err != nil || run == nil {
			t.Fatal("nothing is left", err)
		}
		seen, err := CoverageOf(run)
		if err != nil || seen.Line("users").State != Skipped || seen.Line("me").State != Done {
			t.Errorf("users are %s: %v", seen.Line("users").State, err)
		}
		_ = run.Close()
	})
}
