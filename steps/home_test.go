package steps

import (
	"bufio"
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui"
)

// homePassphrase opens the connections of every person at home.
const homePassphrase = "a blue door in the north wall"

// atHome is a person with saved connections, in front of the home screen.
type atHome struct {
	*walk
	home *Home
	dir  string
}

// furnish saves connections to the workspace of a scenario, under these names, behind a passphrase.
func furnish(t *testing.T, scenario string, names ...string) *atHome {
	t.Helper()
	a := &atHome{dir: filepath.Join(t.TempDir(), "vault")}
	a.walk = prepare(t, person{scenario: scenario, own: true, vault: a.dir})
	v := vault.Open(a.dir)
	if err := v.InitPassphrase(t.Context(), secretOf(homePassphrase)); err != nil {
		t.Fatal(err)
	}
	for i, name := range names {
		c := a.connection(name)
		c.Proof = []connector.Proof{
			{At: morning.Add(-2 * time.Hour), Passed: true, Summary: "Connected: the tables were read as the connector.", ReadOnly: "nothing beyond USE CATALOG, USE SCHEMA, SELECT"},
			{At: morning.Add(-75 * time.Hour), Summary: "Authentication failed at S06 Token"},
			{},
		}[i%3]
		if i == 1 {
			c.SecretExpires = morning.Add(5 * 24 * time.Hour)
		}
		if _, err := v.Save(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func (a *atHome) connection(name string) connector.Connection {
	a.t.Helper()
	host, _, err := connector.ParseHost(a.workspace.Host(), nil)
	if err != nil {
		a.t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		a.t.Fatal(err)
	}
	who := a.workspace.Connector()
	return connector.Connection{
		Name: name, Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
		Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418", Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/a3f19c0d7be24418"},
		Schema:    table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{table}, SecretSetAt: morning.Add(-48 * time.Hour),
	}
}

// work does for the home screen what the commands do.
func (a *atHome) work() HomeWork {
	open := func(c connector.Connection) (*workspace.Workspace, error) {
		return workspace.Open(workspace.Config{Host: c.Host, Credentials: c.Credentials, Network: a.workspace.Network(), Version: "1.2.3"})
	}
	return HomeWork{
		Subject: func(c connector.Connection, start bool) (*check.Subject, error) {
			ws, err := open(c)
			if err != nil {
				return nil, err
			}
			return &check.Subject{Workspace: ws, Warehouse: c.Warehouse, Start: start, Schema: c.Schema, Scope: c.Scope, Tables: c.Tables, Rows: 1}, nil
		},
		Proof: func(results []check.Result, now time.Time) connector.Proof {
			if f := check.Failure(results); f != nil {
				return connector.Proof{At: now, Summary: string(f.Finding.Cause) + " at " + f.Name}
			}
			return connector.Proof{At: now, Passed: true, Summary: "Connected: the tables were read as the connector."}
		},
		Certificate: func(ctx context.Context, c connector.Connection) (string, error) {
			ws, err := open(c)
			if err != nil {
				return "", err
			}
			defer ws.Close()
			facts, err := audit.Own(ctx, ws, audit.Chosen{Needs: grants.Reach(c.Schema), Warehouse: c.Warehouse.ID})
			if err != nil {
				return "", err
			}
			return audit.Certify(facts, morning, "1.2.3").Text(), nil
		},
		Expiry: func(c connector.Connection, now time.Time) (string, bool) {
			if c.SecretExpires.IsZero() {
				return "", false
			}
			return "ends on " + c.SecretExpires.Format("2 January 2006") + ". Rotate it this week", true
		},
	}
}

// arrive opens the home screen, which asks for the passphrase.
func (a *atHome) arrive() {
	a.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	a.cancel = cancel
	theme := ui.NewTheme(true)
	a.home = NewHome(a.setup.env, a.work(), &theme)
	a.Shell = a.home.Shell(ctx)
	a.t.Cleanup(func() {
		a.leave()
		a.home.Close()
	})
	a.run(a.Init())
	a.resize(80, 24)
}

// enter arrives and opens the door.
func (a *atHome) enter() {
	a.t.Helper()
	a.arrive()
	a.see("opened by a passphrase")
	a.write(homePassphrase)
	a.press("enter")
	a.until("the list is there", func() bool { return a.home.door.open })
}

func TestHomeLooksAsDrawn(t *testing.T) {
	t.Parallel()
	scenes := []struct {
		name string
		play func(a *atHome)
	}{
		{"list", func(*atHome) {}},
		{"to-rotate", func(a *atHome) { a.press("down") }},
		{"never-tested", func(a *atHome) { a.press("down", "down") }},
		{"filter", func(a *atHome) { a.press("/"); a.write("stag") }},
		{"no-such-name", func(a *atHome) { a.press("/"); a.write("zebra") }},
		{"rotate", func(a *atHome) { a.press("r") }},
		{"disconnect", func(a *atHome) { a.press("d") }},
		{"delete", func(a *atHome) { a.press("d", "x"); a.write("some other"); a.press("enter") }},
		{"help", func(a *atHome) { a.press("?") }},
		{"leaving", func(a *atHome) { a.press("esc") }},
	}
	for _, scene := range scenes {
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			a := furnish(t, "ready", "Asset inventory – prod", "Field ops", "Staging")
			a.enter()
			scene.play(a)
			a.settle()
			a.golden("home/" + scene.name)
		})
	}
}

func TestAConnectionIsTestedFromHomeAndTheResultIsKept(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod", "ops", "staging")
	a.enter()
	a.press("down", "down", "enter")
	a.see("Test staging", "Connected: the tables were read as the connector.")
	a.settle()
	a.golden("home/tested")
	a.press("esc")
	a.mustShow("passed a moment ago")
	a.mustNotShow("never tested")
	if kept := a.load("staging"); !kept.Proof.Passed || !kept.Proof.At.Equal(morning) {
		t.Errorf("kept %+v", kept.Proof)
	}
}

func TestAFailedTestShowsItsFindingAndIsKeptAsFailed(t *testing.T) {
	t.Parallel()
	a := furnish(t, "invalid-credentials", "prod")
	a.enter()
	a.press("t")
	a.see("Authentication failed", "Next:")
	a.settle()
	a.golden("home/failed")
	a.press("y")
	a.see("Sent to the clipboard")
	a.press("esc")
	a.mustShow("✗ failed a moment ago", "Authentication failed at")
	if kept := a.load("prod"); kept.Proof.Passed || kept.Proof.At.IsZero() {
		t.Errorf("kept %+v", kept.Proof)
	}
}

func TestTheCertificateOpensAtHome(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod")
	a.enter()
	a.press("u")
	a.see("What prod may do", "READ-ONLY")
	a.settle()
	a.press("esc")
	a.mustShow("Your connections")
}

func TestARunningTestCanBeLeft(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod", "ops", "staging")
	a.enter()
	a.press("down", "down", "t", "esc")
	a.mustShow("Your connections", "never tested")
	a.settle()
	if kept := a.load("staging"); !kept.Proof.At.IsZero() {
		t.Errorf("a test that was left proved %+v", kept.Proof)
	}
}

func TestDeletingAsksForTheNameAndTouchesThisMachineAlone(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod", "staging")
	before := len(a.workspace.Requests())
	a.enter()
	a.press("d", "x")
	a.write("prod?")
	a.press("enter")
	a.mustShow("nothing was deleted")
	a.press("backspace", "enter")
	a.see(`Deleted "prod" from this machine.`)
	a.mustNotShow("› prod")
	a.mustShow("› staging")
	if got := len(a.workspace.Requests()); got != before {
		t.Errorf("deleting asked the workspace %d times", got-before)
	}
	v := vault.Open(a.dir)
	a.unlock(v)
	if _, err := v.Load(t.Context(), "prod"); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("it is still there: %v", err)
	}
	a.press("d", "x")
	a.write("staging")
	a.press("enter")
	a.see("Nothing is saved any more.")
	a.press("n")
	if a.home.Choice().Kind != HomeNew {
		t.Errorf("went to %v", a.home.Choice().Kind)
	}
}

func TestTheWaysOutOfHome(t *testing.T) {
	t.Parallel()
	for keys, want := range map[string]HomeKind{"e": HomeEdit, "n": HomeNew} {
		t.Run(keys, func(t *testing.T) {
			t.Parallel()
			a := furnish(t, "ready", "prod")
			a.enter()
			a.press(keys)
			if !a.Finished() || a.home.Choice().Kind != want {
				t.Errorf("finished %v, went to %v", a.Finished(), a.home.Choice().Kind)
			}
			if want == HomeEdit && a.home.Choice().Saved.Name != "prod" {
				t.Errorf("edits %q", a.home.Choice().Saved.Name)
			}
		})
	}
}

func TestASetUpThatWaitsStandsOnTop(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod")
	v := vault.Open(a.dir)
	a.unlock(v)
	if err := a.setup.draft.SetName("Field ops", FromYou); err != nil {
		t.Fatal(err)
	}
	answers, err := a.setup.draft.Keep()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := v.SaveDraft(t.Context(), vault.Draft{Name: "Field ops", Step: Namespace.String(), Answers: answers}); err != nil {
		t.Fatal(err)
	}
	a.enter()
	a.mustShow("› Field ops", "left at step 3", "go on with it")
	a.press("enter")
	if got := a.home.Choice(); got.Kind != HomeContinue || got.Left.Draft.Name() != "Field ops" || got.Left.Step != Namespace {
		t.Errorf("went on with %+v", got)
	}
}

func TestThreeWrongPassphrasesEndIt(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "prod")
	a.arrive()
	for range passphraseTries {
		a.write("not the passphrase at all")
		a.press("enter")
		a.until("it was tried", func() bool { return !a.home.door.task.Running() })
	}
	if !a.Left() || !errors.Is(a.home.Err(), vault.ErrWrongPassphrase) {
		t.Errorf("left %v, %v", a.Left(), a.home.Err())
	}
	b := furnish(t, "ready", "prod")
	b.arrive()
	b.write("not the passphrase at all")
	b.press("enter")
	b.see("2 tries are left.")
	b.settle()
	b.golden("home/wrong-passphrase")
	b.write(homePassphrase)
	b.press("enter")
	b.see("› prod")
}

func TestWithNothingSavedHomeIsSkipped(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready")
	a.arrive()
	a.write(homePassphrase)
	a.press("enter")
	a.until("it goes on", a.Finished)
	if a.home.Choice().Kind != HomeEmpty {
		t.Errorf("went to %v", a.home.Choice().Kind)
	}
}

// tell walks through home line by line.
func (a *atHome) tell(answers ...string) (heard string, err error) {
	a.t.Helper()
	var b strings.Builder
	theme := ui.NewTheme(true)
	a.home = NewHome(a.setup.env, a.work(), &theme)
	in := bufio.NewReader(&dictation{lines: answers, heard: &b})
	err = a.home.Plain(a.t.Context(), &ui.Prompt{In: in, Out: &b})
	return strings.ReplaceAll(b.String(), homePassphrase, "SECRET"), err
}

func TestHomeLineByLineIsANumberedMenu(t *testing.T) {
	t.Parallel()
	a := furnish(t, "ready", "Asset inventory – prod", "Field ops", "Staging")
	heard, err := a.tell("a wrong passphrase", homePassphrase, "stag", "", "t", "3", "r", "2", "d", "", "2", "d", "field OPS", "1", "x", "b", "q")
	if !errors.Is(err, ErrLeft) {
		t.Errorf("ended with %v", err)
	}
	compareGolden(t, "home/plain", heard)
	if _, err := a.home.env.Vault.Load(t.Context(), "Field ops"); !errors.Is(err, vault.ErrNotFound) {
		t.Errorf("it is still there: %v", err)
	}
}

func TestTheWaysOutOfHomeLineByLine(t *testing.T) {
	t.Parallel()
	for answers, want := range map[string]HomeKind{"n": HomeNew, "1 e": HomeEdit} {
		a := furnish(t, "ready", "prod")
		if _, err := a.tell(append([]string{homePassphrase}, strings.Fields(answers)...)...); err != nil || a.home.Choice().Kind != want {
			t.Errorf("%s went to %v, %v", answers, a.home.Choice().Kind, err)
		}
	}
}

func (a *atHome) unlock(v *vault.Vault) {
	a.t.Helper()
	err := v.Unlock(a.t.Context(), vault.Keys{Passphrase: func(context.Context) (connector.Secret, error) { return secretOf(homePassphrase), nil }})
	if err != nil {
		a.t.Fatal(err)
	}
}

func (a *atHome) load(name string) connector.Connection {
	a.t.Helper()
	v := vault.Open(a.dir)
	a.unlock(v)
	c, err := v.Load(a.t.Context(), name)
	if err != nil {
		a.t.Fatal(err)
	}
	return c
}
