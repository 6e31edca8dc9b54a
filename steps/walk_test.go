package steps

import (
	"context"
	"errors"
	"io"
	"log"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/zalando/go-keyring"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/ui"
)

// patience is how long an answer may take before a test gives up. It only has to be longer than a loaded machine needs.
const patience = 20 * time.Second

// morning is when every walk takes place.
var morning = time.Date(2026, time.November, 20, 10, 42, 0, 0, time.UTC)

// TestMain makes the machine the same everywhere: no keychain, no clipboard but the terminal's, one time zone, quiet libraries.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	time.Local = time.UTC
	keyring.MockInitWithError(errors.New("no secret service on this machine"))
	for name, value := range map[string]string{"SSH_CONNECTION": "192.0.2.1 1 192.0.2.2 22", "TMUX": "", "REDUCED_MOTION": ""} {
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
	w.Shell = w.setup.Wizard(ctx)
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
	theme := ui.NewTheme(true)
	w.setup = NewSetup(w.environment(who), draft, &theme)
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
	env.Demo = &Demo{Scenario: w.workspace.Scenario().ID, Grant: w.workspace.Grant}
	if err := env.Vault.InitKeyFile(w.t.Context(), filepath.Join(w.t.TempDir(), "key.txt")); err != nil {
		w.t.Fatal(err)
	}
	return env
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

// send updates the shell and draws.
func (w *walk) send(msg tea.Msg) {
	w.t.Helper()
	_, cmd := w.Update(msg)
	w.look()
	w.run(cmd)
}

// look draws a frame and holds it against what is true of every frame.
func (w *walk) look() string {
	w.t.Helper()
	content := w.View().Content
	lines := strings.Split(content, "\n")
	if w.height > 0 && len(lines) > w.height {
		w.t.Errorf("a frame of %d lines in a window of %d:\n%s", len(lines), w.height, ansi.Strip(content))
	}
	for _, line := range lines {
		if w.width > 0 && ansi.StringWidth(line) > w.width {
			w.t.Errorf("a line of %d cells in a window of %d: %q", ansi.StringWidth(line), w.width, line)
		}
	}
	if stray := strayControl(content); stray != "" {
		w.t.Errorf("a frame carries %s:\n%q", stray, content)
	}
	for _, judge := range w.seen {
		judge(content)
	}
	return content
}

func (w *walk) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	w.pending++
	go func() { w.inbox <- cmd() }()
}

var commandType = reflect.TypeFor[tea.Cmd]()

// take handles one answer. A batch is run at once; a sequence, whose type is not exported, one by one.
func (w *walk) take(msg tea.Msg) {
	w.t.Helper()
	w.pending--
	if msg == nil {
		return
	}
	if batch, ok := msg.(tea.BatchMsg); ok {
		for _, cmd := range batch {
			w.run(cmd)
		}
		return
	}
	if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == commandType {
		for i := range list.Len() {
			w.pending++
			w.take(list.Index(i).Interface().(tea.Cmd)())
		}
		return
	}
	if _, quit := msg.(tea.QuitMsg); !quit {
		w.send(msg)
	}
}

// settle waits until nothing runs any more, neither work nor animation.
func (w *walk) settle() {
	w.t.Helper()
	w.until("everything is still", func() bool { return w.pending == 0 })
}

// calm is settle where a privilege is missing and looked for again every few seconds: all but that wait and its count-down has ended.
func (w *walk) calm() {
	w.t.Helper()
	w.until("only the next look is waited for", func() bool {
		return w.pending == 0 || w.pending == 2 && w.shows("Looks again in")
	})
}

// until takes answers until something is so.
func (w *walk) until(what string, so func() bool) {
	w.t.Helper()
	limit := time.After(patience)
	for !so() {
		select {
		case msg := <-w.inbox:
			w.take(msg)
		case <-limit:
			w.t.Fatalf("it never came to be that %s:\n%s", what, w.screen())
		}
	}
}

// see waits until the screen shows every one of texts.
func (w *walk) see(texts ...string) {
	w.t.Helper()
	w.until("the screen shows "+strings.Join(texts, " and "), func() bool { return w.shows(texts...) })
}

func (w *walk) shows(texts ...string) bool {
	screen := w.screen()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			return false
		}
	}
	return true
}

// mustShow fails unless the screen shows every one of texts now.
func (w *walk) mustShow(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if !w.shows(text) {
			w.t.Errorf("the screen does not show %q:\n%s", text, w.screen())
		}
	}
}

// mustNotShow fails when the screen shows one of texts now.
func (w *walk) mustNotShow(texts ...string) {
	w.t.Helper()
	for _, text := range texts {
		if w.shows(text) {
			w.t.Errorf("the screen shows %q:\n%s", text, w.screen())
		}
	}
}

// screen is the frame as plain text.
func (w *walk) screen() string { return plainText(w.View().Content) }

func plainText(content string) string {
	lines := strings.Split(ansi.Strip(content), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func (w *walk) resize(width, height int) {
	w.t.Helper()
	w.width, w.height = width, height
	w.send(tea.WindowSizeMsg{Width: width, Height: height})
}

// press presses keys by name; a name of one character is that character.
func (w *walk) press(names ...string) {
	w.t.Helper()
	for _, name := range names {
		w.send(pressOf(w.t, name))
	}
}

// write types text, key by key.
func (w *walk) write(text string) {
	w.t.Helper()
	for _, r := range text {
		w.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func (w *walk) paste(text string) {
	w.t.Helper()
	w.send(tea.PasteMsg{Content: text})
}

var namedKeys = map[string]rune{
	"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "backspace": tea.KeyBackspace,
	"up": tea.KeyUp, "down": tea.KeyDown, "home": tea.KeyHome, "end": tea.KeyEnd, "f1": tea.KeyF1,
}

func pressOf(t testing.TB, name string) tea.KeyPressMsg {
	t.Helper()
	if code, ok := namedKeys[name]; ok {
		return tea.KeyPressMsg{Code: code}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		return tea.KeyPressMsg{Code: rune(letter[0]), Mod: tea.ModCtrl}
	}
	if name == "space" {
		return tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
	}
	if len([]rune(name)) != 1 {
		t.Fatalf("no key is called %q", name)
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// signIn is step 1 with the values that are in the form.
func (w *walk) signIn() {
	w.t.Helper()
	w.press("enter")
	w.see("Signed in as draftt-connector")
	w.press("enter")
	w.see("Select your SQL warehouse")
}

// chooseWarehouse is step 2 with the warehouse under the cursor.
func (w *walk) chooseWarehouse() {
	w.t.Helper()
	w.see("› Starter Warehouse")
	w.press("enter")
	w.see("Choose the catalog and schema")
}

// chooseSchema is the first part of step 3, up to what is held of its privileges.
func (w *walk) chooseSchema(catalog, schema string) {
	w.t.Helper()
	w.see("Not in the list?")
	w.write(catalog)
	w.press("enter")
	w.see("Catalog  "+catalog, "Type to filter", "Not in the list?")
	w.write(schema)
	w.press("enter")
	w.see("USE SCHEMA on " + catalog + "." + schema)
}

// reachAssets walks to the list of tables of inventory.assets, where its way is open.
func (w *walk) reachAssets() {
	w.t.Helper()
	w.signIn()
	w.chooseWarehouse()
	w.chooseSchema("inventory", "assets")
	w.see("The way to the schema is open.")
	w.press("enter")
	w.see("Scope", "components")
	w.settle()
}

// review walks to Review with the table components read.
func (w *walk) review() {
	w.t.Helper()
	w.reachAssets()
	w.press("enter")
	w.see("✓ read, 5 rows shown")
	w.settle()
	w.press("enter")
	w.see("Review and save")
	w.settle()
}

func secretOf(text string) connector.Secret { return connector.NewSecret([]byte(text)) }
