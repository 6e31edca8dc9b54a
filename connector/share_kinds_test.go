package connector

import (
	"slices"
	"strings"
	"testing"
)

// TestANameOfSeveralKindsSaysOfNoneThatItIsIt has a user, a service principal and a group of one name, in whatever order they are read.
func TestANameOfSeveralKindsSaysOfNoneThatItIsIt(t *testing.T) {
	notes := map[Kind]func(*Registry){
		KindUser:  func(r *Registry) { r.Note(KindUser, "ada@contoso.example", "reports") },
		KindSP:    func(r *Registry) { r.Note(KindSP, "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22", "reports", "1234567890") },
		KindGroup: func(r *Registry) { r.Note(KindGroup, "reports") },
	}
	for _, order := range [][]Kind{{KindUser, KindSP, KindGroup}, {KindGroup, KindUser, KindSP}, {KindSP, KindGroup, KindUser}, {KindGroup, KindSP, KindUser, KindGroup}} {
		r := NewRegistry()
		for _, kind := range order {
			notes[kind](r)
		}
		for text, want := range map[string]string{
			"group reports: Can Use": "group name-1: Can Use", "ada@contoso.example is reports": "user-1 is name-1",
			"6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22 (reports), SCIM id 1234567890": "sp-1 (name-1), SCIM id sp-1",
		} {
			if got := r.Text(text); got != want {
				t.Errorf("%v: %q became %q", order, text, got)
			}
		}
		if got := r.Alias(KindGroup, "reports"); got != "name-1" {
			t.Errorf("%v: alone it became %q", order, got)
		}
	}
}

func TestANameThatWasShownKeepsItsAliasWhenANamesakeAppears(t *testing.T) {
	r := NewRegistry()
	r.Note(KindUser, "reports")
	was := r.Text("reports")
	r.Note(KindGroup, "reports")
	if got := r.Text("reports"); got != was || was != "user-1" {
		t.Errorf("it was %q and is %q", was, got)
	}
}

func TestWhatASavedVerdictNamesHasAnAliasAlthoughNothingElseNamesIt(t *testing.T) {
	r := NewRegistry()
	r.NoteConnection(Connection{Name: "prod", Proof: Proof{
		ReadOnly:  "no right to change data was seen by the connector itself; also held: SELECT on catalog ledger_archive, USE SCHEMA on schema lake.people and 1 more",
		Elsewhere: "ownership of table lake.people.wages, MODIFY on materialized view lake.odd, name.view one",
	}})
	for text, want := range map[string]string{
		"SELECT on catalog ledger_archive, USE SCHEMA on schema lake.people and 1 more": "SELECT on catalog catalog-1, USE SCHEMA on schema catalog-2.schema-1 and 1 more",
		"ownership of table lake.people.wages":                                          "ownership of table catalog-2.schema-1.table-1",
		"MODIFY on materialized view lake.odd, name.view one":                           "MODIFY on materialized view catalog-2.schema-2.table-2",
	} {
		if got := r.Text(text); got != want {
			t.Errorf("%q became %q, want %q", text, got, want)
		}
	}
}

func TestAPrincipalThatIsNamedAloneSaysItsKind(t *testing.T) {
	const id = "3f0d6c1e-2b5a-4c6f-9d17-8a51be60c742"
	for name, want := range map[string]Kind{"jane@contoso.example": KindUser, id: KindSP, "data-readers": KindGroup, id + "-team": KindGroup} {
		if got := PrincipalKind(name); got != want {
			t.Errorf("%s is of kind %s", name, got)
		}
	}
	r := NewRegistry()
	r.Note(KindUser, id) // as whoever made a token is named
	r.Note(KindSP, id, "stock-reader")
	if got := r.Text("stock-reader, " + id); got != "sp-1, sp-1" {
		t.Errorf("%q", got)
	}
	if got := NewRegistry().Alias(KindUser, id); got != "sp-1" {
		t.Errorf("alone it is %q", got)
	}
}

func TestWhatIsBehindAnAlias(t *testing.T) {
	r := NewRegistry()
	r.Note(KindWarehouse, "Starter Warehouse", "a3f19c0d7be24418")
	if got := r.Behind("warehouse-1"); got != nil {
		t.Errorf("before it was shown: %q", got)
	}
	alias := r.Alias(KindWarehouse, "Starter Warehouse")
	if got := r.Behind(strings.ToUpper(alias)); !slices.Equal(got, []string{"a3f19c0d7be24418", "starter warehouse", "starter%20warehouse"}) {
		t.Errorf("%q", got)
	}
	for _, other := range []string{"warehouse-2", "starter warehouse", ""} {
		if got := r.Behind(other); got != nil {
			t.Errorf("%q: %q", other, got)
		}
	}
}
