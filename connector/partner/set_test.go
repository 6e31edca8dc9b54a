package partner_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// TestEveryPartnerOfTheDocumentHasItsSets keeps each set as it is written out, so that a change of one line shows.
func TestEveryPartnerOfTheDocumentHasItsSets(t *testing.T) {
	eachSet(t, func(t *testing.T, p partner.Partner, legacy bool) {
		to := admin.Target{ID: "5103948571029384", ApplicationID: "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22", DisplayName: p.User()}
		needs, err := p.Set.Needs(choice(t, p.Set, legacy))
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		fmt.Fprintf(&b, "%s: it %s\n", p.Name, p.Set.Name)
		for _, n := range needs {
			fmt.Fprintf(&b, "  %s\n", n.Title())
		}
		for _, form := range partner.Forms {
			text, err := partner.Render(form, needs, to, starter)
			if err != nil || (text == "") != (len(needs) == 0) {
				t.Fatalf("%s: %q, %v", form, text, err)
			}
			fmt.Fprintf(&b, "\n%s\n%s", form, text)
		}
		kind := map[bool]string{false: "unity", true: "legacy"}[legacy]
		golden.Compare(t, filepath.Join("testdata", strings.ReplaceAll(strings.ToLower(p.Name), " ", "-")+"-"+kind+".golden"), b.String())
	})
}

func TestAPartnerIsFoundHoweverItsNameIsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"dbt cloud": "dbt Cloud", "DBT_CLOUD": "dbt Cloud", "dbt": "dbt Cloud", "PowerBI": "Power BI", "montecarlo": "Monte Carlo", " qlik-sense ": "Qlik Sense", "draftt": "Draftt",
	} {
		if p, err := partner.Find(text); err != nil || p.Name != want {
			t.Errorf("%q is %q, %v", text, p.Name, err)
		}
	}
	_, err := partner.Find("Hightuch")
	var refused *connector.Error
	if !errors.As(err, &refused) || refused.Kind != connector.ErrInput || !strings.Contains(refused.Remedy, "Hightouch") {
		t.Errorf("%v", err)
	}
	for name, want := range map[string]string{"dbt Cloud": "DBT_CLOUD_USER", "Power BI": "POWER_BI_USER", "Fivetran": "FIVETRAN_USER"} {
		if p, err := partner.Find(name); err != nil || p.User() != want {
			t.Errorf("%s has %s, %v", name, p.User(), err)
		}
	}
}

func TestWhatTheDocumentLeavesOpenIsAskedAndNotGiven(t *testing.T) {
	p, err := partner.Find("Dataiku")
	if err != nil {
		t.Fatal(err)
	}
	needs, err := p.Set.Needs(choice(t, p.Set, false))
	if err != nil || slices.ContainsFunc(needs, func(n partner.Need) bool { return n.Word == "SELECT" }) {
		t.Errorf("%v, %v", needs, err)
	}
	if !slices.ContainsFunc(p.Set.Asks, func(a string) bool { return strings.Contains(a, "no SELECT") && strings.HasSuffix(a, "?") }) {
		t.Errorf("%q", p.Set.Asks)
	}
}

func TestTooLittleOrTooMuchThatIsSelectedIsRefused(t *testing.T) {
	hex, _ := partner.Find("Hex")
	whole := choice(t, hex.Set, false)
	for what, c := range map[string]partner.Choice{
		"no catalog": {Schemas: whole.Schemas, Warehouse: starter}, "no schema": {Catalog: whole.Catalog, Warehouse: starter},
		"no warehouse": {Catalog: whole.Catalog, Schemas: whole.Schemas},
		"two schemas":  {Catalog: whole.Catalog, Schemas: append(whole.Schemas, schema(t, "inventory.reference")), Warehouse: starter},
	} {
		var refused *connector.Error
		if _, err := hex.Set.Needs(c); !errors.As(err, &refused) || refused.Kind != connector.ErrInput || refused.Remedy == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestASetOfOnesOwnIsReadStrictly(t *testing.T) {
	set, err := partner.ReadSet([]byte("name: Loader\nmany: true\nowns: true\nneeds:\n  - {token: can use}\n  - {unity: use catalog, on: catalog}\n  - {unity: MODIFY, on: schema}\nasks: ['Is it to delete?']\n"), "set.yaml")
	if err != nil || set.Name != "Loader" || !set.Many || !set.Owns || len(set.Rules) != 3 || set.Rules[1].Word != "USE_CATALOG" || len(set.Asks) != 1 || set.From != "set.yaml" {
		t.Fatalf("%+v, %v", set, err)
	}
	for _, text := range []string{
		"needs:\n  - {unity: MANAGE, on: catalog}\n", "needs:\n  - {unity: ALL PRIVILEGES, on: schema}\n", "needs:\n  - {legacy: USE_CATALOG, on: catalog}\n",
		"needs:\n  - {token: CAN_MANAGE}\n", "needs:\n  - {token: CAN_USE, warehouse: CAN_USE}\n", "needs:\n  - {on: schema}\n", "needs:\n  - {entitlement: admin}\n",
		"needs:\n  - {unity: SELECT, on: table}\n", "need:\n  - {token: CAN_USE}\n", "needs: {}\n",
	} {
		if _, err := partner.ReadSet([]byte(text), "set.yaml"); !errors.Is(err, connector.ErrInput) {
			t.Errorf("%q is read: %v", text, err)
		}
	}
}
