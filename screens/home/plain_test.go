package home

import (
	"bufio"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// plain walks through home line by line.
func (a *person) plain(answers ...string) (heard string, err error) {
	a.T.Helper()
	var b strings.Builder
	theme := ui.NewTheme(true)
	a.home = New(a.Setup.Environment(), vault.Keys{}, &theme, doors(&theme)...)
	if a.admitted != nil {
		a.home.admission.Take(a.admitted)
	}
	in := bufio.NewReader(&screentest.Dictation{Lines: answers, Heard: &b})
	err = a.home.Plain(a.T.Context(), &prompt.Prompt{In: in, Out: &b, Clock: prompt.Halted{}})
	return strings.ReplaceAll(b.String(), passphrase, "SECRET"), err
}

func TestHomeLineByLineIsANumberedMenu(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "Asset inventory – prod", "Field ops", "Staging")
	heard, err := a.plain("a wrong passphrase", passphrase, "b", "stag", "", "test", "3", "?", "b", "2", "disconnect", "b",
		"2", "delete", "", "2", "delete", "field OPS", "1", "z", "b", "q")
	if !errors.Is(err, prompt.ErrLeft) {
		t.Errorf("ended with %v", err)
	}
	screentest.CompareGolden(t, "home/plain", heard)
	if _, err := a.home.env.Vault.Load(t.Context(), "Field ops"); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestSomebodySignsOutLineByLine(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod")
	who := a.Workspace.Admin()
	way := setup.SignInWay{Creds: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret}}
	session, err := a.Setup.Environment().OpenAdminOf(a.connection("prod"), way)(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.admitted = session
	heard, err := a.plain(passphrase, "1", "sign out", "", "1", "sign out", "b", "q")
	if !errors.Is(err, prompt.ErrLeft) {
		t.Errorf("ended with %v", err)
	}
	if strings.Count(heard, "where you are platform-admin") != 2 || !strings.Contains(heard, `Nothing has "sign out" in its name.`) || strings.Count(heard, signedOut) != 1 || a.home.admission.Session() != nil {
		t.Errorf("it is offered otherwise than once, or did not sign out:\n%s", heard)
	}
}

func TestTheWaysOutOfHomeLineByLine(t *testing.T) {
	t.Parallel()
	for answers, want := range map[string]Kind{"n": NewConnection, "1 edit": Edit, "1 rotate": Rotate, "1 disconnect a": Disconnect, "1 16": Workspace} {
		a := withConnections(t, "ready", "prod")
		if _, err := a.plain(append([]string{passphrase}, strings.Fields(answers)...)...); err != nil || a.home.Choice().Kind != want {
			t.Errorf("%s went to %v, %v", answers, a.home.Choice().Kind, err)
		}
	}
}

func TestEveryVerbOfHomeIsThereLineByLine(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "missing-grants", "prod", "staging")
	folder := t.TempDir()
	exported, bundled, owners := filepath.Join(folder, "prod.yaml"), filepath.Join(folder, "b.tar.gz"), filepath.Join(folder, "owners")
	heard, err := a.plain(passphrase, "a", "1", "show", "1", "for Draftt", "1", "grants", owners, "1", "bundle", bundled, "1", "rename", "Staging", "1", "rename", "north",
		"1", "export", exported, "1", "export", exported, "i", filepath.Join(folder, "none.yaml"), "q")
	if !errors.Is(err, prompt.ErrLeft) {
		t.Errorf("ended with %v", err)
	}
	for _, said := range []string{
		"✗ prod: Missing Unity Catalog permissions at S14 Schema.", "✗ staging: ", "Next: Have the owner run", "Scope: SELECT on the schema, future tables too",
		"HTTP path: /sql/1.0/warehouses/", "? USE SCHEMA on schema inventory.assets", "Who can grant it", "Send each page to its owner", "The bundle will hold:",
		"It was searched for the secrets of this connection", `There is already a connection named "staging".`, `"prod" is now named "north".`,
		`Wrote "north" to ` + exported, "is there already, and was left as it is.", "The answers file could not be read",
	} {
		if !strings.Contains(heard, said) {
			t.Errorf("nobody said %q", said)
		}
	}
	if t.Failed() {
		t.Log(heard)
	}
	for _, path := range []string{exported, bundled, owners} {
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

func TestAnExportedConnectionIsImportedWithItsSecret(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod")
	file := filepath.Join(t.TempDir(), "prod.yaml")
	if _, err := a.plain(passphrase, "1", "export", file, "i", file, string(a.Workspace.Connector().Secret.Reveal())); err != nil {
		t.Fatal(err)
	}
	chosen := a.home.Choice()
	if chosen.Kind != Import || chosen.Draft.Host().String() != a.Workspace.Host() || chosen.Draft.Secret().IsZero() {
		t.Errorf("goes on with %v", chosen.Kind)
	}
}

func TestTheLinesAskForNoSecretOfAFileThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod")
	file := filepath.Join(t.TempDir(), "half.yaml")
	a.writes(file, "host: "+a.Workspace.Host()+"\nname: prod\n")
	said, err := a.plain(passphrase, "i", file, "q")
	if !prompt.GoesAway(err) || !strings.Contains(said, "The answers file lacks client_id") || strings.Contains(said, "OAuth secret of") {
		t.Errorf("%v\n%s", err, said)
	}
}
