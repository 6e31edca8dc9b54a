package model

import "testing"

func TestTheMembersOfAGroupAreThoseOfNow(t *testing.T) {
	w, _ := company(t)
	admin := principal(t, w, "workspace-admin")
	members := func(group string) (names []string) {
		for _, m := range w.Members(principal(t, w, group)) {
			names = append(names, m.Name)
		}
		return names
	}
	expect := func(when, group string, want int) {
		t.Helper()
		if got := members(group); len(got) != want {
			t.Errorf("%s, %s has the members %q", when, group, got)
		}
	}
	at := len(members("inner"))
	w.AddPrincipal(Principal{Kind: User, ID: "900001", Name: "late@contoso.example", Active: true, MemberOf: []string{"inner", "inner"}})
	expect("after somebody came", "inner", at+1)
	if _, err := w.InWorkspace().Edit(admin, Group, entryOf(t, w, "inner"), func(d *Draft) error { d.Name = "core"; return nil }); err != nil {
		t.Fatal(err)
	}
	expect("under its new name", "core", at+1)
	if _, err := w.InWorkspace().Edit(admin, User, "900001", func(d *Draft) error { d.Groups = nil; return nil }); err != nil {
		t.Fatal(err)
	}
	expect("after one left", "core", at)
	id := entryOf(t, w, "reader")
	must(t, w.InWorkspace().Delete(admin, ServicePrincipal, id))
	expect("after one was deleted", "core", at-1)
}
