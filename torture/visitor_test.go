package torture

import (
	"context"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
)

// mostWaits is how many waits a visitor sits through before they leave.
const mostWaits = 6

// visitor is a person in front of the wizard in this process, on a workspace that is evil. They look at every frame.
type visitor struct {
	*ui.Shell
	t       *testing.T
	text    string
	setup   *setup.Setup
	inbox   chan tea.Msg
	pending int
	frames  int
	watch   func(tea.View)     // sees every frame in place of the search for what is harmful
	clock   *model.ManualClock // of the workspace, moved on while a warehouse starts; nil where it is the machine's
	keeps   bool               // the values of the form, because it is they that fail
	waits   int                // screens that went on waiting for longer than a visitor does
}

// newSetup starts a workspace and a set-up on it whose first step is filled in. Its vault is protected by a key file.
func newSetup(t *testing.T, scenario demo.Scenario, furnish func(*model.World) error, dir string) (*setup.Setup, *demo.Workspace) {
	t.Helper()
	w, err := demo.Start(context.Background(), scenario, demo.Options{Furnish: furnish})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	allow, err := connector.AllowList(nil).Allow(w.Addr())
	if err != nil {
		t.Fatal(err)
	}
	draft := setup.NewDraft(allow)
	draft.SetCA(w.CAPEM(), "")
	who := w.Connector()
	if err := draft.Prefill(setup.Answers{Host: w.Addr(), ClientID: string(who.ClientID), Secret: who.Secret}, setup.FromFlag); err != nil {
		t.Fatal(err)
	}
	kept := vault.Open(filepath.Join(dir, "config", "draftt-databricks"))
	if _, chosen, err := kept.Protection(); err != nil {
		t.Fatal(err)
	} else if chosen {
		err = kept.Unlock(t.Context(), vault.Keys{KeyFile: filepath.Join(dir, "key.txt")})
		if err != nil {
			t.Fatal(err)
		}
	} else if err := kept.InitKeyFile(t.Context(), filepath.Join(dir, "key.txt")); err != nil {
		t.Fatal(err)
	}
	setup := setup.New(setup.Environment{Version: "1.2.3", Vault: kept}, draft)
	t.Cleanup(setup.Close)
	return setup, w
}

// visit opens the wizard.
func visit(t *testing.T, setup *setup.Setup, text string) *visitor {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	v := &visitor{Shell: steps.NewWizard(setup, new(ui.NewTheme(true)), nil).Shell(ctx), t: t, text: text, setup: setup, inbox: make(chan tea.Msg)}
	t.Cleanup(func() {
		cancel()
		for v.pending > 0 {
			<-v.inbox
			v.pending--
		}
	})
	v.run(v.Init())
	v.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	if setup.Draft().MustConfirm() { // a host that is allowed by name is typed twice
		v.press("enter")
		v.send(tea.PasteMsg{Content: setup.Draft().Host().Addr()})
	}
	return v
}

func (v *visitor) run(cmd tea.Cmd) {
	if cmd != nil {
		v.pending++
		go func() { v.inbox <- cmd() }()
	}
}

func (v *visitor) send(msg tea.Msg) {
	_, cmd := v.Update(msg)
	v.frame()
	v.run(cmd)
}

// take handles an answer. A batch runs at once; a sequence, whose type is hidden, one by one.
func (v *visitor) take(msg tea.Msg) {
	v.pending--
	list := reflect.ValueOf(msg)
	switch batch, isBatch := msg.(tea.BatchMsg); {
	case msg == nil:
	case isBatch:
		for _, cmd := range batch {
			v.run(cmd)
		}
	case list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]():
		for i := range list.Len() {
			v.pending++
			v.take(list.Index(i).Interface().(tea.Cmd)())
		}
	default:
		if _, quit := msg.(tea.QuitMsg); !quit {
			v.send(msg)
		}
	}
}

// frame looks at what is drawn, and gives it.
func (v *visitor) frame() string {
	v.t.Helper()
	view := v.View()
	v.frames++
	if v.watch != nil {
		v.watch(view)
		return view.Content
	}
	harmless(v.t, "a frame", view.Content, v.text, true)
	harmless(v.t, "the window's title", view.WindowTitle, v.text, false)
	return view.Content
}

// settle waits until nothing runs, or what is left repeats itself, as the look for a missing privilege does.
func (v *visitor) settle() {
	v.t.Helper()
	limit, tick := time.After(3*time.Second), time.NewTicker(50*time.Millisecond)
	defer tick.Stop()
	still, shown := 0, v.View().Content // ticks since the frame changed: whatever is waited for shows that it is
	for v.pending > 0 && !repeats(shown) && (v.clock == nil || still < 14) {
		select {
		case msg := <-v.inbox:
			v.take(msg)
			if frame := v.View().Content; frame != shown {
				still, shown = 0, frame
			}
		case <-tick.C:
			if still++; v.clock != nil && restless(shown) {
				v.clock.Advance(10 * time.Second)
			}
		case <-limit:
			v.waits++
			return
		}
	}
}

// repeats reports whether what still runs repeats itself: the look for a missing privilege, also where the statements in full width lie
// over the words that say so.
func repeats(frame string) bool {
	return strings.Contains(frame, "Looks again") || strings.Contains(frame, "act as admin") && strings.Contains(frame, "esc close")
}

func (v *visitor) press(names ...string) {
	v.t.Helper()
	codes := map[string]rune{"enter": tea.KeyEnter, "esc": tea.KeyEscape, "down": tea.KeyDown}
	for _, name := range names {
		if code, special := codes[name]; special {
			v.send(tea.KeyPressMsg{Code: code})
		} else {
			v.send(tea.KeyPressMsg{Code: []rune(name)[0], Text: name})
		}
	}
}

// look draws the present screen in the sizes that are promised, its help and its details.
func (v *visitor) look() {
	for _, size := range []tea.WindowSizeMsg{{Width: 60, Height: 18}, {Width: 200, Height: 50}, {Width: 80, Height: 24}} {
		v.send(size)
	}
}

// walk presses Enter through all the steps, and types the evil part where a list can be searched. It ends when Enter leads nowhere new,
// and gives the furthest step that it came to, from 0.
func (v *visitor) walk() (furthest int) {
	v.t.Helper()
	typed, met := map[string]bool{}, map[string]int{}
	for range 30 {
		v.settle()
		v.look()
		before := v.View().Content
		furthest = max(furthest, v.Current())
		if met[before]++; met[before] > 2 || v.Finished() || v.waits > mostWaits {
			break
		}
		// A list is searched once: that of catalogs and that of schemas share a step.
		if list := fmt.Sprint(v.Current(), strings.Count(before, "Catalog  ")); strings.Contains(before, "Type to filter") && v.Current() >= 2 && !typed[list] {
			typed[list] = true
			v.press(strings.Split(evilPart, "")...)
			v.settle()
			v.look()
		}
		v.press("enter")
	}
	v.press("d", "v")
	v.look()
	v.press("esc", "?", "esc")
	v.settle()
	return furthest
}
