package partner_test

import (
	"cmp"
	"fmt"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/estate"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

func infer(t testing.TB, furnish func(*model.World) error) partner.Inference {
	t.Helper()
	traces, err := partner.Look(t.Context(), open(t, start(t, "first-time", furnish)))
	if err != nil {
		t.Fatal(err)
	}
	return partner.Infer(traces)
}

// constructed is one workspace: what one partner left in it, beside what only reminds of one.
type constructed struct {
	partner partner.Partner
	kind    int
}

// kinds of trace, with how sure they make it. One of none is no trace, but what reminds of the partner.
var kinds = []struct {
	name                            string
	user, endless, ending, oauth    bool
	warehouse, byOther, lower, none bool
	sure                            partner.Sureness
}{
	{name: "all of it", user: true, endless: true, warehouse: true, sure: partner.Certain},
	{name: "a principal and a token", user: true, endless: true, sure: partner.Certain},
	{name: "a principal and a secret", user: true, oauth: true, sure: partner.Likely},
	{name: "a token that ends", user: true, ending: true, sure: partner.Likely},
	{name: "a principal and its warehouse", user: true, warehouse: true, sure: partner.Likely},
	{name: "a principal alone", user: true, sure: partner.Possible},
	{name: "a warehouse of somebody who is gone", warehouse: true, sure: partner.Possible},
	{name: "a warehouse that a person made", byOther: true, none: true},
	{name: "a name in small letters", lower: true, none: true},
	{name: "nothing", none: true},
}

const person = "samuel.okafor@contoso.example"

func (c constructed) furnish(w *model.World) error {
	k, upper := kinds[c.kind], c.partner.Upper()
	name := "7f000000-0000-4000-8000-0000000000aa"
	add := func(id, display string) {
		w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: id, Name: name, DisplayName: display, Active: true})
	}
	switch {
	case k.user:
		add("9000000000000001", c.partner.User())
	case k.lower:
		add("9000000000000001", strings.ToLower(c.partner.User()))
	}
	made := seed.AsOf.AddDate(-1, 0, 0)
	if k.endless || k.lower {
		w.PresetToken(model.Token{Owner: name, CreatedBy: name, Comment: upper, Created: made}, model.NewTokenValue())
	}
	if k.ending {
		w.PresetToken(model.Token{Owner: name, CreatedBy: name, Comment: upper, Created: made, Expires: time.Now().AddDate(1, 0, 0)}, model.NewTokenValue())
	}
	if k.oauth {
		w.PresetSecret(name, model.NewSecretValue(), made)
	}
	w.PresetToken(model.Token{Owner: person, CreatedBy: person, Comment: "for " + c.partner.Name, Created: made}, model.NewTokenValue())
	by := name
	if k.byOther {
		by = person
	}
	if k.warehouse || k.byOther {
		return w.AddWarehouse(compute.Warehouse{ID: "00000000000000aa", Name: upper + "_ENDPOINT", Size: "Small", Type: compute.Pro, Creator: by, AutoStop: time.Minute, StartTakes: time.Minute})
	}
	return nil
}

// TestNoPartnerIsMissedAndNoneIsClaimedWithoutEvidence looks into sixty workspaces: each kind of trace of six partners. The one of the first
// world, FIVETRAN_USER, is in all of them.
func TestNoPartnerIsMissedAndNoneIsClaimedWithoutEvidence(t *testing.T) {
	var worlds []constructed
	for i, name := range []string{"dbt Cloud", "Monte Carlo", "Hex", "Qlik Sense", "Rivery", "Prophecy"} {
		p, err := partner.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		for kind := range kinds {
			worlds = append(worlds, constructed{p, (kind + i) % len(kinds)})
		}
	}
	if len(worlds) != 60 {
		t.Fatalf("%d workspaces", len(worlds))
	}
	for i, c := range worlds {
		t.Run(fmt.Sprintf("%d %s, %s", i, c.partner.Name, kinds[c.kind].name), func(t *testing.T) {
			found := infer(t, c.furnish)
			var names []string
			for _, one := range found.Connections {
				names = append(names, one.Partner.Name)
				if len(one.Evidence) == 0 || one.Partner.Name == c.partner.Name && one.Sure != kinds[c.kind].sure {
					t.Errorf("%s is %s by %q against %q", one.Partner.Name, one.Sure, one.Evidence, one.Against)
				}
			}
			slices.Sort(names)
			want := []string{"Fivetran"}
			if !kinds[c.kind].none {
				want = append(want, c.partner.Name)
			}
			slices.SortFunc(want, strings.Compare)
			if !slices.Equal(names, want) {
				t.Errorf("claimed are %q, and %q left traces", names, want)
			}
			if !slices.ContainsFunc(found.LookAlikes, func(l partner.LookAlike) bool { return strings.Contains(l.What, "for "+c.partner.Name) && l.Why != "" }) {
				t.Errorf("the person's token is not among %q", found.LookAlikes)
			}
			if flagged := slices.ContainsFunc(found.LookAlikes, func(l partner.LookAlike) bool { return !strings.Contains(l.What, "for ") }); flagged != (kinds[c.kind].byOther || kinds[c.kind].lower) {
				t.Errorf("what reminds of it: %q", found.LookAlikes)
			}
		})
	}
}

func TestTheEvidenceOfAConnectionNamesWhatWasFound(t *testing.T) {
	dbt, _ := partner.Find("dbt")
	found := infer(t, constructed{dbt, 0}.furnish)
	c := found.Connections[0]
	if c.Partner.Name != "dbt Cloud" || c.Sure != partner.Certain || len(c.Evidence) != 3 {
		t.Fatalf("%+v", found.Connections)
	}
	for i, part := range []string{"DBT_CLOUD_USER, application ID 7f000000", "“DBT_CLOUD”, which never ends, made 20", "DBT_CLOUD_ENDPOINT, made by it"} {
		if !strings.Contains(c.Evidence[i], part) {
			t.Errorf("%q does not name %s", c.Evidence[i], part)
		}
	}
	if len(found.Unseen) != 1 || !strings.Contains(found.Unseen[0], "OAuth apps") {
		t.Errorf("unseen %q", found.Unseen)
	}
}

// TestThePartnersOfAnEstateAreFoundAmongWhatRemindsOfThem holds the inference against what the large world was furnished with.
func TestThePartnersOfAnEstateAreFoundAmongWhatRemindsOfThem(t *testing.T) {
	traces, err := partner.Look(t.Context(), open(t, start(t, "estate", nil)))
	if err != nil {
		t.Fatal(err)
	}
	found := partner.Infer(traces)
	claimed := map[string]partner.Connection{}
	for _, c := range found.Connections {
		claimed[c.Partner.Upper()] = c
	}
	left := map[string]bool{}
	for _, trace := range estate.Traces() {
		upper := strings.TrimSuffix(strings.TrimSuffix(cmp.Or(trace.User, trace.Warehouse), "_ENDPOINT"), "_USER")
		left[upper] = true
		if _, there := claimed[upper]; !there {
			t.Errorf("%s left a trace and is missed", upper)
		}
	}
	for upper, c := range claimed {
		if !left[upper] {
			t.Errorf("%s is claimed by %q", upper, c.Evidence)
		}
	}
	for upper, sure := range map[string]partner.Sureness{"RIVERY": partner.Certain, "DATADOG": partner.Likely, "PROPHECY": partner.Possible, "AIRBYTE": partner.Possible, "FIVETRAN": partner.Likely} {
		if claimed[upper].Sure != sure {
			t.Errorf("%s is %s by %q against %q", upper, claimed[upper].Sure, claimed[upper].Evidence, claimed[upper].Against)
		}
	}
	for _, what := range []string{"BATCH_USER", "svc-fivetran-user-migration", "fivetran_user", "Hightouch endpoint tests", "“rivery”"} {
		if !slices.ContainsFunc(found.LookAlikes, func(l partner.LookAlike) bool { return strings.Contains(l.What, what) }) {
			t.Errorf("%s is not flagged among %q", what, found.LookAlikes)
		}
	}
}

func TestAWarehouseSpeaksForTheNamesakeThatMadeIt(t *testing.T) {
	principal := func(id, application string) admin.ServicePrincipal {
		return admin.ServicePrincipal{ID: connector.SCIMID(id), ApplicationID: connector.ClientID(application), DisplayName: connector.FromRemote("FIVETRAN_USER"), Active: true}
	}
	maker := "7f000000-0000-4000-8000-000000000001"
	found := partner.Infer(partner.Traces{
		Principals: []admin.ServicePrincipal{principal("1", maker), principal("2", "7f000000-0000-4000-8000-000000000002")},
		Warehouses: []admin.ComputeFact{{ID: "aa", Name: connector.FromRemote("FIVETRAN_ENDPOINT"), Creator: connector.FromRemote(maker)}},
	})
	for _, c := range found.Connections {
		has := slices.ContainsFunc(c.Evidence, func(e string) bool { return strings.Contains(e, "FIVETRAN_ENDPOINT") })
		if has != (c.Principal.ID == "1") {
			t.Errorf("%s has the evidence %q", c.Principal.ID, c.Evidence)
		}
	}
	if len(found.Connections) != 2 {
		t.Errorf("%+v", found.Connections)
	}
}
