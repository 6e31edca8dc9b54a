package admin

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

const samuel = "samuel.okafor@contoso.example"

func isChanged(err error) bool { return errors.Is(err, ErrChanged) && errors.Is(err, ErrRefused) }

func read(t testing.TB, s *Session, o authorization.Object) *authorization.Snapshot {
	t.Helper()
	snapshot, err := s.Authorization(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

func planned(t testing.TB, s *Session, want authorization.Want) Plan {
	t.Helper()
	p, err := s.PlanPermissions(read(t, s, authorization.Tokens), want)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// wroteNothing reports what the workspace was sent besides questions.
func wroteNothing(t testing.TB, d *demo.Workspace) {
	t.Helper()
	for _, x := range d.Requests() {
		if isWrite(x.Method, x.Path) {
			t.Errorf("%s %s was sent", x.Method, x.Path)
		}
	}
}

func TestGrantingAddsAndLeavesEverybodyElse(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	p := planned(t, s, authorization.Want{Grant: []string{"Samuel Okafor"}})
	const body = `{"access_control_list":[{"user_name":"` + samuel + `","permission_level":"CAN_USE"}]}`
	sameKinds(t, p, AddPermissions)
	if r := p.Changes[0].Request; r.Method != "PATCH" || r.Path != "/api/2.0/permissions/authorization/tokens" || string(r.Body) != body || p.Name != "0" {
		t.Errorf("%s %s %s, typed %s", r.Method, r.Path, r.Body, p.Name)
	}
	apply(t, s, p, j)
	if again := planned(t, s, authorization.Want{Grant: []string{samuel}}); !again.Empty() {
		t.Errorf("still to do: %v", again.Changes)
	}
}

func TestTakingCanUseFromEverybodyNamesTheTokensThatDie(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	p := planned(t, s, authorization.Want{Remove: []string{"users"}})
	sameKinds(t, p, ReplacePermissions)
	effect := p.Authorization.Effect
	if p.Name != "1" || len(effect.Losing) != 3 || effect.Losing[0].Principal.Label() != "FIVETRAN_USER" || !effect.Dying[0].Has(authorization.Partner) {
		t.Fatalf("typed %s, losing %+v", p.Name, effect.Losing)
	}
	const body = `{"access_control_list":[{"service_principal_name":"` + demo.ConnectorID + `","permission_level":"CAN_USE"},{"group_name":"admins","permission_level":"CAN_MANAGE"}]}`
	if r := p.Changes[0].Request; r.Method != "PUT" || string(r.Body) != body {
		t.Errorf("%s %s", r.Method, r.Body)
	}
	for _, typed := range []string{"", "apply", "users", "2"} {
		if _, err := p.Confirmed(typed); !errors.Is(err, ErrNotConfirmed) {
			t.Errorf("%q confirmed", typed)
		}
	}
	wroteNothing(t, d)
	out := apply(t, s, p, j)
	checkPromises(t, d, j)
	if len(out.Differs) > 0 || out.Rollback == "" {
		t.Errorf("%+v", out)
	}
	entries, err := j.Entries()
	if err != nil || len(entries) != 3 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	if last := entries[2]; last.Event != Done || last.Result.RequestID == "" || !slices.Contains(last.Known, "group users: Can Use") || string(last.Request.Body) != body {
		t.Errorf("%+v", last)
	}
}

func TestOneIsKeptWithALineOfItsOwn(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	p := planned(t, s, authorization.Want{Remove: []string{"users"}, Keep: []string{"FIVETRAN_USER"}})
	if p.Name != "0" || len(p.Authorization.Effect.Losing) != 2 {
		t.Fatalf("typed %s, losing %+v", p.Name, p.Authorization.Effect.Losing)
	}
	apply(t, s, p, j)
	if e := level(t, s, "FIVETRAN_USER"); e.Level != authorization.CanUse || e.Ways[0].Text() != "direct" {
		t.Errorf("%+v", e)
	}
}

func level(t testing.TB, s *Session, name string) authorization.Effective {
	t.Helper()
	snapshot := read(t, s, authorization.Tokens)
	p, err := snapshot.Directory.Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot.Of(p)
}

func TestTheRollbackFileGivesThePermissionsBackAndNoToken(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	out := apply(t, s, planned(t, s, authorization.Want{Remove: []string{"users"}}), j)
	text, err := os.ReadFile(out.Rollback)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(out.Rollback); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 || filepath.Dir(out.Rollback) != filepath.Dir(j.Path()) {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	var kept struct{ Note string }
	if err := json.Unmarshal(text, &kept); err != nil || !strings.Contains(kept.Note, "does not bring back a token") {
		t.Errorf("%s, %v", text, err)
	}
}

func TestWhatCannotBeIsRefusedWithWhatToDo(t *testing.T) {
	d := start(t, "ready")
	s := open(t, d)
	snapshot := read(t, s, authorization.Tokens)
	manages := authorization.ACL{{Kind: authorization.Group, Name: connector.FromRemote("analysts"), Level: authorization.CanManage}}
	for name, c := range map[string]struct {
		want   authorization.Want
		kind   error
		remedy string
	}{
		"Can Manage of the admins is taken":   {authorization.Want{Remove: []string{"admins"}}, authorization.ErrLocked, "out of the group admins"},
		"Can Manage is given to others":       {authorization.Want{Whole: &manages}, authorization.ErrLocked, "Give Can Use"},
		"what comes through a group is taken": {authorization.Want{Remove: []string{"samuel.okafor@contoso.example"}}, authorization.ErrThroughElse, "group"},
		"nobody is called so":                 {authorization.Want{Grant: []string{"analyst"}}, authorization.ErrNobody, "analysts"},
	} {
		_, err := s.PlanPermissions(snapshot, c.want)
		var refused *connector.Error
		if !errors.As(err, &refused) || !errors.Is(err, c.kind) || !errors.Is(err, authorization.ErrRefused) || !strings.Contains(refused.Remedy, c.remedy) {
			t.Errorf("%s: %v", name, err)
		}
	}
	wroteNothing(t, d)
}
