package connector

import "testing"

// TestWhatDiffersInCaseAloneIsTwoWhereThatCounts has two notebooks and two users of which the names differ in their case alone.
func TestWhatDiffersInCaseAloneIsTwoWhereThatCounts(t *testing.T) {
	for _, one := range []struct {
		kind        Kind
		first, then string
		two         bool
	}{
		{KindPath, "Report", "report", true}, {KindFolder, "/srv/Acme/out", "/srv/acme/out", true}, {KindValue, "Acme", "ACME", true}, {KindName, "/Shared/Report", "/Shared/report", true},
		{KindUser, "Ann@contoso.example", "ann@contoso.example", false}, {KindGroup, "Analysts", "analysts", false}, {KindTable, "Devices", "devices", false},
		{KindHost, "WWW.contoso.example", "www.contoso.example", false}, {KindName, "Finance-Vault", "finance-vault", false},
	} {
		r := NewRegistry()
		r.Note(one.kind, one.first)
		r.Note(one.kind, one.then)
		first, then := r.Alias(one.kind, one.first), r.Alias(one.kind, one.then)
		if (first != then) != one.two {
			t.Errorf("%s and %s are %s and %s", one.first, one.then, first, then)
		}
		if got := r.Name(one.then); got != then {
			t.Errorf("alone %s is %s", one.then, got)
		}
		if r.Alias(one.kind, one.first) != first || !isAlias(first) {
			t.Errorf("%s is %s no more", one.first, first)
		}
	}
	r := NewRegistry()
	r.Note(KindPath, "Report")
	r.Note(KindPath, "report")
	if got := r.Text("Report and report, and REPORT"); got != "path-1 and path-2, and path-1" {
		t.Errorf("in a text they are %s", got)
	}
	r.Forget()
	if got := r.Text("report"); got != "report" {
		t.Errorf("what was forgotten is %s", got)
	}
}
