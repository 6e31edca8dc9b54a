package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

func TestTheSetOfAPartnerIsShownWithoutSigningIn(t *testing.T) {
	s := newShelf(t, "first-time")
	o := s.run("partners", "show", "dataiku")
	o.wants(t, 0)
	golden.Compare(t, filepath.Join("testdata", "partners-show.txt"), o.out)
	o = s.run("partners", "show", "hex", "--schema", "inventory.assets", "--warehouse", "a3f19c0d7be24418", "--principal", "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22", "--as", "sql")
	if o.wants(t, 0); !strings.Contains(o.out, "GRANT USE SCHEMA, SELECT ON SCHEMA `inventory`.`assets` TO `6f0c5f3e") {
		t.Errorf("%s", o.out)
	}
	s.run("partners", "show", "hex", "--catalog", "inventory").wants(t, exitUsage, "none is selected", "--schema")
	s.run("partners", "show", "Hightuch").wants(t, exitUsage, "Did you mean Hightouch?")
	s.run("partners", "show", "hex", "--as", "pulumi").wants(t, exitUsage, "none of the forms")
}

func TestPartnersAreListedWithTheirEvidence(t *testing.T) {
	s := newShelf(t, "estate")
	o := s.asAdmin(append([]string{"partners", "list"}, s.at()...)...)
	o.wants(t, 0)
	for _, text := range []string{"Rivery: certain", "✓ personal access token “RIVERY”, which never ends", "Airbyte: possible", "Only reminds of a partner", "fivetran_user", "OAuth apps of the account"} {
		if !strings.Contains(o.out, text) {
			t.Errorf("not said: %q\n%s", text, o.out)
		}
	}
	o = s.asAdmin(append([]string{"partners", "list", "--json"}, s.at()...)...)
	var said struct {
		Inferred    bool
		Connections []struct {
			Partner, Sure string
			Evidence      []string
		}
	}
	if err := json.Unmarshal([]byte(o.out), &said); err != nil || !said.Inferred || len(said.Connections) != 7 || len(said.Connections[0].Evidence) == 0 {
		t.Errorf("%v\n%s", err, o.out)
	}
	o = s.asAdmin(append([]string{"partners", "list", "--share"}, s.at()...)...)
	if o.wants(t, 0); strings.Contains(o.out, "RIVERY_USER, application ID") || strings.Contains(o.out, "samuel.okafor") {
		t.Errorf("shared:\n%s", o.out)
	}
}

func TestAPartnerIsPlannedGivenAndChecked(t *testing.T) {
	s := newShelf(t, "first-time")
	selects := append([]string{"--schema", "inventory.assets", "--warehouse", "a3f19c0d7be24418"}, s.at()...)
	plan := append([]string{"partners", "plan", "hex"}, selects...)
	o := s.asAdmin(plan...)
	o.wants(t, 0)
	for _, text := range []string{"Create service principal: service principal HEX_USER", "Who can do it", "Not settled by the document, so not given", "In Partner Connect you can select"} {
		if !strings.Contains(o.out, text) {
			t.Errorf("not said: %q\n%s", text, o.out)
		}
	}
	if writes := s.writes(); len(writes) > 0 {
		t.Errorf("planning sent %q", writes)
	}
	if o = s.asAdmin(append(plan, "--apply", "--yes", "hex")...); o.code != exitUsage || len(s.writes()) > 0 {
		t.Errorf("another name confirms: exit %d, %q", o.code, s.writes())
	}
	if o = s.asAdmin(append(plan, "--apply", "--yes", "HEX_USER")...); o.code != 0 || !strings.Contains(o.out, "journal") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	if o = s.asAdmin(append([]string{"partners", "check", "HEX"}, selects...)...); o.code != 0 || !strings.Contains(o.out, "It has its set, and nothing beyond by itself.") {
		t.Errorf("exit %d\n%s", o.code, o.out)
	}
	if o = s.asAdmin(append([]string{"partners", "check", "hex", "--principal", "draftt-connector"}, selects...)...); o.code != check.ExitPermissions || !strings.Contains(o.out, "✗ SELECT on schema inventory.assets") {
		t.Errorf("exit %d\n%s", o.code, o.out)
	}
	own := filepath.Join(t.TempDir(), "set.yaml")
	if err := os.WriteFile(own, []byte("name: Loader\nneeds:\n  - {entitlement: databricks-sql-access}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if o = s.asAdmin(append([]string{"partners", "check", "--set", own, "--principal", "draftt-connector"}, s.at()...)...); o.code != 0 && o.code != check.ExitBeyond || !strings.Contains(o.out, "✓ Databricks SQL access: direct") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
}

func TestAPartnerIsDisconnectedByItsName(t *testing.T) {
	s := newShelf(t, "first-time")
	end := append([]string{"partners", "disconnect", "fivetran", "--level", "reset"}, s.at()...)
	sheet := filepath.Join(t.TempDir(), "sheet.txt")
	o := s.asAdmin(append(end, "--dry-run", "--sheet", sheet)...)
	o.wants(t, 0)
	for _, text := range []string{"Will be deleted", "service principal FIVETRAN_USER", "the account at Fivetran", "To connect again"} {
		if !strings.Contains(o.out, text) {
			t.Errorf("not said: %q\n%s", text, o.out)
		}
	}
	if text, err := os.ReadFile(sheet); err != nil || !strings.Contains(string(text), "FIVETRAN_USER, application ID") {
		t.Errorf("%s, %v", text, err)
	}
	unconfirmed := filepath.Join(t.TempDir(), "sheet.txt")
	if o = s.asAdmin(append(end, "--sheet", unconfirmed)...); o.code != exitUsage || len(s.writes()) > 0 {
		t.Errorf("without the name: exit %d, %q", o.code, s.writes())
	}
	if _, err := os.Stat(unconfirmed); err == nil {
		t.Error("the sheet was written before the name was given")
	}
	if o = s.asAdmin(append(end, "--yes", "Fivetran", "--sheet", sheet)...); o.code != 0 || len(s.writes()) != 1 {
		t.Errorf("exit %d, %q\n%s%s", o.code, s.writes(), o.out, o.err)
	}
	if o = s.asAdmin(append(end, "--yes", "Fivetran")...); o.code != 0 || !strings.Contains(o.out, "gone already") || len(s.writes()) != 1 {
		t.Errorf("again: exit %d, %q\n%s%s", o.code, s.writes(), o.out, o.err)
	}
	if o = s.asAdmin(append([]string{"partners", "orphans"}, s.at()...)...); o.code != 0 || !strings.Contains(o.out, "Nothing here belonged to") {
		t.Errorf("exit %d\n%s", o.code, o.out)
	}
	if o = s.asAdmin(append([]string{"partners", "move-to-oauth", "draftt-connector"}, s.at()...)...); o.code != 0 || !strings.Contains(o.out, "1. Create an OAuth secret") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	if o = s.asAdmin(append([]string{"partners", "catalogs"}, s.at()...)...); o.code != 0 || !strings.Contains(o.out, "hive_metastore can always be selected") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
}

func TestAConnectionMovesFromATokenToOAuthWithoutAGap(t *testing.T) {
	s := newShelf(t, "ready")
	c := s.connection("prod")
	c.Credentials = connector.Credentials{Method: connector.PAT, Secret: s.workspace.Connector().Token}
	c.Principal = connector.Principal{Name: s.workspace.Connector().ClientID.Name()}
	s.save(c)
	s.run("test", "prod").wants(t, 0)
	before := len(s.secrets(t))
	o := s.asAdmin("rotate", "prod", "--to-oauth", "--yes", demo.ConnectorName)
	if o.wants(t, 0); !strings.Contains(o.out, `Switched "prod"`) || !strings.Contains(o.out, "partners move-to-oauth "+demo.ConnectorID) || len(s.secrets(t)) != before+1 {
		t.Errorf("%d secrets\n%s", len(s.secrets(t)), o.out)
	}
	if now := s.load(t, "prod").Credentials; now.Method != connector.OAuth || now.ClientID != demo.ConnectorID {
		t.Errorf("it signs in with %s as %s", now.Method, now.ClientID)
	}
	s.run("test", "prod").wants(t, 0)
	s.asAdmin("rotate", "prod", "--to-oauth").wants(t, exitUsage, "with an OAuth secret already")
	o = s.asAdmin(append([]string{"partners", "move-to-oauth", demo.ConnectorID}, s.at()...)...)
	for _, text := range []string{"✓ 2. Prove", "✓ 3. Switch", "… 4. Watch"} {
		if !strings.Contains(o.out, text) {
			t.Errorf("not said: %q\n%s", text, o.out)
		}
	}
	s.asAdmin(append([]string{"partners", "move-to-oauth", demo.ConnectorID, "--revoke", "--yes", demo.ConnectorName}, s.at()...)...).wants(t, 0)
	for _, w := range s.writes() {
		if strings.HasPrefix(w, "DELETE") {
			t.Errorf("a token that is young was deleted: %s", w)
		}
	}
	if o = s.asAdmin("rotate", "prod", "--yes", demo.ConnectorName); o.code != 0 || strings.Contains(o.out, "the old one is still there") || len(s.secrets(t)) != before+2 {
		t.Errorf("the next rotation: exit %d, %d secrets\n%s", o.code, len(s.secrets(t)), o.out)
	}
}
