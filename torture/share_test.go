package torture

import (
	"bufio"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/steps/plain"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// showing is a scenario that somebody demonstrates, and who looks on.
type showing struct {
	*onlooker
	workspace *demo.Workspace
	setup     *setup.Setup
	kept      *vault.Vault
	keys      vault.Keys
	record    strings.Builder
}

// demonstrated starts a scenario as the demo does, with the form filled in.
func demonstrated(t *testing.T, s demo.Scenario) *showing {
	t.Helper()
	d := &showing{onlooker: newOnlooker(model.NewManualClock(time.Now()))}
	var err error
	d.workspace, err = demo.Start(context.Background(), s, demo.Options{Clock: d.clock, Furnish: func(world *model.World) error {
		values := crowd(world)
		for _, house := range s.Warehouses {
			values = append(values, house.ID, house.Name)
		}
		d.values = wanted(append(values, s.Host, "a3f19c0d7be24418", "Starter Warehouse", "BI Classic"))
		d.alike, d.full = objects(world)
		for _, house := range s.Warehouses {
			d.alike = append(d.alike, []string{house.ID, house.Name, "/sql/1.0/warehouses/" + house.ID})
		}
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.workspace.Close() })
	draft := setup.NewDraft(nil)
	if err := draft.Prefill(setup.Answers{Host: d.workspace.Host()}, setup.FromDemo); err != nil {
		t.Fatal(err)
	}
	who := d.workspace.SignIn()
	draft.SetMethod(who.Method)
	if who.ClientID != "" {
		_, _ = draft.SetClientID(string(who.ClientID), setup.FromDemo)
	}
	draft.SetSecret(who.Secret)
	dir := t.TempDir()
	d.kept, d.keys = vault.Open(filepath.Join(dir, "vault")), vault.Keys{KeyFile: filepath.Join(dir, "key.txt")}
	if err := d.kept.InitKeyFile(t.Context(), d.keys.KeyFile); err != nil {
		t.Fatal(err)
	}
	d.setup = setup.New(setup.Environment{
		Network: hurried(d.workspace.Network()), Version: "1.2.3", Vault: d.kept, Now: d.clock.Now, Demo: &setup.Demo{Scenario: s.ID, Admin: d.admin},
	}, draft)
	t.Cleanup(d.setup.Close)
	return d
}

// admin signs in as the demo's admin.
func (d *showing) admin(ctx context.Context) (*admin.Session, error) {
	host, _, err := connector.ParseHost(demo.HostName, nil)
	if err != nil {
		return nil, err
	}
	who := d.workspace.Admin()
	return admin.Open(ctx, admin.Config{
		Host: host, Network: hurried(d.workspace.Network()), Version: "1.2.3",
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
	})
}

// shared turns share mode on or off for a test.
func shared(t *testing.T, on bool) {
	t.Helper()
	t.Chdir(t.TempDir()) // where keys that save a file save it
	ui.UseAliases(panels.Aliases())
	connector.Known().Forget() // as a new process knows nothing
	panels.Share(on)
	t.Cleanup(func() { connector.Share(false); ui.UseAliases(nil) })
}

// toured is a wizard whose every frame and title the onlooker sees, at its first screen.
func (d *showing) toured(t *testing.T) *visitor {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	v := d.before(t, steps.NewWizard(d.setup, new(ui.NewTheme(true)), func(event string) { d.record.WriteString(event + "\n") }).Shell(ctx), cancel)
	v.setup = d.setup
	return v
}

// before puts a visitor in front of a shell. leave ends it; nil where the caller does.
func (o *onlooker) before(t *testing.T, shell *ui.Shell, leave func()) *visitor {
	t.Helper()
	last := ""
	v := &visitor{Shell: shell, t: t, inbox: make(chan tea.Msg), clock: o.clock, watch: func(view tea.View) {
		if view.Content == last {
			return
		}
		last = view.Content
		o.frames++
		o.look("a frame", view.Content)
		o.look("the title", view.WindowTitle)
		if lines := strings.Count(view.Content, "\n"); lines > 40 && connector.Sharing() {
			connector.Share(false)
			twin := shell.View().Content
			panels.Share(true)
			o.compare(twin, view.Content)
		}
	}}
	t.Cleanup(func() {
		if leave != nil {
			leave()
		}
		for v.pending > 0 {
			<-v.inbox
			v.pending--
		}
	})
	v.run(v.Init())
	v.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	return v
}

// walked goes through the whole wizard and, where it saved something, on to the home screen, and looks at what is left behind.
func (d *showing) walked(t *testing.T) *visitor {
	t.Helper()
	target, err := d.workspace.Target()
	if err != nil {
		t.Fatal(err)
	}
	v := d.toured(t)
	v.keeps = !d.workspace.Scenario().Want.Passes()
	v.tour(target)
	d.look("the farewell", connector.ShownText(d.setup.Farewell()))
	if v.Finished() {
		d.look("the transcript", connector.ShownText(d.setup.Transcript()))
		d.atHome(t, d.workspace, d.kept, d.keys)
	}
	d.look("the record", connector.ShownText(d.record.String()))
	return v
}

// shown are all scenarios in a full run, and in another these few.
func shown(t *testing.T, few ...string) []demo.Scenario {
	t.Helper()
	if *full {
		return demo.Scenarios()
	}
	var found []demo.Scenario
	for _, id := range few {
		s, err := demo.Find(id)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, s)
	}
	return found
}

// few are the scenarios of an ordinary run: an admin who helps, names that are hard to tell from words, and ends at the form, on the way
// there and in step 2. Two of them come to the home screen.
var few = []string{"first-time", "unusual-names", "wrong-secret", "certificate-unknown", "serverless-disabled"}

// TestNothingOfTheWorkspaceIsSeenWhileSharing walks the wizard and home, and looks at what they write. Every object has one alias, and our
// own words have none.
func TestNothingOfTheWorkspaceIsSeenWhileSharing(t *testing.T) {
	sentences, checked := map[string]bool{}, 0
	for _, s := range shown(t, few...) {
		shared(t, true)
		o := demonstrated(t, s)
		v := o.walked(t)
		t.Logf("%s: %d frames, %d compared with their twins, as far as step %d, saved: %t, waits: %d", s.ID, o.frames, o.pairs, v.Current()+1, v.Finished(), v.waits)
		if !strings.Contains(v.View().WindowTitle, "SHARING") {
			t.Errorf("%s: the title does not say that the screen is shared", s.ID)
		}
		for value, where := range o.seen {
			t.Errorf("%s: %q is in %s", s.ID, value, where)
		}
		o.oneAlias(t, s.ID)
		o.wordsAsTheyAre(t, s.ID)
		maps.Copy(sentences, o.sentences)
		checked += o.checked
	}
	if len(sentences) < 50 {
		t.Errorf("only %d sentences of ours were seen", len(sentences))
	}
	t.Logf("%d objects, %d sentences of ours", checked, len(sentences))
}

// TestTheSameWalkShowsNamesToItsOwner is what makes the walk above a test: without sharing, the values do occur.
func TestTheSameWalkShowsNamesToItsOwner(t *testing.T) {
	shared(t, false)
	first, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	o := demonstrated(t, first)
	o.walked(t)
	for _, value := range []string{demo.HostName, demo.ConnectorID, "starter warehouse", "inventory_archive", "logistics"} {
		if o.seen[value] == "" {
			t.Errorf("%q was not on any of %d screens", value, o.frames)
		}
	}
	if len(o.seen) < 15 {
		t.Errorf("only %d values were seen", len(o.seen))
	}
}

func TestSharingCanBeTurnedOnLaterAndOffAgain(t *testing.T) {
	shared(t, false)
	first, err := demo.Find("ready")
	if err != nil {
		t.Fatal(err)
	}
	o := demonstrated(t, first)
	v := o.toured(t)
	v.walk()
	toggle := tea.KeyPressMsg{Code: 's', Mod: tea.ModCtrl}
	v.send(toggle)
	o.seen = map[string]string{}
	v.look()
	for value, where := range o.seen {
		t.Errorf("%q is still in %s", value, where)
	}
	v.send(tea.WindowSizeMsg{Width: 60, Height: 18})
	if header, _, _ := strings.Cut(ansi.Strip(v.View().Content), "\n"); !strings.Contains(header, "DEMO SHARING") {
		t.Errorf("the header is %q", header)
	}
	v.send(toggle)
	v.press("x") // no answer to whether real names may be shown
	if !strings.Contains(v.View().Content, "SHARING") {
		t.Error("real names came back without a word")
	}
	v.send(toggle)
	v.press("y")
	if strings.Contains(v.View().Content, "SHARING") {
		t.Error("the badge stayed")
	}
}

func TestNothingOfTheWorkspaceIsReadOutWhileSharing(t *testing.T) {
	for _, s := range shown(t, "first-time", "wrong-secret", "client-id-name") {
		shared(t, true)
		o := demonstrated(t, s)
		var said strings.Builder
		in := bufio.NewReader(&plainly{said: &said})
		ctx, leave := context.WithTimeout(t.Context(), 5*time.Second) // whoever still waits then leaves
		o.hasten(ctx)
		err := plain.Run(ctx, o.setup, &prompt.Prompt{In: in, Out: &said, ReadSecret: func(string) ([]byte, error) { return nil, fmt.Errorf("no secret") }})
		leave()
		o.look("the plain face", connector.ShownText(said.String())) // as the command line writes it
		if err != nil {
			o.look("the error", connector.ShownText(err.Error()))
		}
		t.Logf("%s: %d lines, %v", s.ID, strings.Count(said.String(), "\n"), err)
		for value, where := range o.seen {
			t.Errorf("%s: %q is in %s", s.ID, value, where)
		}
	}
}

// hasten lets the workspace's time go by forty times as fast until ctx ends.
func (o *onlooker) hasten(ctx context.Context) {
	go func() {
		tick := time.NewTicker(50 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				o.clock.Advance(2 * time.Second)
			}
		}
	}()
}
