package estate

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// altered is a host some of whose answers are others.
type altered struct {
	Asker
	turn  *sync.Mutex
	alter func(collector string, query url.Values, answer []byte, err error) ([]byte, error)
}

func (a altered) Ask(ctx context.Context, method, path string, query url.Values, body []byte) ([]byte, error) {
	answer, err := a.Asker.Ask(ctx, method, path, query, body)
	a.turn.Lock()
	defer a.turn.Unlock()
	return a.alter(asking(ctx), query, answer, err)
}

// behind takes an inventory of a company whose answers are altered on their way, on a clock of its own.
func behind(t *testing.T, c company, alter func(collector string, query url.Values, answer []byte, err error) ([]byte, error)) (seen Coverage) {
	t.Helper()
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		o, _, _ := c.inside(t, c.Admin(), c.AccountAdmin(), true)
		turn := &sync.Mutex{}
		o.Workspace, o.Account = altered{o.Workspace, turn, alter}, altered{o.Account, turn, alter}
		var err error
		if _, seen, err = Take(t.Context(), folder, o, Taking{}); err != nil {
			t.Fatal(err)
		}
	})
	return seen
}

// TestWhatAGatewaySaysIsNoWordOfDatabricks has pages of a gateway in the place of answers: nothing of that means that there is nothing.
func TestWhatAGatewaySaysIsNoWordOfDatabricks(t *testing.T) {
	c := found(t, small)
	asked := map[string]int{}
	seen := behind(t, c, func(collector string, _ url.Values, answer []byte, err error) ([]byte, error) {
		asked[collector]++
		switch collector {
		case "jobs":
			return []byte("<!DOCTYPE html><title>Sign in</title>"), nil
		case "clusters":
			if asked[collector] == 1 {
				return []byte("<html>One moment</html>"), nil
			}
		case "queries":
			return nil, &workspace.ReadError{Status: http.StatusNotFound}
		case "pipelines":
			return nil, &workspace.ReadError{Status: http.StatusNotFound, Code: "ENDPOINT_NOT_FOUND", Message: "No API found."}
		case "groups", "memberships", "user-roles":
			return nil, &workspace.ReadError{Status: http.StatusNotFound, Code: "ENDPOINT_NOT_FOUND", Message: "No API found."}
		case "users":
			return nil, &workspace.ReadError{Status: http.StatusBadRequest, Code: "FEATURE_DISABLED", Message: "It is disabled."}
		case "permissions:warehouses":
			return nil, &workspace.ReadError{Status: http.StatusNotFound, Code: "FEATURE_DISABLED", Message: "It is disabled."}
		}
		return answer, err
	})
	for id, want := range map[string]State{
		"jobs": Failed, "queries": Failed, "pipelines": NotEnabled, "groups": Failed, "memberships": Skipped, "user-roles": Failed, "users": Failed, "permissions:warehouses": Failed, "warehouses": Done, "clusters": Done,
	} {
		if l := seen.Line(id); l.State != want || l.Why == "" && !want.Whole() {
			t.Errorf("%s is %s, because %q", id, l.State, l.Why)
		}
	}
	if asked["jobs"] != 2 {
		t.Errorf("what could not be read was asked for %d times", asked["jobs"])
	}
}

func TestAListingWithoutAnEndIsGivenUp(t *testing.T) {
	c := found(t, small)
	asked := map[string]int{}
	seen := behind(t, c, func(collector string, query url.Values, answer []byte, err error) ([]byte, error) {
		asked[collector]++
		switch collector {
		case "jobs":
			return []byte(fmt.Sprintf(`{"jobs":[{"job_id":1,"settings":{"name":"again"}}],"next_page_token":"%d"}`, asked[collector])), nil
		case "users":
			if query.Get("startIndex") != "1" {
				return []byte(`{"totalResults":600,"Resources":[]}`), nil
			}
			return []byte(strings.Replace(string(answer), `"totalResults":`, `"totalResults":6`, 1)), err
		}
		return answer, err
	})
	if l := seen.Line("jobs"); l.State != Failed || l.Why != "the listing has no end" || asked["jobs"] > mostIdle+2 {
		t.Errorf("it is %s because %q, and was asked for %d times", l.State, l.Why, asked["jobs"])
	}
	if l := seen.Line("users"); l.State.Whole() || !strings.Contains(l.Why, "before its own count") {
		t.Errorf("a list that ends too early is %s, because %q", l.State, l.Why)
	}
}

func TestManyThingsWithoutGrantsHideNoneThatHasSome(t *testing.T) {
	run := begun(t, store.Folder{Dir: t.TempDir()})
	if err := run.Write(func(c *store.Change) error {
		for i := range 3 * batch {
			if _, err := c.Put(store.Row{Kind: "tables", ID: fmt.Sprintf("hive_metastore.old.t%d", i), Body: "{}"}); err != nil {
				return err
			}
		}
		_, err := c.Put(store.Row{Kind: "tables", ID: "main.new.t", Body: "{}"})
		return err
	}); err != nil {
		t.Fatal(err)
	}
	c, _ := Find(GrantsOf("tables"))
	w := &work{Collector: &c}
	if err := w.load(run); err != nil {
		t.Fatal(err)
	}
	if err := w.refill(run); err != nil || len(w.ready) != 1 || w.ready[0].about.ID != "main.new.t" {
		t.Errorf("%d are asked about: %v", len(w.ready), err)
	}
}

func TestARunGoesOnWithItsOwnAccountAlone(t *testing.T) {
	c := found(t, small)
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		o, _, _ := c.inside(t, c.Admin(), demo.Credentials{}, true)
		o.Budget, o.Place.As = 1, "the admin"
		if _, _, err := Take(t.Context(), folder, o, Taking{}); !errors.Is(err, ErrTimedOut) {
			t.Fatal(err)
		}
		other := o
		other.Place.Account = "00000000-0000-0000-0000-000000000000"
		if _, _, err := Take(t.Context(), folder, other, Taking{}); !errors.Is(err, ErrOther) {
			t.Errorf("it goes on with another account: %v", err)
		}
	})
}

// TestCredentialsThatEndEndTheRunAndNotWhatItSees takes the secret away in the middle of a run, and gives it back for the next.
func TestCredentialsThatEndEndTheRunAndNotWhatItSees(t *testing.T) {
	c := found(t, small)
	want := truth(t, c.world)
	folder := store.Folder{Dir: t.TempDir()}
	synctest.Test(t, func(t *testing.T) {
		o, side, _ := c.inside(t, c.Admin(), c.AccountAdmin(), true)
		var asked atomic.Int64
		side.refuses = func(string) error {
			if asked.Add(1) > 100 {
				return &workspace.ReadError{Status: http.StatusUnauthorized, Code: "UNAUTHENTICATED", Message: "The token is not valid any more."}
			}
			return nil
		}
		if _, _, err := Take(t.Context(), folder, o, Taking{}); !lockedOut(err) {
			t.Fatalf("it ended with %v", err)
		}
		side.refuses = nil
		m, seen, err := Take(t.Context(), folder, o, Taking{})
		if err != nil || seen.Lost > 0 || seen.Say() != "Coverage 15 of 15, 5 of 5 planned" {
			t.Fatalf("%d lost, %s: %v", seen.Lost, seen.Say(), err)
		}
		run, _, _, err := folder.Open(m.ID)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = run.Close() }()
		for _, kind := range []string{"jobs", "notebooks", "permissions:notebooks", "tables"} {
			if got := idsIn(t, run, kind); !slices.Equal(got, want[kind]) {
				t.Errorf("%s: %d rows, the model has %d", kind, len(got), len(want[kind]))
			}
		}
	})
}
