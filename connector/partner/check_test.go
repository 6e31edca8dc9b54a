package partner_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// TestApplyingAPlanMakesTheCheckEmptyAndGivesNoMore makes each partner in an embedded workspace, and looks what it has then.
func TestApplyingAPlanMakesTheCheckEmptyAndGivesNoMore(t *testing.T) {
	d := start(t, "first-time", nil)
	s, j := open(t, d), journal(t)
	eachSet(t, func(t *testing.T, p partner.Partner, legacy bool) {
		set, chosen := p.Set, choice(t, p.Set, legacy)
		wish := partner.Wish{Partner: p.Name + map[bool]string{true: " legacy"}[legacy], Set: set, Choice: chosen, Runs: starter}
		proposal, err := partner.Propose(t.Context(), s, wish)
		if set.None() {
			if err == nil || !strings.Contains(err.Error(), "no service principal") {
				t.Errorf("%v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if proposal.Seen != nil || proposal.Plan.Changes[0].Kind != admin.CreatePrincipal || len(proposal.Needs) == 0 {
			t.Errorf("%+v", proposal.Plan.Changes[0])
		}
		out := apply(t, s, proposal.Plan, j)
		seen, err := partner.Check(t.Context(), s, set, chosen, string(out.Target.ApplicationID), starter)
		if err != nil {
			t.Fatal(err)
		}
		if !seen.Done() || len(seen.Own()) > 0 || len(seen.Have) != len(proposal.Needs) {
			t.Errorf("missing %v, unknown %v, beyond %v, has %d of %d", seen.Missing, seen.Unknown, seen.Own(), len(seen.Have), len(proposal.Needs))
		}
		for _, l := range seen.Have {
			if len(l.Sources) == 0 || l.Sources[0] != "direct" {
				t.Errorf("%s comes from %q", l.Title(), l.Sources)
			}
		}
		again, err := partner.Propose(t.Context(), s, wish)
		if err != nil || !again.Plan.Empty() {
			t.Errorf("still to do: %+v, %v", again.Plan.Changes, err)
		}
	})
}

// TestWithoutAnyOneLineTheCheckFails gives everything but one line, for each line of each different set.
func TestWithoutAnyOneLineTheCheckFails(t *testing.T) {
	d := start(t, "first-time", nil)
	s, j := open(t, d), journal(t)
	var done []string
	eachSet(t, func(t *testing.T, p partner.Partner, legacy bool) {
		kind := map[bool]string{true: "legacy ", false: "unity "}[legacy] + p.Set.Name
		if p.Set.None() || slices.Contains(done, kind) {
			return
		}
		done = append(done, kind)
		for i, rule := range p.Set.Rules {
			if rule.Kind == partner.Unity && legacy || rule.Kind == partner.Legacy && !legacy {
				continue
			}
			chosen, less := choice(t, p.Set, legacy), *p.Set
			less.Rules = slices.Delete(slices.Clone(less.Rules), i, i+1)
			name := p.Name + " without " + rule.Title() + map[bool]string{true: " legacy"}[legacy]
			proposal, err := partner.Propose(t.Context(), s, partner.Wish{Partner: name, Set: &less, Choice: chosen, Runs: starter})
			if err != nil {
				t.Fatal(err)
			}
			out := apply(t, s, proposal.Plan, j)
			seen, err := partner.Check(t.Context(), s, p.Set, chosen, string(out.Target.ApplicationID), starter)
			if err != nil {
				t.Fatal(err)
			}
			if seen.Done() || len(seen.Missing) == 0 || slices.ContainsFunc(seen.Missing, func(l partner.Line) bool { return l.Rule != rule }) {
				t.Errorf("without %s the check is missing %v", rule.Title(), seen.Missing)
			}
		}
	})
}

func TestWhatAPartnerHasBeyondItsSetIsShownWithItsSource(t *testing.T) {
	d := start(t, "first-time", nil)
	s := open(t, d)
	labelbox, _ := partner.Find("Labelbox")
	seen, err := partner.Check(t.Context(), s, labelbox.Set, partner.Choice{}, "FIVETRAN_USER", "")
	if err != nil {
		t.Fatal(err)
	}
	if !seen.Done() || len(seen.Have) != 2 || seen.Have[0].Sources[0] != "group users" {
		t.Errorf("has %v, lacks %v", seen.Have, seen.Missing)
	}
	if !slices.ContainsFunc(seen.Unseen, func(u string) bool { return strings.HasPrefix(u, "hive_metastore") }) {
		t.Errorf("unseen %q", seen.Unseen)
	}
	found := false
	for _, e := range seen.Extra {
		found = found || e.What == "Databricks SQL access" && e.Source == "group users" && e.Others && strings.Contains(e.Revoke, "group users")
	}
	if !found {
		t.Errorf("beyond the set: %+v", seen.Extra)
	}
}

// TestWhatIsNotShownIsUnknownAndNotMissing looks as somebody who is no workspace admin.
func TestWhatIsNotShownIsUnknownAndNotMissing(t *testing.T) {
	secret := model.NewSecretValue()
	d := start(t, "ready", func(w *model.World) error {
		w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "9000000000000001", Name: theirs, DisplayName: "onlooker", Active: true, MemberOf: []string{model.WorkspaceUsers}})
		w.PresetSecret(theirs, secret, time.Now())
		return nil
	})
	s := openAs(t, d, demo.Credentials{ClientID: theirs, Secret: connector.NewSecret(secret)})
	if s.Admin() {
		t.Error("an onlooker counts as an admin")
	}
	hex, _ := partner.Find("Hex")
	seen, err := partner.Check(t.Context(), s, hex.Set, choice(t, hex.Set, false), demo.ConnectorID, "")
	if err != nil {
		t.Fatal(err)
	}
	if seen.Done() || len(seen.Missing) > 0 || len(seen.Unknown) != 5 || len(seen.Unseen) == 0 {
		t.Errorf("missing %v, unknown %v, unseen %q", seen.Missing, seen.Unknown, seen.Unseen)
	}
	whoCan, err := partner.WhoCan(t.Context(), s, []partner.Need{seen.Unknown[0].Need, seen.Unknown[2].Need})
	if err != nil || len(whoCan) != 2 || !strings.Contains(whoCan[0], "a workspace admin") || !strings.Contains(whoCan[1], "metastore-admins") {
		t.Errorf("who can: %q, %v", whoCan, err)
	}
	traces, err := partner.Look(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if found := partner.Infer(traces).Connections; len(found) != 1 || found[0].Sure != partner.Possible || !slices.Contains(found[0].Against, "What it signs in with is not shown to you.") {
		t.Errorf("found %+v", found)
	}
	for _, l := range seen.Unknown {
		if !strings.Contains(l.Unknown, "not show") {
			t.Errorf("%s: %s", l.Title(), l.Unknown)
		}
	}
}

func TestAPartnerThatOwnsWhatItMakesMayKeepItAndReadsNothingElse(t *testing.T) {
	d := start(t, "first-time", nil)
	s, j := open(t, d), journal(t)
	dbt, _ := partner.Find("dbt")
	chosen := choice(t, dbt.Set, false)
	proposal, err := partner.Propose(t.Context(), s, partner.Wish{Partner: dbt.Name, Set: dbt.Set, Choice: chosen})
	if err != nil {
		t.Fatal(err)
	}
	out := apply(t, s, proposal.Plan, j)
	if err := d.Grant(t.Context(), "GRANT SELECT ON SCHEMA `inventory`.`assets` TO `"+string(out.Target.ApplicationID)+"`"); err != nil {
		t.Fatal(err)
	}
	seen, err := partner.Check(t.Context(), s, dbt.Set, chosen, dbt.User(), "")
	if err != nil || !seen.Done() || len(seen.Own()) != 1 || !strings.HasPrefix(seen.Own()[0].What, "SELECT on schema inventory.assets") || !seen.Own()[0].Statement() {
		t.Errorf("%+v, %v", seen.Own(), err)
	}
	if !proposal.Verdict.Can && proposal.Verdict.Why == "" {
		t.Errorf("%+v", proposal.Verdict)
	}
	if _, err := partner.Check(t.Context(), s, dbt.Set, chosen, "NOBODY_USER", ""); !errors.Is(err, admin.ErrNotFound) {
		t.Errorf("%v", err)
	}
}
