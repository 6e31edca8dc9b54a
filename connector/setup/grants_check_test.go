package setup

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// seen looks once.
func (w *world) seen(g *GrantsCheck) GrantsView {
	w.t.Helper()
	v, err := g.Look(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

func TestASavedConnectionSeesWhatItLacksAndAnAdminSeesTheSame(t *testing.T) {
	t.Parallel()
	w := begin(t, "missing-grants")
	g := w.env.GrantsOfSaved(w.connection("prod"))
	own := w.seen(g)
	if own.Done() || len(own.Missing) == 0 || own.Who.Principal.Name.Raw() != demo.ConnectorID {
		t.Fatalf("%+v", own.Comparison)
	}
	packets, err := g.Packets(own)
	if err != nil || len(packets) == 0 || !strings.Contains(packets[0].Text, "draftt-databricks grants prod --watch") {
		t.Errorf("%d packets, %v", len(packets), err)
	}
	g.As(w.asAdmin())
	if admins := w.seen(g); len(admins.Missing) != len(own.Missing) || len(admins.Granters()) == 0 || admins.Who.Principal.ID == "" {
		t.Errorf("an admin sees %+v", admins.Comparison)
	}
}

func TestOneWhoMayLookAtAPrincipalIsBorrowed(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	c := w.save("prod")
	of := func(principal string) *GrantsCheck {
		return w.env.GrantsOf(principal, WorkspaceTarget{Host: c.Host}, SelectionOf(c))
	}
	errorOf(t, of(demo.ConnectorID).Borrow(nil), connector.ErrInput)

	itself := of(strings.ToUpper(demo.ConnectorID))
	if err := itself.Borrow([]connector.Connection{c}); err != nil {
		t.Fatal(err)
	}
	if v := w.seen(itself); !v.Done() || len(v.Who.Identities) < 2 {
		t.Errorf("%+v", v.Comparison)
	}
	stranger := of("a display name")
	if err := stranger.Borrow([]connector.Connection{c}); err != nil {
		t.Fatal(err)
	}
	_, err := stranger.Look(t.Context())
	errorOf(t, err, connector.ErrInput) // only an admin can look the name up
}

func TestWhatIsToBeReadIsParsedOnce(t *testing.T) {
	t.Parallel()
	s, err := ParseSelection("Inventory", "assets", []string{"components", "inventory.assets.devices"})
	if err != nil || s.Schema.Full() != "inventory.assets" || len(s.Tables) != 2 || s.Tables[1].Full() != "inventory.assets.devices" || s.Scope != connector.ScopeSchema {
		t.Errorf("%+v, %v", s, err)
	}
	for _, wrong := range [][3]string{{"a b", "c", "d"}, {"a", "", "d"}, {"a", "b", "x.y.z"}, {"a", "b", ""}} {
		_, err := ParseSelection(wrong[0], wrong[1], []string{wrong[2]})
		errorOf(t, err, connector.ErrInput)
	}
}

func TestAGrantIsLookedForOftenAtFirst(t *testing.T) {
	t.Parallel()
	for looks, want := range map[int]time.Duration{1: 5 * time.Second, 12: 5 * time.Second, 13: 15 * time.Second, 100: 15 * time.Second} {
		if got := RecheckPause(looks); got != want {
			t.Errorf("after %d looks it waits %s", looks, got)
		}
	}
}
