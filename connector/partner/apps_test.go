package partner_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/apps"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// inAccount looks at a workspace and at its account, as a workspace admin there and as somebody at the account.
func inAccount(t *testing.T, d *demo.Workspace, as demo.Credentials) partner.Inference {
	t.Helper()
	traces, err := partner.Look(t.Context(), open(t, d))
	if err != nil {
		t.Fatal(err)
	}
	of, _, err := connector.ParseHost(d.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	line := workspace.Config{Host: of.Account(), Network: d.Network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: as.ClientID, Secret: as.Secret}}
	r, err := account.Open(line, account.ID(d.AccountID()), account.AppReads())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := traces.LookAtAccount(t.Context(), r, account.ID(d.AccountID())); err != nil {
		t.Fatal(err)
	}
	return partner.Infer(traces)
}

// withApps is a workspace whose account has apps: a published one, more of another partner than fit on a page, and what only reminds of one.
func withApps(t *testing.T) *demo.Workspace {
	t.Helper()
	made := time.Date(2025, 3, 4, 0, 0, 0, 0, time.UTC)
	all := []apps.App{
		{ID: "1", Name: "Tableau", AppID: "tableau-desktop", Created: made},
		{ID: "2", Name: "Fivetran", Creator: demo.AccountAdminID, Created: made, Redirects: []string{"https://fivetran.example/back", "https://fivetran.example/other"}},
		{ID: "3", Name: "notes on Sigma", Creator: demo.AccountAdminID, Created: made},
		{ID: "4", Name: "Payroll", Creator: demo.AccountAdminID, Created: made},
	}
	for i := range 150 {
		all = append(all, apps.App{ID: "more " + string(rune('a'+i%26)) + string(rune('a'+i/26)), Name: "Payroll", Created: made})
	}
	all = append(all, apps.App{ID: "last", Name: "look er", Created: made})
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	d, err := demo.Start(context.Background(), s, demo.Options{Apps: all})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func TestAPartnerThatLeftAnAppAloneIsFound(t *testing.T) {
	d := withApps(t)
	found := inAccount(t, d, d.AccountAdmin())
	claimed := map[string]partner.Connection{}
	for _, c := range found.Connections {
		claimed[c.Partner.Name] = c
	}
	for name, want := range map[string]struct {
		sure     partner.Sureness
		evidence string
	}{
		"Tableau":  {partner.Likely, "published OAuth app “Tableau” of the account, since 2025-03-04"},
		"Looker":   {partner.Possible, "OAuth app “look er” of the account"},
		"Fivetran": {partner.Likely, "OAuth app “Fivetran” of the account, made by " + demo.AccountAdminID + ", since 2025-03-04, which leads back to fivetran.example"},
	} {
		c := claimed[name]
		if c.Sure != want.sure || !contains(c.Evidence, want.evidence) || len(c.Against) == 0 && name != "Fivetran" || len(c.Apps) != 1 {
			t.Errorf("%s is %q by %q against %q", name, c.Sure, c.Evidence, c.Against)
		}
	}
	if len(found.Connections) != 3 || len(found.Unseen) != 0 {
		t.Errorf("%d connections, unseen %q", len(found.Connections), found.Unseen)
	}
	if !slices.ContainsFunc(found.LookAlikes, func(l partner.LookAlike) bool { return strings.Contains(l.What, "“notes on Sigma”") }) {
		t.Errorf("%+v", found.LookAlikes)
	}
	c, err := found.Of("tableau", "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := partner.PlanDisconnect(t.Context(), open(t, d), partner.Disconnect{Connection: c, Level: partner.Reset})
	if err != nil || !e.Plan.Empty() || !contains(e.Plan.Kept, "under Settings › App connections") {
		t.Errorf("%+v, %v", e.Plan, err)
	}
}

func TestWhoIsNoAccountAdminIsNotShownTheApps(t *testing.T) {
	d := withApps(t)
	found := inAccount(t, d, d.Admin())
	if len(found.Unseen) != 1 || !strings.Contains(found.Unseen[0], "OAuth apps of the account") {
		t.Errorf("unseen %q", found.Unseen)
	}
	for _, c := range found.Connections {
		if len(c.Apps) > 0 {
			t.Errorf("%s has %+v", c.Partner.Name, c.Apps)
		}
	}
}
