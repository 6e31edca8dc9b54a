package home

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/saved"
)

// level is something that is open over what was there before.
type level struct {
	open  func(*person)
	shows string
}

func press(keys ...string) func(*person) { return func(a *person) { a.Press(keys...) } }

// TestEveryPanelOfHomeIsOneEscapeAboveWhatItOpenedFrom opens every panel there is, one over the other. After each escape the level below is
// in sight again, exactly that.
func TestEveryPanelOfHomeIsOneEscapeAboveWhatItOpenedFrom(t *testing.T) {
	t.Parallel()
	home := level{nil, "Your connections"}
	source := level{press("r"), saved.RotationByAdmin}
	ways := level{press("enter"), "an OAuth secret of a service principal"}
	form := level{func(a *person) { a.Write("oauth"); a.Press("enter") }, "Client ID"}
	typed := level{press("down", "enter"), "It is tested first."}
	tests := level{func(a *person) { a.Paste("dose-not-the-one"); a.Press("enter") }, `Testing "ops"`}
	levels := level{press("d"), "Each level includes those before it."}
	grants := level{func(a *person) { a.Press("g"); a.See("Has"); a.Settle() }, `Grants of "ops"`}
	adminsWays := level{press("a"), "an OAuth secret of a service principal"}
	bundled := level{func(a *person) { a.Press("b"); a.See("The bundle will hold"); a.Press("esc") }, "enter what it will hold"}
	signedIn := func(shows string) level {
		return level{func(a *person) { a.Press("enter"); a.signsIn(); a.See(shows) }, shows}
	}
	for _, stack := range [][]level{
		{{press("t"), `Test "ops"`}}, {{press("enter"), `Test "ops"`}}, {{press("u"), `What "ops" may do`}},
		{{press("a"), "Test all: 2 of 2 connections"}}, {{press("v"), `What is known about "ops"`}}, {{press("w"), "Azure Databricks › Connect"}},
		{{press("s"), `Export "ops"`}}, {{press("i"), "Import"}},
		{grants, adminsWays, form},
		{grants, {func(a *person) { a.Press("a"); a.signsIn() }, `Grants of "ops", as`}},
		{bundled, {press("enter"), "The bundle will hold"}, {press("enter"), "Nothing is sent anywhere."}},
		{{press("m"), "New name"}}, {{press("x"), "Its name"}},
		{source, ways, form}, {source, typed, tests}, {source, signedIn("Create OAuth secret")},
		{levels, ways, form}, {levels, signedIn("Will be deleted")},
		{levels, {press("up", "enter"), "Its name"}}, {{press("/"), "of 5"}},
	} {
		a := withConnections(t, "ready", "ops", "prod")
		a.open()
		under := []level{home}
		for _, next := range stack {
			next.open(a)
			a.See(next.shows)
			under = append(under, next)
		}
		for len(under) > 1 {
			top := under[len(under)-1]
			under = under[:len(under)-1]
			a.Press("esc")
			a.MustShow(under[len(under)-1].shows)
			a.MustNotShow(top.shows)
		}
		a.MustNotShow("esc leaves")
		a.Press("esc")
		a.MustShow("esc leaves")
	}
}

func TestAConnectionIsRenamedFromHome(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops", "prod")
	a.open()
	a.Press("m", "ctrl+u")
	a.Press("enter")
	a.MustShow("✗")
	a.Write("Prod")
	a.Press("enter")
	a.See(`There is already a connection named "prod".`, "New name")
	a.Press("ctrl+u")
	a.Write("north")
	a.Press("enter")
	a.See("› north", `"ops" is now named "north". Nothing else changed.`)
	a.isGone("ops")
	a.Press("/")
	a.Write("nor")
	a.MustShow("1 of 1 (5)")
	a.Press("enter", "m")
	a.MustShow(`Rename "north"`)
	if a.load("north").Host.String() != a.Workspace.Host() {
		t.Error("it is another connection")
	}
}

func TestLeavingWhileAPlanIsCarriedOutSaysWhereToLook(t *testing.T) {
	t.Parallel()
	a := withConnections(t, "ready", "ops")
	a.open()
	a.Press("r", "enter")
	a.signsIn()
	a.confirms(demo.ConnectorName)
	a.See("doing")
	a.Press("ctrl+c", "ctrl+c")
	if text := a.home.Farewell(); !a.Left() || !strings.Contains(text, "A plan was being carried out.") || !strings.Contains(text, "journal") {
		t.Errorf("left %v and says %q", a.Left(), text)
	}
}
