package steps

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"path/filepath"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/zalando/go-keyring"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// patience is how long an answer may take before a test gives up. It only has to be longer than a loaded machine needs.
const patience = 2 * time.Minute

// morning is when every walk takes place. It is in the past on every machine: what the vault and certificates say comes by the clock there.
var morning = time.Date(2025, time.November, 20, 10, 42, 0, 0, time.UTC)

// TestMain makes the machine the same everywhere: no keychain, no clipboard but the terminal's, one time zone, quiet libraries.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	time.Local = time.UTC
	keyring.MockInitWithError(errors.New("no secret service on this machine"))
	for name, value := range map[string]string{"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22", "TMUX": "", "TERM": "xterm-256color", "REDUCED_MOTION": ""} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// walk is a person in front of the wizard, which runs in this process against an embedded workspace. Commands run on goroutines as in a
// real program; their answers wait in an inbox until the person looks.
type walk struct {
	*ui.Shell
	t         testing.TB
	workspace *demo.Workspace
	clock     *model.ManualClock
	setup     *Setup
	wizard    *Wizard                           // once it is open
	tell      func(event string)                // hears what a record hears
	hasten    func([]check.Stage) []check.Stage // shortens what a plain walk waits for
	cancel    context.CancelFunc

	inbox         chan tea.Msg
	pending       int // commands that have not answered
	width, height int
	seen          []func(frame string) // each is shown every frame, colours and all
}

// person is who sets the connection up, and what they bring along.
type person struct {
	scenario string        // first-time unless another is named
	world    demo.Scenario // in place of a named one
	blank    bool          // the form is empty rather than filled in
	own      bool          // their own workspace: no demo, and nothing was ever saved
	vault    string        // the folder of their saved connections, when it must be a certain one
	answers  Answers       // what they prefill besides
}

// begin opens the wizard at 80×24 and looks at its first screen.
func begin(t testing.TB, who person) *walk {
	t.Helper()
	w := prepare(t, who)
	w.open()
	return w
}

func (w *walk) open() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	theme := ui.NewTheme(true)
	w.wizard = NewWizard(w.setup, &theme, w.tell)
	w.Shell = w.wizard.Shell(ctx)
	w.t.Cleanup(w.leave)
	w.run(w.Init())
	w.resize(80, 24)
}

// prepare starts the workspace and the draft, without a screen.
func prepare(t testing.TB, who person) *walk {
	t.Helper()
	w := &walk{t: t, clock: model.NewManualClock(morning), inbox: make(chan tea.Msg)}
	scenario := who.world
	if scenario.ID == "" {
		if who.scenario == "" {
			who.scenario = "first-time"
		}
		var err error
		if scenario, err = demo.Find(who.scenario); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if w.workspace, err = demo.Start(context.Background(), scenario, demo.Options{Clock: w.clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.workspace.Close(); err != nil {
			t.Error(err)
		}
	})
	draft := NewDraft(nil, nil)
	if !who.blank {
		signIn := w.workspace.Connector()
		who.answers.Host, who.answers.ClientID, who.answers.Secret = w.workspace.Host(), signIn.ClientID, signIn.Secret
	}
	source := FromFlag
	if !who.own {
		source = FromDemo
	}
	if err := draft.Prefill(who.answers, source); err != nil {
		t.Fatal(err)
	}
	w.setup = NewSetup(w.environment(who), draft)
	t.Cleanup(w.setup.Close)
	return w
}

func (w *walk) environment(who person) Environment {
	w.t.Helper()
	if who.vault == "" {
		who.vault = filepath.Join(w.t.TempDir(), "vault")
	}
	env := Environment{Network: w.workspace.Network(), Version: "1.2.3", Vault: vault.Open(who.vault), Now: w.clock.Now}
	if who.own {
		return env
	}
	env.Demo = &Demo{Scenario: w.workspace.Scenario().ID, Admin: w.admin}
	if err := env.Vault.InitKeyFile(w.t.Context(), filepath.Join(w.t.TempDir(), "key.txt")); err != nil {
		w.t.Fatal(err)
	}
	return env
}

// admin signs in as the workspace's admin, past any wiretap on the connector.
func (w *walk) admin(ctx context.Context) (*admin.Session, error) {
	host, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		return nil, err
	}
	who := w.workspace.Admin()
	return admin.Open(ctx, admin.Config{
		Host: host, Network: w.workspace.Network(), Version: "1.2.3",
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
	})
}

// actAsAdmin has the missing grants made by the demo's admin: plan, confirm, done.
func (w *walk) actAsAdmin() {
	w.t.Helper()
	w.press("a")
	w.see("To go on")
	w.write("apply")
	w.press("enter")
}

// leave ends the program and waits for everything it had begun: nothing may outlive it.
func (w *walk) leave() {
	w.cancel()
	limit := time.After(patience)
	for w.pending > 0 {
		select {
		case <-w.inbox:
			w.pending--
		case <-limit:
			w.t.Errorf("%d commands outlive the program", w.pending)
			return
		}
	}
}

func secretOf(text string) connector.Secret { return connector.NewSecret([]byte(text)) }
