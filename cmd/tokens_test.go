package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// tokensAt runs a command about tokens or passwords as the admin of the workspace.
func (s *shelf) tokensAt(args ...string) outcome {
	s.t.Helper()
	return s.asAdmin(append(args, s.at()...)...)
}

func (o outcome) says(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(o.out, text) {
			t.Errorf("it does not say %q:\n%s\n%s", text, o.out, o.err)
		}
	}
}

func TestAnAdminSeesWhoMayUseTokensAndHow(t *testing.T) {
	s := newShelf(t, "ready")
	s.tokensAt("tokens", "list", "--flag", "partner").says(t, "FIVETRAN_USER", "no end, partner", "1 of 3 tokens.")
	s.tokensAt("tokens", "levels").says(t, "Can Manage, locked  group admins", "Can Use             direct", "Were it taken off the list: 2 users and 1 service principal lose")
	s.tokensAt("tokens", "who").says(t, "Revoke any user's or service principal's token", "revoke-any")
	s.tokensAt("tokens", "can", "Samuel", "Okafor").says(t, "Create a token", "Can Use: group users")
	s.tokensAt("tokens", "can", "user:samuel.okafor@contoso.example").says(t, "Can Use: group users")
	s.tokensAt("tokens", "remove", "users", "--keep", "user:samuel.okafor@contoso.example", "--dry-run").says(t, "samuel.okafor@contoso.example: Can Use")
	for _, secret := range []string{"user:maria:hunter22hunter@contoso.example", "user:dapi0123456789abcdef0123456789abcdef", "postgres:hunter22@db.contoso.example"} {
		s.tokensAt("tokens", "can", secret).wants(t, exitUsage, "stands in the place of an argument of can")
		s.tokensAt("tokens", "remove", "users", "--keep", secret).wants(t, exitUsage, "stands in the place of --keep")
	}
	s.tokensAt("tokens", "can", "user:samuel.okafor@contoso.exampel").wants(t, exitUsage, "samuel.okafor@contoso.example")
	s.tokensAt("passwords", "who", "--task", "ui").says(t, "maria.lindqvist@contoso.example")
	s.tokensAt("tokens", "can", "samuel.okafor@contoso.exampel").wants(t, exitUsage, "Nobody in this workspace", "samuel.okafor@contoso.example")
	var list struct {
		Tokens []struct {
			ID    string
			Flags []string
			Owner struct{ Kind, Name string }
		}
	}
	if err := json.Unmarshal([]byte(s.tokensAt("tokens", "list", "--json").out), &list); err != nil || len(list.Tokens) != 3 || list.Tokens[0].Owner.Name != demo.ConnectorID {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestTakingCanUseAsksForTheNumberOfTokensThatDie(t *testing.T) {
	s := newShelf(t, "ready")
	s.tokensAt("tokens", "remove", "users").wants(t, exitUsage, "Nothing was changed", `--expect "1"`)
	s.tokensAt("tokens", "remove", "users", "--expect", "2").wants(t, exitUsage, "The number does not match")
	shown := s.tokensAt("tokens", "remove", "users", "--dry-run")
	shown.says(t, "2 users and 1 service principal lose personal access tokens. 1 token is deleted at once", "FIVETRAN_USER", "PUT /api/2.0/permissions/authorization/tokens")
	if w := s.writes(); len(w) > 0 {
		t.Fatalf("sent %q before the number was given", w)
	}
	s.tokensAt("tokens", "remove", "users", "--keep", "FIVETRAN_USER", "--expect", "0").says(t, "No token is deleted.", "Done: 1 step.", "rollback-")
	again := s.tokensAt("tokens", "remove", "users", "--expect", "0")
	again.says(t, "Nothing is to be changed")
	if w := s.writes(); !slices.Equal(w, []string{"PUT /api/2.0/permissions/authorization/tokens"}) {
		t.Errorf("sent %q", w)
	}
}

func TestAppliedTerraformIsPlannedBeforeItDeletes(t *testing.T) {
	s := newShelf(t, "ready")
	file := filepath.Join(t.TempDir(), "tokens.tf")
	s.tokensAt("tokens", "export", "--to", file).says(t, "tokens.tf")
	s.tokensAt("tokens", "plan", "--from", file).says(t, "Nothing is to be changed")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), `"users"`, `"analysts"`, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	s.tokensAt("tokens", "plan", "--from", file).says(t, "FIVETRAN_USER", "1 token is deleted at once")
	s.tokensAt("tokens", "replace", "--from", file, "--expect", "1").says(t, "Done: 1 step.")
	rollback, err := filepath.Glob(filepath.Join(s.dir, "journal", "rollback-*.json"))
	if err != nil || len(rollback) != 1 {
		t.Fatalf("%q, %v", rollback, err)
	}
	s.tokensAt("tokens", "replace", "--from", rollback[0], "--expect", "0").says(t, "Done: 1 step.")
	s.tokensAt("tokens", "levels").says(t, "FIVETRAN_USER                    service principal  Can Use             group users")
	if err := os.WriteFile(file, []byte(`{"access_control_list": [{"group_name": "analysts", "permission_level": "CAN_USE"},]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s.tokensAt("tokens", "plan", "--from", file).wants(t, exitUsage, "a comma stands before a closing bracket", "begin from the one that export writes")
}

func TestANewTokenGoesIntoAFileAndSignsIn(t *testing.T) {
	s := newShelf(t, "ready")
	file := filepath.Join(t.TempDir(), "value")
	s.tokensAt("tokens", "create", "--on-behalf-of", demo.ConnectorName).wants(t, exitUsage, "--value-to")
	s.tokensAt("tokens", "create", "--on-behalf-of", demo.ConnectorName, "--days", "-1", "--dry-run").wants(t, exitUsage, "--days 1 or more")
	made := s.tokensAt("tokens", "create", "--on-behalf-of", demo.ConnectorName, "--comment", "by hand", "--days", "30", "--value-to", file, "--yes", demo.ConnectorName)
	made.says(t, "was made, and its value is in")
	value, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	secret := connector.NewSecret([]byte(strings.TrimSpace(string(value))))
	if strings.Contains(made.out+made.err+s.journal(), string(secret.Reveal())) {
		t.Error("the value is shown")
	}
	own := s.fed(secret, nil, append([]string{"tokens", "list", "--admin-secret-stdin"}, s.at()...)...)
	own.says(t, "by hand", "These are your own.")
	s.fed(secret, nil, append([]string{"tokens", "grant", "analysts", "--expect", "0", "--admin-secret-stdin"}, s.at()...)...).wants(t, exitRefused, "is no workspace admin", "group admins")
	s.tokensAt("tokens", "create", "--on-behalf-of", demo.ConnectorName, "--value-to", file, "--yes", demo.ConnectorName).wants(t, exitUsage, "There is such a file already")
	s.tokensAt("tokens", "delete", "--search", "by hand", "--expect", "1").says(t, "Done: 1 step.")
	if o := s.fed(secret, nil, append([]string{"tokens", "list", "--admin-secret-stdin"}, s.at()...)...); o.code == exitOK {
		t.Error("a token that was deleted signs in")
	}
}

func TestSwitchingTokensOffSaysWhatStops(t *testing.T) {
	s := newShelf(t, "ready")
	s.tokensAt("tokens", "settings").says(t, "Enabled: yes", "would stop 3 at once, and delete none")
	s.tokensAt("tokens", "settings", "--disable", "--expect", "3").says(t, "3 tokens stop working at once.", "Done: 1 step.")
	s.tokensAt("tokens", "settings").says(t, "Enabled: no", "would have 3 work again")
	s.tokensAt("tokens", "settings", "--enable", "--max-days", "90", "--expect", "0").says(t, "3 tokens last longer than a new one may", "Done: 1 step.")
	s.tokensAt("tokens", "settings", "--json").says(t, `"max_days": 90`)
}

func TestWatchingTellsWhatSomebodyElseChanges(t *testing.T) {
	s := newShelf(t, "ready")
	looks := 0
	args := append([]string{"tokens", "watch", "--admin-client-id", string(s.workspace.Admin().ClientID), "--admin-secret-stdin"}, s.at()...)
	o := s.fed(s.workspace.Admin().Secret, func() {
		if looks++; looks == 1 {
			s.tokensAt("tokens", "grant", "analysts", "--expect", "0")
		}
	}, append(args, "--looks", "2")...)
	o.says(t, "added: group analysts: Can Use")
}
