package connector

import "testing"

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
