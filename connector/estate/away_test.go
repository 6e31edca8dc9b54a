package estate

import (
	"errors"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

var errDropped = errors.New("read tcp: network is unreachable")

// TestADroppedNetworkLosesNothing drops it in the middle of a run, shorter than anybody would leave for, and has a gateway answer at the end of that.
func TestADroppedNetworkLosesNothing(t *testing.T) {
	c := found(t, small)
	want := truth(t, c.world)
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		options, side, above := c.inside(t, c.Admin(), c.AccountAdmin(), true)
		side.latency, above.latency = latency, latency
		down := time.Now().Add(2 * time.Second)
		dropped := func(string) error {
			switch passed := time.Since(down); {
			case passed < 0, passed > 4*time.Minute:
				return nil
			case passed > 3*time.Minute:
				return &workspace.ReadError{Status: http.StatusBadGateway}
			}
			return errDropped
		}
		side.refuses, above.refuses = dropped, dropped
		said := false
		options.Tell = func(c Coverage) { said = said || c.Away != "" && c.AwayFor > time.Minute }
		m, seen, err := Take(t.Context(), folder, options, Taking{})
		if err != nil || seen.Lost > 0 || seen.Say() != "Coverage 15 of 15, 5 of 5 planned" {
			t.Fatalf("%d lost, %s: %v", seen.Lost, seen.Say(), err)
		}
		if !said {
			t.Error("nobody was told that there is no answer")
		}
		run, _, _, err := folder.Open(m.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = run.Close() }()
		for kind, ids := range want {
			if got := idsIn(t, run, kind); !slices.Equal(got, ids) {
				t.Errorf("%s: %d rows, the model has %d", kind, len(got), len(ids))
			}
		}
	})
}

// TestANetworkThatStaysAwayEndsTheRun has it dropped for good: the run ends within some minutes, with what was whole, and the next one goes on.
func TestANetworkThatStaysAwayEndsTheRun(t *testing.T) {
	c := found(t, small)
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		options, side, _ := c.inside(t, c.Admin(), demo.Credentials{}, true)
		side.latency = latency
		down := time.Now().Add(2 * time.Second)
		side.refuses = func(string) error {
			if time.Now().After(down) {
				return errDropped
			}
			return nil
		}
		_, seen, err := Take(t.Context(), folder, options, Taking{})
		if took := time.Since(down); !errors.Is(err, errDropped) || took > 2*mostAway || seen.Lost > 0 {
			t.Fatalf("after %s, %d lost: %v", took, seen.Lost, err)
		}
		side.refuses = nil
		again := false
		_, seen, err = Take(t.Context(), folder, options, Taking{Begun: func(_ string, resumed bool) { again = resumed }})
		if err != nil || !again || seen.Lost > 0 || seen.Say() != "Coverage 6 of 15, 5 of 5 planned; missing: workspaces, metastores, users, groups, group memberships, service principals, account roles, role assignments of users, role assignments of service principals (needs account admin)" {
			t.Errorf("gone on: %v, %d lost, %s: %v", again, seen.Lost, seen.Say(), err)
		}
	})
}
