package partner_test

import (
	"errors"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

const others = "7f000000-0000-4000-8000-0000000000ac"

// twice is a workspace where dbt Cloud is connected twice.
func twice(w *model.World) error {
	w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "9000000000000003", Name: others, DisplayName: "DBT_CLOUD_USER", Active: true})
	w.PresetToken(model.Token{Owner: others, CreatedBy: others, Comment: "DBT_CLOUD"}, model.NewTokenValue())
	return withCluster(w)
}

// TestAPrincipalThatWasDeletedHereIsGoneAlready ends one of two connections by its principal's ID and asks for the same once more.
func TestAPrincipalThatWasDeletedHereIsGoneAlready(t *testing.T) {
	s, j := open(t, start(t, "first-time", twice)), journal(t)
	of := func(principal string) (partner.Connection, error) {
		traces, err := partner.Look(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		in := partner.Infer(traces)
		if in.Deleted, err = j.Deleted(s.Host()); err != nil {
			t.Fatal(err)
		}
		return in.Of("dbt Cloud", principal)
	}
	end := func(principal string, level partner.Level) partner.Ending {
		c, err := of(principal)
		if err != nil {
			t.Fatal(err)
		}
		e, err := partner.PlanDisconnect(t.Context(), s, partner.Disconnect{Connection: c, Level: level})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	if _, err := of(""); !errors.Is(err, admin.ErrAmbiguous) {
		t.Fatal(err)
	}
	apply(t, s, end(theirs, partner.Principal).Plan, j)
	for _, name := range []string{theirs, "9000000000000001"} {
		if again := end(name, partner.Principal); !again.Plan.Empty() || !contains(again.Plan.Kept, "application ID "+theirs+", which is gone already") {
			t.Errorf("%s: %+v", name, again.Plan)
		}
	}
	// What it made is its own still, and goes by a reset.
	rest := end(theirs, partner.Reset)
	if len(rest.Plan.Changes) != 2 || rest.Plan.Changes[0].Kind != admin.DeleteWarehouse || rest.Plan.Changes[1].Kind != admin.DeleteCluster {
		t.Errorf("%+v", rest.Plan.Changes)
	}
	apply(t, s, rest.Plan, j)
	if again := end(theirs, partner.Reset); !again.Plan.Empty() {
		t.Errorf("%+v", again.Plan.Changes)
	}
	if c, err := of(others); err != nil || c.Principal == nil || len(c.Tokens) != 1 {
		t.Errorf("the other connection: %+v, %v", c, err)
	}
	if _, err := of("7f000000-0000-4000-8000-0000000000ff"); !errors.Is(err, admin.ErrNotFound) {
		t.Errorf("one that never was, beside one that is: %v", err)
	}
}

func TestAPrincipalThatIsNobodysIsGoneWhereNothingElseIsLeft(t *testing.T) {
	s := open(t, start(t, "first-time", connected))
	traces, err := partner.Look(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	in := partner.Infer(traces)
	if c, err := in.Of("hevo data", others); err != nil || string(c.Gone) != others || c.Principal != nil {
		t.Errorf("%+v, %v", c, err)
	}
	for _, name := range []string{theirs, "mistyped", "DBT_CLOUD_USER"} {
		if c, err := in.Of("hevo data", name); !errors.Is(err, admin.ErrNotFound) {
			t.Errorf("%s: %+v, %v", name, c, err)
		}
	}
}
