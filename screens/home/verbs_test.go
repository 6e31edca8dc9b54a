package home

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/bundle"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/screentest"
)

func TestThePanelsOfHomeLookAsDrawn(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "missing-grants", "asset inventory – prod", "Field ops")
	a.folder = "/home/maria"
	a.open()
	for _, scene := range []struct {
		name, key, shows string
		over             []string // pages over it: what opens each, and its name behind that
	}{
		{"test-all", "a", "2 of 2 connections, 2 failed", nil},
		{"grants", "g", "Who can grant it", []string{"w", "grants-to-run", "h", "hand-off", "a", "grants-as-admin"}},
		{"export", "s", "asset-inventory", nil}, {"import", "i", "File", nil}, {"for-draftt", "w", "Azure Databricks › Connect", nil},
		{"certificate", "u", "Read-only certificate", nil},
	} {
		a.Press(scene.key)
		a.See(scene.shows)
		a.Settle()
		a.Golden("home/" + scene.name)
		for over := range slices.Chunk(scene.over, 2) {
			a.Press(over[0])
			a.Settle()
			a.Golden("home/" + over[1])
			a.Press("esc")
			a.MustShow(scene.shows)
		}
		a.closeAll()
	}
}

// closeAll leads to the list, however much is open over it.
func (a *person) closeAll() {
	a.T.Helper()
	for !a.Shows("Your connections") {
		a.Press("esc")
	}
}

func TestThePlansOfHomeLookAsDrawn(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	a.open()
	for _, scene := range []struct{ name, key, shows string }{
		{"rotate-plan", "r", "Create OAuth secret"}, {"disconnect-plan", "d", "Will be deleted"},
	} {
		a.Press(scene.key, "enter")
		a.signsIn()
		a.See(scene.shows)
		a.Settle()
		a.Golden("home/" + scene.name)
		a.closeAll()
	}
	a.Press("l")
	a.Settle()
	a.Golden("home/locked")
}

func TestAllConnectionsAreTestedAtOnceAndEachKeepsItsVerdict(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod", "ops", "staging")
	a.open()
	a.MustShow("never tested")
	a.Press("a")
	a.See("Test all: 3 of 3 connections")
	a.MustNotShow("1 failed")
	a.Press("esc")
	a.MustNotShow("never tested", "failed")
	for _, name := range []string{"prod", "ops", "staging"} {
		if kept := a.load(name); !kept.Proof.Passed || !kept.Proof.At.Equal(screentest.Morning) {
			t.Errorf("%s kept %+v", name, kept.Proof)
		}
	}
	a.Resize(120, 40)
	a.MustShow("› ops", "18 passed, 1 warned of (Lifetime)")
}

func TestABundleIsLookedAtBeforeItIsWritten(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "wrong-secret", "prod")
	a.folder = t.TempDir()
	a.open()
	a.Press("b")
	a.See("The bundle will hold", "enter write it")
	path := filepath.Join(a.folder, "draftt-bundle.tar.gz")
	if _, err := os.Stat(path); err == nil {
		t.Fatal("it is there before anybody agreed")
	}
	a.Press("enter", "enter")
	a.See("It was searched for the secrets of this connection")
	a.MustShow("Your connections")
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	if told, err := bundle.Open(file); err != nil || told.Verdict != "Authentication failed at S06 Token." {
		t.Errorf("it tells %q, %v", told.Verdict, err)
	}
	a.Press("b")
	a.See("The bundle will hold")
	a.Press("enter", "enter")
	a.See("is there already, and was left as it is.", "Give another name.")
}

func TestWhatIsExportedIsImportedAndGoesThroughTheFiveSteps(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod")
	a.folder = t.TempDir()
	a.open()
	a.Press("s", "enter")
	a.See("without its secret.")
	file := filepath.Join(a.folder, "prod.yaml")
	a.Press("i")
	a.Paste(file + "x")
	a.Press("enter")
	a.reads("The answers file could not be read")
	a.Press("backspace", "enter")
	a.reads(`OAuth secret of "prod" at ` + a.Workspace.Host()) // said before anything is pasted
	a.Settle()
	a.Golden("home/import-secret")
	a.Paste("dose-some-secret")
	a.MustNotShow("dose-some-secret")
	a.Press("enter")
	a.Until("it goes on", a.Finished)
	s := a.goOn()
	if d := s.Draft(); a.home.Choice().Kind != Import || d.Host().String() != a.Workspace.Host() || d.Secret().IsZero() || d.Name() != "prod" {
		t.Errorf("goes on with %v of %q", a.home.Choice().Kind, d.Name())
	}
	if s.Draft().Check(setup.Connect) == nil {
		t.Error("a file alone has proven something")
	}
}

// Whatever is wrong with a file is said before a secret is asked for, and a file that was mended meanwhile is taken as it is by then.
func TestNobodyIsAskedForTheSecretOfAFileThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "prod")
	a.folder = t.TempDir()
	a.open()
	a.Press("s", "enter")
	a.See("without its secret.")
	file := filepath.Join(a.folder, "prod.yaml")
	good, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	a.Press("i")
	a.Paste(file)
	for content, want := range map[string]string{
		"host: " + a.Workspace.Host() + "\nname: prod\n":                       "The answers file lacks client_id",
		string(good) + "ca_file: none.pem\n":                                   "none.pem",
		strings.Replace(string(good), "catalog: inventory", "catalog: a/b", 1): "a/b",
	} {
		a.writes(file, content)
		a.Press("enter")
		a.reads(want)
		a.MustNotShow("paste it")
	}
	a.writes(file, string(good))
	a.Press("enter")
	a.reads(`OAuth secret of "prod" at ` + a.Workspace.Host())
	a.Paste("dose-some-secret")
	for content, want := range map[string]string{
		strings.Replace(string(good), a.Workspace.Host(), "adb-1234567890123456.7.azuredatabricks.net", 1): "The file names another workspace now",
		string(good) + "ca_file: none.pem\n": "none.pem",
	} {
		a.writes(file, content)
		a.Press("enter")
		a.reads(want)
		a.MustNotShow("dose-some-secret")
	}
	a.writes(file, strings.Replace(string(good), "name: prod", "name: mended", 1))
	a.Press("enter")
	a.Until("it goes on", a.Finished)
	if d := a.goOn().Draft(); d.Secret().IsZero() || d.Name() != "mended" || d.Host().String() != a.Workspace.Host() {
		t.Errorf("goes on with %q at %s", d.Name(), d.Host())
	}
}

func (a *person) writes(file, content string) {
	a.T.Helper()
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		a.T.Fatal(err)
	}
}

func TestTheOwnersAreGivenAPageEachFromHome(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "missing-grants", "prod")
	a.folder = t.TempDir()
	a.open()
	a.Press("g")
	a.See("Is missing")
	a.Press("w")
	a.MustShow("What to run", "GRANT ")
	a.Press("esc", "h", "esc")
	a.MustShow(`Grants of "prod"`)
	a.Press("h", "enter")
	a.See("handoff-prod-data-governance.txt")
	if _, err := os.Stat(filepath.Join(a.folder, "handoff-prod-data-governance.txt")); err != nil {
		t.Error(err)
	}
	a.Press("esc")
	a.MustShow(`Grants of "prod"`)
}
