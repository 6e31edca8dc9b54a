package estate

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	size "github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// told is an account that gives one answer.
type told string

func (t told) Ask(context.Context, string, string, url.Values, []byte) ([]byte, error) {
	return []byte(t), nil
}

func TestTheWorkspacesOfAnAccountAreFoundAtItsOwnDomain(t *testing.T) {
	c := found(t, size.Middle)
	o := c.asked(t, demo.Credentials{}, c.AccountAdmin())
	all, err := Workspaces(t.Context(), o.Account, c.AccountID(), host(t, c.Host()).Account(), nil)
	if err != nil || len(all) != 1 || all[0].Host.Name() != c.Host() || all[0].ID != c.world.WorkspaceID() || all[0].Why != "" {
		t.Errorf("%+v: %v", all, err)
	}
}

// Whoever answers for the account says names and nothing else: nobody signs in outside of its domain.
func TestNoAnswerOfAnAccountLeadsOutOfItsDomain(t *testing.T) {
	at := host(t, demo.HostName).Account()
	for _, deployment := range []string{
		"evil.example.com/", "evil.example.com#", "evil.example.com?", "evil.example.com:443/x", "https://evil.example.com/", "user@evil.example.com/", "a b", "x\n", "..", "evil.example.com\\", "", "\u202eadb-1",
	} {
		answer, err := json.Marshal([]map[string]any{{"workspace_id": 7, "workspace_name": "n", "deployment_name": deployment, "workspace_status": "RUNNING"}})
		if err != nil {
			t.Fatal(err)
		}
		all, err := Workspaces(t.Context(), told(answer), "a", at, nil)
		if err != nil || len(all) != 1 || all[0].Why == "" || !all[0].Host.IsZero() {
			t.Errorf("%q leads to %+v: %v", deployment, all, err)
		}
	}
	if all, err := Workspaces(t.Context(), told(`[{"workspace_id":7,"deployment_name":"adb-7.1","workspace_status":"FAILED"}]`), "a", at, nil); err != nil || all[0].Why != "it is failed" {
		t.Errorf("%+v: %v", all, err)
	}
	if _, err := Workspaces(t.Context(), told(`<html>`), "a", at, nil); err == nil {
		t.Error("a page is a list of workspaces")
	}
}

func TestTheHostOfAWorkspaceIsNamedByItsCloud(t *testing.T) {
	for at, want := range map[string]string{
		"accounts.azuredatabricks.net": "adb-7.1.azuredatabricks.net", "accounts.cloud.databricks.com": "dbc-1a.cloud.databricks.com", "accounts.gcp.databricks.com": "7.gcp.databricks.com",
	} {
		account, err := connector.ParseAccountHost(at)
		if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimSuffix(want, "."+strings.TrimPrefix(at, "accounts."))
		for _, deployment := range []string{name, want, strings.TrimPrefix(name, "7")} {
			if deployment == "" && !strings.HasPrefix(want, "7.") {
				continue
			}
			answer := fmt.Sprintf(`[{"workspace_id":7,"workspace_name":"n","deployment_name":%q,"workspace_status":"RUNNING"}]`, deployment)
			if all, err := Workspaces(t.Context(), told(answer), "a", account, nil); err != nil || all[0].Host.Name() != want {
				t.Errorf("%q at %s is %+v: %v", deployment, at, all, err)
			}
		}
	}
}

func TestEveryWorkspaceIsInOnePart(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 100} {
		for of := 1; of < 9; of++ {
			var all, got []int
			for i := range n {
				all = append(all, i)
			}
			for part := 1; part <= of; part++ {
				mine := PartOf(all, part, of)
				if len(mine) < n/of || len(mine) > n/of+1 {
					t.Errorf("%d of %d in part %d of %d", len(mine), n, part, of)
				}
				got = append(got, mine...)
			}
			if slices.Sort(got); !slices.Equal(got, all) {
				t.Errorf("%d in %d parts are %v", n, of, got)
			}
		}
	}
}

// Who tries again begins with what was not read, and does not begin anew with what was.
func TestTheOneThatWaitsTheLongestIsNext(t *testing.T) {
	now := time.Date(2026, time.November, 20, 2, 0, 0, 0, time.UTC)
	var places []store.Folder
	for i, ago := range []time.Duration{time.Hour, -1, 30 * time.Hour, 13 * time.Hour, -1} {
		f := store.Folder{Dir: filepath.Join(t.TempDir(), fmt.Sprint(i))}
		if places = append(places, f); ago < 0 {
			continue
		}
		release, err := f.Lock()
		if err != nil {
			t.Fatal(err)
		}
		release()
		run, id, _, err := f.Begin(now.Add(-ago), false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Seal(run, store.Manifest{ID: id, Began: now.Add(-ago), Summary: []byte("{}")}, 0); err != nil {
			t.Fatal(err)
		}
	}
	if got := Due(places, now, 12*time.Hour); !slices.Equal(got, []int{1, 4, 2, 3}) {
		t.Errorf("next are %v", got)
	}
	if got := Due(places, now, 0); !slices.Equal(got, []int{1, 4, 2, 3, 0}) {
		t.Errorf("next of all are %v", got)
	}
	torn, _ := filepath.Glob(filepath.Join(places[0].Dir, "*.db"))
	if err := os.Truncate(torn[0], 100); err != nil {
		t.Fatal(err)
	}
	if got := Due(places, now, 12*time.Hour); !slices.Equal(got, []int{1, 4, 2, 3, 0}) {
		t.Errorf("with one that is not whole next are %v", got)
	}
}
