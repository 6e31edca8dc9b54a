package torture

import (
	"bufio"
	"context"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/steps"
	"github.com/draftt-io/draftt-databricks/ui"
)

// exempt are values of the demo that are words of the product as well, or the same in every workspace: no search of a frame can tell
// one from the other. Values under four characters are exempt for the same reason.
var exempt = strings.Fields(`access account accounts admins active audit billing category classic components compute country customer data default
	description device devices entries environment events firewall region title whole network request folder free from grant has_sql hive_metastore host hostname information_schema kind ledger
	location main medium model name network normal notes open orders owner people pool reading product read rows samples schema server servers sample secret service small
	size standard start state status system table tables test true type unknown updated usage users value values version view
	warehouse warehouses work`)

// crowd are the sensitive values of a workspace's world, as it was seeded.
func crowd(w *model.World) []string {
	admin, _ := w.Principal(demo.AdminID)
	values := []string{demo.HostName, demo.ConnectorID, strings.Split(strings.TrimPrefix(demo.HostName, "adb-"), ".")[0]}
	for _, kind := range []model.PrincipalKind{model.Group, model.User, model.ServicePrincipal} {
		list, err := w.Directory(admin, kind)
		if err != nil {
			continue
		}
		for _, p := range list {
			values = append(values, p.Name, p.DisplayName)
		}
	}
	for _, c := range w.Catalogs(admin, model.Everything).Items {
		values = append(values, c.Item.Name, c.Item.Owner)
		schemas, err := w.Schemas(admin, c.Item.Name, model.Everything)
		if err != nil {
			continue
		}
		for _, s := range schemas.Items {
			values = append(values, s.Item.Name)
			tables, err := w.Tables(admin, c.Item.Name, s.Item.Name, model.Window{Size: 40, Browse: true})
			if err != nil {
				continue
			}
			for _, t := range tables.Items {
				values = append(values, insideTable(t.Item)...)
			}
		}
	}
	return values
}

// insideTable are a table's name, its columns and the values of its first rows.
func insideTable(t model.Table) []string {
	values := []string{t.Name}
	for _, column := range t.Columns {
		values = append(values, column.Name)
	}
	for i := range min(t.RowCount, 5) {
		if t.Rows == nil {
			break
		}
		for _, cell := range t.Rows(i) {
			if text, isText := cell.(string); isText {
				values = append(values, text)
			}
		}
	}
	return values
}

// wanted makes one search of the values that can be told from a word.
func wanted(values []string) map[string]*regexp.Regexp {
	found := map[string]*regexp.Regexp{}
	for _, value := range values {
		value = strings.ToLower(value)
		letters := strings.IndexFunc(value, unicode.IsLetter) >= 0
		if utf8.RuneCountInString(value) < 4 || slices.Contains(exempt, value) || !letters && len(value) < 7 {
			continue
		}
		found[value] = regexp.MustCompile(`(^|[^\pL\pN_])` + regexp.QuoteMeta(value) + `($|[^\pL\pN_])`)
	}
	return found
}

// onlooker sees everything that a person could, and remembers which values it saw where.
type onlooker struct {
	values map[string]*regexp.Regexp
	seen   map[string]string
	frames int
}

func (o *onlooker) look(where, text string) {
	text = strings.ToLower(ansi.Strip(text))
	text = strings.ReplaceAll(text, "that hold your inventory", "") // our own sentence, on screen before the catalog of that name is known
	for value, form := range o.values {
		if o.seen[value] == "" && strings.Contains(text, value) && form.MatchString(text) {
			at := form.FindStringIndex(text)
			o.seen[value] = where + ": " + text[max(0, at[0]-60):min(len(text), at[1]+60)]
		}
	}
}

// demonstrated starts a scenario as the demo does, with the form filled in.
func demonstrated(t *testing.T, s demo.Scenario) (*steps.Setup, *onlooker) {
	t.Helper()
	o := &onlooker{seen: map[string]string{}}
	w, err := demo.Start(context.Background(), s, demo.Options{Furnish: func(world *model.World) error {
		values := crowd(world)
		for _, house := range s.Warehouses {
			values = append(values, house.ID, house.Name)
		}
		o.values = wanted(append(values, s.Host, "a3f19c0d7be24418", "Starter Warehouse", "BI Classic"))
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	draft := steps.NewDraft(nil, nil)
	if err := draft.Prefill(steps.Answers{Host: w.Host()}, steps.FromDemo); err != nil {
		t.Fatal(err)
	}
	who := w.SignIn()
	draft.SetMethod(who.Method)
	if who.ClientID != "" {
		_, _ = draft.SetClientID(who.ClientID, steps.FromDemo)
	}
	draft.SetSecret(who.Secret)
	dir := t.TempDir()
	kept := vault.Open(filepath.Join(dir, "vault"))
	if err := kept.InitKeyFile(t.Context(), filepath.Join(dir, "key.txt")); err != nil {
		t.Fatal(err)
	}
	theme := ui.NewTheme(true)
	setup := steps.NewSetup(steps.Environment{
		Network: w.Network(), Version: "1.2.3", Vault: kept, Demo: &steps.Demo{Scenario: s.ID, Admin: func(ctx context.Context) (*admin.Session, error) {
			host, _, err := connector.ParseHost(demo.HostName, nil)
			if err != nil {
				return nil, err
			}
			who := w.Admin()
			return admin.Open(ctx, admin.Config{
				Host: host, Network: w.Network(), Version: "1.2.3", Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
			})
		}},
	}, draft, &theme)
	t.Cleanup(setup.Close)
	return setup, o
}

// shared turns share mode on or off for a test.
func shared(t *testing.T, on bool) {
	t.Helper()
	t.Chdir(t.TempDir()) // where keys that save a file save it
	ui.UseAliases(steps.Aliases())
	connector.Share(on)
	t.Cleanup(func() { connector.Share(false); ui.UseAliases(nil) })
}

// toured is a wizard whose every frame and title an onlooker sees.
func toured(t *testing.T, setup *steps.Setup, o *onlooker) *visitor {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	v := &visitor{Shell: setup.Wizard(ctx), t: t, setup: setup, inbox: make(chan tea.Msg), watch: func(view tea.View) {
		o.frames++
		o.look("a frame", view.Content)
		o.look("the title", view.WindowTitle)
	}}
	t.Cleanup(func() {
		cancel()
		for v.pending > 0 {
			<-v.inbox
			v.pending--
		}
	})
	v.run(v.Init())
	v.send(tea.WindowSizeMsg{Width: 80, Height: 24})
	return v
}

// tour walks the demo: through the steps, with the statements run as an admin where they are missing.
func (v *visitor) tour() {
	for _, typed := range []string{"", "inventory", "assets", ""} {
		v.settle()
		v.look()
		for _, letter := range typed {
			v.press(string(letter))
		}
		v.press("enter")
		v.settle()
		v.send(tea.KeyPressMsg{Code: 'g', Mod: tea.ModCtrl})
		v.settle()
		v.press("v", "y", "d")
		v.settle()
		v.look()
		v.press("esc")
		v.press("?")
		v.look()
		v.press("esc")
	}
	v.walk()
}

// shown are all scenarios in a full run, and in another a few in which nothing is waited for.
func shown(t *testing.T) []demo.Scenario {
	t.Helper()
	if *full {
		return demo.Scenarios()
	}
	var few []demo.Scenario
	for _, id := range []string{"ready", "first-time", "wrong-secret", "certificate-unknown", "ip-access-list", "no-can-use", "browse-only", "unusual-names"} {
		s, err := demo.Find(id)
		if err != nil {
			t.Fatal(err)
		}
		few = append(few, s)
	}
	return few
}

func TestNothingOfTheWorkspaceIsSeenWhileSharing(t *testing.T) {
	for _, s := range shown(t) {
		shared(t, true)
		setup, o := demonstrated(t, s)
		v := toured(t, setup, o)
		v.tour()
		o.look("the farewell", connector.ShownText(setup.Farewell()))
		if v.Finished() {
			o.look("the transcript", connector.ShownText(setup.Transcript()))
		}
		if !strings.Contains(v.View().WindowTitle, "SHARING") {
			t.Errorf("%s: the title does not say that the screen is shared", s.ID)
		}
		for value, where := range o.seen {
			t.Errorf("%s: %q is in %s", s.ID, value, where)
		}
	}
}

// TestTheSameWalkShowsNamesToItsOwner is what makes the walk above a test: without sharing, the values do occur.
func TestTheSameWalkShowsNamesToItsOwner(t *testing.T) {
	shared(t, false)
	first, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	setup, o := demonstrated(t, first)
	v := toured(t, setup, o)
	v.tour()
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
	setup, o := demonstrated(t, first)
	v := toured(t, setup, o)
	v.tour()
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
	if strings.Contains(v.View().Content, "SHARING") {
		t.Error("the badge stayed")
	}
}

func TestNothingOfTheWorkspaceIsReadOutWhileSharing(t *testing.T) {
	walks := shown(t)
	if !*full {
		walks = walks[:3]
	}
	for _, s := range walks {
		shared(t, true)
		setup, o := demonstrated(t, s)
		var said strings.Builder
		in := bufio.NewReader(&plainly{said: &said})
		err := setup.Plain(t.Context(), &ui.Prompt{In: in, Out: &said, ReadSecret: func(string) ([]byte, error) { return nil, fmt.Errorf("no secret") }})
		o.look("the plain face", connector.ShownText(said.String())) // as the command line writes it
		if err != nil {
			o.look("the error", connector.ShownText(err.Error()))
		}
		for value, where := range o.seen {
			t.Errorf("%s: %q is in %s", s.ID, value, where)
		}
	}
}
