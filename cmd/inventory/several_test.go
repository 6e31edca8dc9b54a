package inventory

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/accounts"
	"github.com/draftt-io/draftt-databricks/cmd/desk"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// The admin of an account is taken to each of its workspaces, where they are whoever they are there.
func TestAllWorkspacesOfAnAccountAreThoseThatItLists(t *testing.T) {
	t.Setenv("DRAFTT_DATABRICKS_HOME", t.TempDir())
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(context.Background(), s, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	var noted []string
	f := Face{
		Desk: desk.Desk{
			Note:  func(format string, args ...any) { noted = append(noted, fmt.Sprintf(format, args...)) },
			Fails: func(_ context.Context, lead string, err error) error { return fmt.Errorf("%s%w", lead, err) },
		},
		Env: func(*vault.Vault) setup.Environment { return setup.Environment{Network: d.Network()} },
	}
	as := d.AccountAdmin()
	named := func(p demo.Credentials) *accounts.Flags {
		return accounts.Of(d.AccountID(), demo.AccountHostName, connector.Credentials{Method: connector.OAuth, ClientID: p.ClientID, Secret: p.Secret})
	}
	r := &runFlags{account: named(as), wholeAccount: true}
	r.signIn.Way = func() (workspace.Config, connector.AllowList, error) {
		return workspace.Config{Network: d.Network()}, nil, nil
	}
	stops, err := f.stops(t.Context(), r, nil)
	if err != nil || len(stops) != 1 || stops[0].host != demo.HostName || len(noted) > 0 {
		t.Fatalf("%d workspaces, %q: %v", len(stops), noted, err)
	}
	source, err := stops[0].opened(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer source.close()
	if source.options.Account == nil || source.options.Place.As != string(as.ClientID) || source.options.Place.Workspace == "" {
		t.Errorf("it is read as %+v", source.options.Place)
	}
	_, err = source.options.Workspace.Ask(t.Context(), http.MethodGet, "/api/2.0/preview/scim/v2/Me", nil, nil)
	if refused := (*workspace.ReadError)(nil); err == nil || errors.As(err, &refused) && refused.Status != http.StatusForbidden {
		t.Errorf("the workspace knows the account's admin: %v", err) // of the embedded one, who is in no workspace
	}
	// Who is no admin of the account is told so, and nothing is read.
	r.account = named(d.Connector())
	if _, err := f.stops(t.Context(), r, nil); err == nil || !strings.HasPrefix(err.Error(), "The account: ") {
		t.Errorf("%v", err)
	}
}
