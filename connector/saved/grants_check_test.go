package saved

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// seen looks once.
func seen(t *testing.T, g *GrantsCheck) GrantsView {
	t.Helper()
	v, err := g.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestASavedConnectionSeesWhatItLacksAndAnAdminSeesTheSame(t *testing.T) {
	t.Parallel()
	w, env, all := world(t, "missing-grants", "prod")
	g := GrantsOfSaved(env, all[0])
	own := seen(t, g)
	if own.Done() || len(own.Missing) == 0 || own.Who.Principal.Name.Raw() != demo.ConnectorID {
		t.Fatalf("%+v", own.Comparison)
	}
	packets, err := g.Packets(own)
	if err != nil || len(packets) == 0 || !strings.Contains(packets[0].Text, "draftt-databricks grants prod --watch") {
		t.Errorf("%d packets, %v", len(packets), err)
	}
	who := w.Admin()
	session, err := admin.Open(t.Context(), admin.Config{
		Host: all[0].Host, Network: w.Network(), Version: "1.2.3", Rate: 1000,
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(session.Close)
	g.As(session)
	if admins := seen(t, g); len(admins.Missing) != len(own.Missing) || len(admins.Granters()) == 0 || admins.Who.Principal.ID == "" {
		t.Errorf("an admin sees %+v", admins.Comparison)
	}
}

func TestOneWhoMayLookAtAPrincipalIsBorrowed(t *testing.T) {
	t.Parallel()
	_, env, all := world(t, "ready", "prod")
	c := all[0]
	of := func(principal string) *GrantsCheck {
		return GrantsOf(env, principal, setup.WorkspaceTarget{Host: c.Host}, setup.SelectionOf(c))
	}
	if err := of(demo.ConnectorID).Borrow(nil); !errors.Is(err, connector.ErrInput) {
		t.Errorf("nobody was borrowed: %v", err)
	}

	itself := of(strings.ToUpper(demo.ConnectorID))
	if err := itself.Borrow([]connector.Connection{c}); err != nil {
		t.Fatal(err)
	}
	if v := seen(t, itself); !v.Done() || len(v.Who.Identities) < 2 {
		t.Errorf("%+v", v.Comparison)
	}
	stranger := of("a display name")
	if err := stranger.Borrow([]connector.Connection{c}); err != nil {
		t.Fatal(err)
	}
	if _, err := stranger.Look(t.Context()); !errors.Is(err, connector.ErrInput) { // only an admin can look the name up
		t.Errorf("a stranger was looked at: %v", err)
	}
}
