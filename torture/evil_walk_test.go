package torture

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
)

// evilPart is the first part of names that a walk can choose, so that typing it finds them.
const evilPart = "0evil"

// evilScenario has a warehouse with an evil name, and faults if any.
func evilScenario(text string, faults ...rest.Fault) demo.Scenario {
	return demo.Scenario{
		ID: "evil", Title: "Evil", Story: "Every name is evil.", Faults: faults,
		Warehouses: []model.Warehouse{{
			ID: "00000000000000e1", Name: text, Size: text, Creator: text, Type: model.Serverless, InitiallyRunning: true, StartTakes: time.Second,
			Access: map[string]model.Level{demo.ConnectorID: model.CanUse},
		}},
	}
}

// furnish gives a text to everything that has a name, a comment, an owner or a value: one of each whose name is the text alone, and one
// whose name begins so that a walk can choose it. opened makes the grants.
func furnish(text string, opened bool) func(*model.World) error {
	return func(w *model.World) error {
		w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "5103948571029384", Name: demo.ConnectorID, DisplayName: text, Active: true, Entitlements: []string{model.SQLAccess}})
		w.AddPrincipal(model.Principal{Kind: model.Group, ID: "990001", Name: "group " + text})
		chosen := evilPart + text
		for _, c := range []string{chosen, text} {
			if err := w.AddCatalog(model.Catalog{Name: c, Owner: text, Comment: text}); err != nil {
				return err
			}
			if err := w.Preset(model.OnCatalog(c), model.AccountUsers, model.Browse); err != nil {
				return err
			}
			for _, s := range []string{chosen, text} {
				if err := w.AddSchema(model.Schema{Catalog: c, Name: s, Owner: text, Comment: text}); err != nil {
					return err
				}
				for _, name := range []string{chosen, text} {
					table := model.Table{Catalog: c, Schema: s, Name: name, Owner: text, Comment: text, Type: model.TableType(text), RowCount: 3, Rows: func(int) []any { return []any{text, text, nil} }}
					for _, column := range []string{text, evilPart + text, "z" + text} {
						table.Columns = append(table.Columns, model.Column{Name: column, Type: model.String, Comment: text})
					}
					if err := w.AddTable(table); err != nil {
						return err
					}
				}
			}
		}
		if !opened {
			return nil
		}
		if err := w.Preset(model.OnCatalog(chosen), demo.ConnectorID, model.UseCatalog, model.UseSchema, model.Select); err != nil {
			return fmt.Errorf("open the catalog: %w", err)
		}
		return nil
	}
}

// visitor is a person in front of the wizard in this process, on a workspace that is evil. They look at every frame.
type visitor struct {
	*ui.Shell
	t       *testing.T
	text    string
	setup   *steps.Setup
	inbox   chan tea.Msg
	pending int
	frames  int
}

// newSetup starts a workspace and a set-up on it whose first step is filled in. Its vault is protected by a key file.
func newSetup(t *testing.T, scenario demo.Scenario, furnish func(*model.World) error, dir string) (*steps.Setup, *demo.Workspace) {
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
	draft := steps.NewDraft(allow, w.CAPEM())
	who := w.Connector()
	if err := draft.Prefill(steps.Answers{Host: w.Addr(), ClientID: who.ClientID, Secret: who.Secret}, steps.FromFlag); err != nil {
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
	theme := ui.NewTheme(true)
	setup := steps.NewSetup(steps.Environment{Version: "1.2.3", Vault: kept}, draft, &theme)
	t.Cleanup(setup.Close)
	return setup, w
}

// visit opens the wizard.
func visit(t *testing.T, setup *steps.Setup, text string) *visitor {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	v := &visitor{Shell: setup.Wizard(ctx), t: t, text: text, setup: setup, inbox: make(chan tea.Msg)}
	t.Cleanup(func() {
		cancel()
		for v.pending > 0 {
			<-v.inbox
			v.pending--
		}
	})
	v.run(v.Init())
	v.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	v.send(tea.PasteMsg{Content: setup.Draft().Host().Addr()}) // a host that is allowed by name is typed twice
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
	harmless(v.t, "a frame", view.Content, v.text, true)
	harmless(v.t, "the window's title", view.WindowTitle, v.text, false)
	return view.Content
}

// settle waits until nothing runs, or what is left repeats itself, as the look for a missing privilege does.
func (v *visitor) settle() {
	v.t.Helper()
	limit := time.After(3 * time.Second)
	for v.pending > 0 && !strings.Contains(v.View().Content, "Looks again") {
		select {
		case msg := <-v.inbox:
			v.take(msg)
		case <-limit:
			return
		}
	}
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
		if met[before]++; met[before] > 2 || v.Finished() {
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

// some is all of a list in a full run, and some of it in another.
func some[T any](list []T, oneIn int) []T {
	if *full {
		return list
	}
	var part []T
	for _, item := range list {
		if rand.IntN(oneIn) == 0 {
			part = append(part, item)
		}
	}
	return part
}

func TestEvilNamesInEveryScreenAreHarmless(t *testing.T) {
	walks, finished, frames := 0, 0, 0
	for _, text := range some(evil, 15) {
		for _, opened := range []bool{true, false} {
			setup, _ := newSetup(t, evilScenario(text), furnish(text, opened), t.TempDir())
			v := visit(t, setup, text)
			furthest := v.walk()
			harmless(t, "the farewell", setup.Farewell(), text, false)
			walks, frames = walks+1, frames+v.frames
			if v.Finished() {
				finished++
				harmless(t, "the transcript", setup.Transcript(), text, false)
			}
			if furthest < 2 {
				t.Errorf("%q: the walk ended in step %d:\n%s", text, furthest+1, v.View().Content)
			}
		}
		if t.Failed() {
			break
		}
	}
	t.Logf("%d walks, %d to the end, %d frames", walks, finished, frames)
	if *full && finished < 15 {
		t.Errorf("only %d walks came to the end", finished)
	}
}

// plainly answers every question with what is offered, or with the number of the first.
type plainly struct {
	said  *strings.Builder
	asked int
}

func (p *plainly) Read(into []byte) (int, error) {
	if p.asked++; p.asked > 60 {
		return 0, fmt.Errorf("asked %d times", p.asked)
	}
	lines := strings.Split(p.said.String(), "\n")
	answer := "\n"
	if last := lines[len(lines)-1]; strings.Contains(last, "Number") && !strings.Contains(last, "]:") {
		answer = evilPart + "\n"
		if p.asked%2 == 0 {
			answer = "1\n"
		}
	}
	p.said.WriteString(answer)
	return copy(into, answer), nil
}

func TestEvilNamesLineByLineAreHarmless(t *testing.T) {
	finished := 0
	list := some(evil, 8)
	for _, text := range list {
		setup, _ := newSetup(t, evilScenario(text), furnish(text, true), t.TempDir())
		var said strings.Builder
		in := bufio.NewReader(&plainly{said: &said})
		err := setup.Plain(t.Context(), &ui.Prompt{In: in, Out: &said, ReadSecret: func(string) ([]byte, error) { return []byte("a passphrase of nobody"), nil }})
		if err == nil {
			finished++
		}
		harmless(t, "the plain face", said.String(), text, false)
		if !strings.Contains(said.String(), "Step 3 of 5") {
			t.Errorf("%q: the plain face ended early, %v:\n%s", text, err, said.String())
		}
	}
	t.Logf("%d walks, %d to the end", len(list), finished)
}

// refusals are the calls of a walk that can be answered with an evil error.
var refusals = []string{
	discovery, tokenPath, mePath, "/api/2.0/sql/warehouses", "/api/2.0/sql/warehouses/*", "/sql/1.0/*", "/api/2.1/unity-catalog/catalogs", "/api/2.1/unity-catalog/catalogs/*", "/api/2.1/unity-catalog/schemas",
	"/api/2.1/unity-catalog/schemas/*", "/api/2.1/unity-catalog/tables", "/api/2.1/unity-catalog/tables/*", "/api/2.1/unity-catalog/effective-permissions/*",
}

// lies are answers of success whose every word is evil, where the embedded workspace would give only words that there are.
var lies = map[string]string{
	mePath:                            `{"id":%s,"userName":%[1]s,"displayName":%[1]s,"active":true,"entitlements":[{"value":%[1]s}],"groups":[{"display":%[1]s,"value":%[1]s}]}`,
	"/api/2.0/sql/warehouses":         `{"warehouses":[{"id":%s,"name":%[1]s,"cluster_size":%[1]s,"state":%[1]s,"warehouse_type":%[1]s,"creator_name":%[1]s,"odbc_params":{"path":%[1]s},"health":{"status":%[1]s,"summary":%[1]s,"message":%[1]s}}]}`,
	"/api/2.1/unity-catalog/tables/*": `{"name":%s,"full_name":%[1]s,"owner":%[1]s,"table_type":%[1]s,"comment":%[1]s,"columns":[{"name":%[1]s,"type_text":%[1]s,"type_name":%[1]s,"comment":%[1]s}],"row_filter":{"function_name":%[1]s}}`,
	"/api/2.1/unity-catalog/effective-permissions/*": `{"privilege_assignments":[{"principal":%s,"privileges":[{"privilege":%[1]s,"inherited_from_name":%[1]s,"inherited_from_type":%[1]s}]}]}`,
}

// badAnswers are the ways in which a call can be answered with a text.
func badAnswers(text, path string) []rest.Fault {
	quoted := jsonText(text)
	header := map[string]string{"X-Databricks-Reason-Phrase": headerText(text), "X-Thriftserver-Error-Message": headerText(text)}
	refusal := fmt.Sprintf(`{"error_code":%s,"message":%[1]s,"error":%[1]s,"error_description":%[1]s,"details":[{"reason":%[1]s,"metadata":{"msg":%[1]s,"resourceName":%[1]s}}]}`, quoted)
	all := []rest.Fault{
		{Path: path, Status: []int{400, 401, 403, 404}[rand.IntN(4)], Body: refusal, Header: header},
		{Path: path, Status: 403, Body: text, Header: header}, // as it is, not even JSON
	}
	if lie, known := lies[path]; known {
		all = append(all, rest.Fault{Path: path, Status: 200, Body: fmt.Sprintf(lie, quoted)})
	}
	return all
}

func TestEvilAnswersInEveryScreenAreHarmless(t *testing.T) {
	type answer struct {
		text  string
		fault rest.Fault
	}
	var answers []answer
	for _, text := range evil {
		for _, path := range refusals {
			for _, fault := range badAnswers(text, path) {
				answers = append(answers, answer{text, fault})
			}
		}
	}
	list := some(answers, 250)
	frames := 0
	for _, a := range list {
		setup, _ := newSetup(t, evilScenario(a.text, a.fault), furnish(a.text, true), t.TempDir())
		v := visit(t, setup, a.text)
		v.walk()
		frames += v.frames
		if t.Failed() {
			t.Fatalf("%s answered %d with %q", a.fault.Path, a.fault.Status, a.text)
		}
	}
	t.Logf("%d answers, %d frames", len(list), frames)
}
