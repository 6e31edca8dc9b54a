package account

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

func TestWhatIsRefusedAsAnAccountHasAnAlias(t *testing.T) {
	_, err := ParseID("acme-payroll")
	if got := connector.Known().Text(err.Error()); strings.Contains(got, "payroll") || !strings.Contains(got, "is no account ID") {
		t.Errorf("a shared screen says %q", got)
	}
}

func TestAnAccountIsReadOnItsOwnHost(t *testing.T) {
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(context.Background(), s, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()
	of, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil || of.Account().Name() != demo.AccountHostName {
		t.Fatalf("the account of %s is on %s: %v", d.Host(), of.Account(), err)
	}
	id, err := ParseID(" " + strings.ToUpper(d.AccountID()))
	if err != nil || string(id) != d.AccountID() {
		t.Fatalf("%s: %v", id, err)
	}
	path := "/api/2.0/accounts/" + string(id) + "/workspaces"
	for name, as := range map[string]demo.Credentials{"an account admin": d.AccountAdmin(), "the connector": d.Connector()} {
		line := workspace.Config{Host: of.Account(), Network: d.Network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: as.ClientID, Secret: as.Secret}}
		r, err := Open(line, id, []workspace.Rule{{Method: http.MethodGet, Path: "/api/2.0/accounts/*/workspaces"}})
		if err != nil {
			t.Fatal(err)
		}
		text, err := r.Ask(t.Context(), http.MethodGet, path, nil, nil)
		r.Close()
		var refused *workspace.ReadError
		switch {
		case name == "the connector" && (!errors.As(err, &refused) || refused.Status != http.StatusForbidden):
			t.Errorf("%s: %v", name, err)
		case name == "an account admin" && (err != nil || !strings.Contains(string(text), `"workspace_id"`)):
			t.Errorf("%s: %s: %v", name, text, err)
		}
	}
}

func TestWhatIsNoAccountIDIsRefused(t *testing.T) {
	for _, text := range []string{"", "7405605741000000", "3f0d6c1e-2b5a-4c6f-9d17", "3f0d6c1e-2b5a-4c6f-9d17-8a51be60c742x", "../3f0d6c1e-2b5a-4c6f-9d17-8a51be60"} {
		if _, err := ParseID(text); !errors.Is(err, connector.ErrInput) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
