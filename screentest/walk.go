package screentest

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
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest/patience"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Morning is when every walk takes place. It is in the past on every machine: what the vault and certificates say comes by the clock there.
var Morning = time.Date(2025, time.November, 20, 10, 42, 0, 0, time.UTC)

// Main runs the tests of a package on a machine that is the same everywhere: no keychain, no clipboard but the terminal's, one time zone,
// quiet libraries. It gives the exit code.
func Main(m *testing.M) int {
	log.SetOutput(io.Discard)
	time.Local = time.UTC
	keyring.MockInitWithError(errors.New("no secret service on this machine"))
	for name, value := range map[string]string{"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22", "TMUX": "", "TERM": "xterm-256color", "REDUCED_MOTION": ""} {
		if err := os.Setenv(name, value); err != nil {
			panic(err)
		}
	}
	return m.Run()
}

// Walk is a person in front of a screen, which runs in this process against an embedded workspace. Commands run on goroutines as in a
// real program; their answers wait in an inbox until the person looks.
type Walk struct {
	*ui.Shell
	T         testing.TB
	Workspace *demo.Workspace
	Clock     *model.ManualClock
	Setup     *setup.Setup
	Env       setup.Environment // of the set-up; see Rebuild
	Cancel    context.CancelFunc

	inbox         chan tea.Msg
	Pending       int // commands that have not answered
	width, height int
	Seen          []func(frame string) // each is shown every frame, colours and all
}

// Person is who sets the connection up, and what they bring along.
type Person struct {
	Scenario string        // first-time unless another is named
	World    demo.Scenario // in place of a named one
	Blank    bool          // the form is empty rather than filled in
	Own      bool          // their own workspace: no demo, and nothing was ever saved
	Vault    string        // the folder of their saved connections, when it must be a certain one
	Answers  setup.Answers // what they prefill besides
	Allow    connector.AllowList
}

// Prepare starts the workspace and the draft, without a screen.
func Prepare(t testing.TB, who Person) *Walk {
	t.Helper()
	w := &Walk{T: t, Clock: model.NewManualClock(Morning), inbox: make(chan tea.Msg)}
	scenario := who.World
	if scenario.ID == "" {
		if who.Scenario == "" {
			who.Scenario = "first-time"
		}
		var err error
		if scenario, err = demo.Find(who.Scenario); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	if w.Workspace, err = demo.Start(context.Background(), scenario, demo.Options{Clock: w.Clock}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Workspace.Close(); err != nil {
			t.Error(err)
		}
	})
	draft := setup.NewDraft(who.Allow)
	if !who.Blank {
		signIn := w.Workspace.Connector()
		who.Answers.Host, who.Answers.ClientID, who.Answers.Secret = w.Workspace.Host(), string(signIn.ClientID), signIn.Secret
	}
	source := setup.FromFlag
	if !who.Own {
		source = setup.FromDemo
	}
	if err := draft.Prefill(who.Answers, source); err != nil {
		t.Fatal(err)
	}
	w.Env = w.environment(who)
	w.Setup = setup.New(w.Env, draft)
	t.Cleanup(w.Setup.Close)
	return w
}

// Rebuild makes the set-up anew of the same draft, in the environment as it is now.
func (w *Walk) Rebuild() { w.Setup = setup.New(w.Env, w.Setup.Draft()) }

func (w *Walk) environment(who Person) setup.Environment {
	w.T.Helper()
	if who.Vault == "" {
		who.Vault = filepath.Join(w.T.TempDir(), "vault")
	}
	env := setup.Environment{Network: w.Workspace.Network(), Version: "1.2.3", Vault: vault.Open(who.Vault), Now: w.Clock.Now}
	if who.Own {
		return env
	}
	env.Demo = &setup.Demo{Scenario: w.Workspace.Scenario().ID, Admin: w.admin, NetworkCA: w.Workspace.NetworkCAPEM()}
	if err := env.Vault.InitKeyFile(w.T.Context(), filepath.Join(w.T.TempDir(), "key.txt")); err != nil {
		w.T.Fatal(err)
	}
	return env
}

// admin signs in as the workspace's admin, past any wiretap on the connector.
func (w *Walk) admin(ctx context.Context) (*admin.Session, error) {
	host, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		return nil, err
	}
	who := w.Workspace.Admin()
	return admin.Open(ctx, admin.Config{
		Host: host, Network: w.Workspace.Inside(), Version: "1.2.3", Now: w.Clock.Now,
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
	})
}

// Show puts the person in front of another screen, at 80×24. What the last one had begun must have ended.
func (w *Walk) Show(open func(context.Context) *ui.Shell) {
	w.T.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	w.Cancel = cancel
	w.Shell = open(ctx)
	w.Run(w.Init())
	w.Resize(80, 24)
}

// Leave ends the program and waits for everything it had begun: nothing may outlive it.
func (w *Walk) Leave() {
	w.Cancel()
	limit := patience.Over(w.T)
	for w.Pending > 0 {
		select {
		case <-w.inbox:
			w.Pending--
		case <-limit:
			w.T.Errorf("%d commands outlive the program", w.Pending)
			return
		}
	}
}

// SecretOf is a text as a secret.
func SecretOf(text string) connector.Secret { return connector.NewSecret([]byte(text)) }
