package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

func TestGrantsSaysWhatIsMissingInEveryForm(t *testing.T) {
	s := newShelf(t, "missing-grants")
	saved := s.save(s.connection("prod"))
	missing := admin.Needs(saved)[1:]
	script, err := grants.Script(missing, saved.Principal)
	if err != nil {
		t.Fatal(err)
	}
	o := s.run("grants", "prod")
	o.code, o.err = o.code-40, "" // what is missing is the code, and nothing is said on standard error
	o.wants(t, 0)
	for _, text := range []string{"✓ USE CATALOG on catalog inventory: direct", "SELECT on schema inventory.assets", "Who can grant it", "data-governance (owns", script} {
		if !strings.Contains(o.out, text) {
			t.Errorf("not said: %q\n%s", text, o.out)
		}
	}
	o = s.run("grants", "prod", "--sql")
	if o.wants(t, 0); o.out != script {
		t.Errorf("the SQL is\n%swanted\n%s", o.out, script)
	}
	flags := append([]string{"grants", "--schema", "inventory.assets", "--principal", demo.ConnectorName, "--sql"}, s.at()...)
	if o = s.asAdmin(flags...); o.out != script {
		t.Errorf("as an admin the SQL is\n%swanted\n%s", o.out, script)
	}
	if o = s.run(flags...); o.out != script {
		t.Errorf("with the credentials of the saved connection the SQL is\n%swanted\n%s", o.out, script)
	}
	o = s.run("grants", "prod", "--json")
	var said report.Grants
	if err := json.Unmarshal([]byte(o.out), &said); o.code != 40 || err == nil && (said.Done || said.SQL != script || len(said.Have) != 1 || len(said.Missing) != 2) {
		t.Errorf("exit %d, %v\n%s", o.code, err, o.out)
	}
	for form, text := range map[string]string{"rest": "PATCH /api/2.1/unity-catalog/permissions/schema/inventory.assets\n{", "cli": "databricks grants update", "terraform": `resource "databricks_grant"`} {
		if o = s.run("grants", "prod", "--as", form); o.code != 0 || !strings.Contains(o.out, text) {
			t.Errorf("%s: exit %d\n%s", form, o.code, o.out)
		}
	}
}

func TestGrantsWatchesUntilNothingIsMissing(t *testing.T) {
	s := newShelf(t, "missing-grants")
	saved := s.save(s.connection("prod"))
	statements := admin.Needs(saved)[1:]
	o := s.fed(s.workspace.Admin().Secret, func() {
		if len(statements) == 0 {
			t.Fatal("it waits although nothing is missing")
		}
		script, err := grants.Script(statements[:1], saved.Principal)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.workspace.Grant(t.Context(), script); err != nil {
			t.Fatal(err)
		}
		statements = statements[1:]
	}, "grants", "prod", "--watch")
	o.wants(t, 0)
	lines := strings.Split(strings.TrimSpace(o.out), "\n")
	if len(lines) != 7 || !strings.Contains(lines[3], "can take a minute") || lines[6] != "Nothing is missing." {
		t.Errorf("%s", o.out)
	}
	for i, want := range []string{"✓ USE SCHEMA on schema inventory.assets", "✓ SELECT on schema inventory.assets"} {
		if !strings.HasPrefix(lines[4+i], want) {
			t.Errorf("line %d is %q", 5+i, lines[4+i])
		}
	}
}

func TestAHandOffIsWrittenOnceForEachOwner(t *testing.T) {
	s := newShelf(t, "missing-grants")
	s.save(s.connection("prod"))
	folder := filepath.Join(t.TempDir(), "to owners")
	o := s.run("grants", "prod", "--handoff", folder)
	o.wants(t, 0)
	files, err := os.ReadDir(folder)
	if err != nil || len(files) != 1 || !strings.Contains(o.out, "Wrote ") {
		t.Fatalf("%v, %v\n%s", files, err, o.out)
	}
	path := filepath.Join(folder, files[0].Name())
	page, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(page), "grants prod --watch") && !strings.Contains(string(page), "grants 'prod' --watch") {
		t.Errorf("%v\n%s", err, page)
	}
	if o = s.run("grants", "prod", "--handoff", folder); o.code != 0 || !strings.HasPrefix(o.out, "Unchanged: ") {
		t.Errorf("again: exit %d, %s", o.code, o.out)
	}
	if err := os.WriteFile(path, []byte("a note"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.run("grants", "prod", "--handoff", folder).wants(t, 64, "it was left as it is", "--overwrite")
	if o = s.run("grants", "prod", "--handoff", folder, "--overwrite"); o.code != 0 || !strings.HasPrefix(o.out, "Replaced ") {
		t.Errorf("exit %d, %s", o.code, o.out)
	}
}

func TestGrantsRefusesWhatDoesNotGoTogether(t *testing.T) {
	s := newShelf(t, "ready")
	for says, args := range map[string][]string{
		"is not said":            {"grants"},
		"each say it in another": {"grants", "prod", "--sql", "--json"},
		"says itself":            {"grants", "prod", "--schema", "a.b"},
		"none of the forms":      {"grants", "prod", "--as", "yaml"},
		"No workspace is named":  {"grants", "--principal", "x", "--schema", "a.b"},
		"No saved connection":    slices.Concat([]string{"grants", "--principal", "x", "--schema", "a.b"}, s.at()),
	} {
		s.run(args...).wants(t, 64, says)
	}
}

func TestTheAuditEndsWithItsVerdict(t *testing.T) {
	for scenario, want := range map[string]struct {
		code    int
		verdict string
	}{"certified": {0, "certificate: nothing beyond what was chosen was seen"}, "can-write": {50, "certificate: can write"}} {
		s := newShelf(t, "first-time")
		s.provision("--save-as", "prod", "--apply", "--yes", "draftt-new").wants(t, 0)
		if scenario == "can-write" {
			saved, err := s.vault.Load(t.Context(), "prod")
			if err != nil {
				t.Fatal(err)
			}
			if err := s.workspace.Grant(t.Context(), "GRANT MODIFY ON SCHEMA inventory.assets TO `"+string(saved.Credentials.ClientID)+"`"); err != nil {
				t.Fatal(err)
			}
		}
		page := filepath.Join(t.TempDir(), "page.txt")
		o := s.asAdmin("audit", "prod", "--text", page)
		text, err := os.ReadFile(page)
		if o.code != want.code || err != nil || !strings.Contains(string(text), want.verdict) || !strings.Contains(o.out, want.verdict) {
			t.Errorf("%s: exit %d, %v\n%s%s", scenario, o.code, err, text, o.out)
		}
		own := s.run("audit", "prod", "--json")
		if scenario == "certified" && (own.code != exitUnseen || !strings.Contains(own.out, `"verdict": "UNKNOWN"`)) {
			t.Errorf("without an admin: exit %d\n%s", own.code, own.out)
		}
	}
}

func TestEachNameOfAPrincipalLeadsToItsCard(t *testing.T) {
	s := newShelf(t, "ready")
	c := s.connection("prod")
	c.Principal.ID = "5103948571029384"
	s.save(c)
	for _, who := range []string{demo.ConnectorID, strings.ToUpper(demo.ConnectorID), "5103948571029384", demo.ConnectorName, "PROD"} {
		for _, o := range []outcome{s.run("principal", who), s.asAdmin(slices.Concat([]string{"identity", who}, s.at()[2:])...)} {
			o.wants(t, 0)
			for _, text := range []string{demo.ConnectorID, "5103948571029384", demo.ConnectorName, "GRANT", "client ID", "    prod\n"} {
				if !strings.Contains(o.out, text) {
					t.Errorf("%s: no %q in\n%s", who, text, o.out)
				}
			}
		}
	}
	s.run("principal", "nobody").wants(t, 64, "No saved connection signs in as nobody.")
	s.asAdmin(slices.Concat([]string{"principal", "nobody"}, s.at())...).wants(t, 64, "is called nobody")
}

func TestTheEndOfASecretIsSaidInTime(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for days, want := range map[float64]string{
		-1: "Rotate it now", 0.5: "Rotate it now", 1: "Rotate it now", 2: "Rotate it this week", 7: "Rotate it this week", 8: "Plan its rotation", 14: "Plan its rotation",
		15: "It can be rotated any time", 30: "It can be rotated any time",
	} {
		text, warns := connector.Expiry(connector.Connection{SecretExpires: now.Add(time.Duration(days * 24 * float64(time.Hour)))}, now)
		if !warns || !strings.HasSuffix(text, want) {
			t.Errorf("%v days: %q", days, text)
		}
	}
	if text, warns := connector.Expiry(connector.Connection{SecretExpires: now.Add(31 * 24 * time.Hour)}, now); warns || text == "" {
		t.Errorf("31 days: %q", text)
	}
	if text, warns := connector.Expiry(connector.Connection{}, now); warns || text != "" {
		t.Errorf("not known: %q", text)
	}
}

func TestListWarnsOfASecretThatEndsSoon(t *testing.T) {
	s := newShelf(t, "ready")
	c := s.connection("prod")
	c.SecretExpires = time.Now().Add(10*24*time.Hour + time.Hour)
	s.save(c)
	s.run("list").wants(t, 0, `! The OAuth secret of "prod" ends on`, `in 10 days. Plan its rotation:  draftt-databricks rotate prod`)
	if o := s.run("show", "prod"); !strings.Contains(o.out, "Secret ends  on ") {
		t.Errorf("%s", o.out)
	}
}
