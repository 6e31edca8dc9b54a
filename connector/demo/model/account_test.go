package model

import "testing"

// joined is the company with an account admin, and somebody who manages the group readers.
func joined(t *testing.T) (w *World, admin, manager *Principal) {
	t.Helper()
	w, _ = company(t)
	w.AddPrincipal(Principal{Kind: User, Name: "account-admin", Active: true, Unassigned: true, AccountRoles: []string{AccountAdminRole}})
	w.AddPrincipal(Principal{Kind: User, Name: "manager", Active: true, Unassigned: true})
	admin, manager = principal(t, w, "account-admin"), principal(t, w, "manager")
	name := "accounts/" + AccountID + "/groups/" + entryOf(t, w, "readers") + "/ruleSets/default"
	now, err := w.InAccount().RuleSet(admin, name)
	must(t, err)
	now.Rules = []Rule{{Role: "roles/group.manager", Principals: []string{"users/manager"}}}
	_, err = w.InAccount().ReplaceRules(admin, now)
	must(t, err)
	return w, admin, manager
}

func TestAManagerChangesMembersAndNotRoles(t *testing.T) {
	w, _, manager := joined(t)
	readers := entryOf(t, w, "readers")
	_, err := w.InAccount().Edit(manager, Group, readers, func(d *Draft) error {
		d.Members = append(d.Members, Reference{ID: manager.ID})
		return nil
	})
	must(t, err)
	if len(principal(t, w, "manager").MemberOf) != 1 {
		t.Error("the manager did not get into the group")
	}
	_, err = w.InAccount().Edit(manager, Group, readers, func(d *Draft) error {
		d.Roles = []string{AccountAdminRole}
		return nil
	})
	if e := refusal(t, err); e.Status != 403 {
		t.Errorf("a role for the group: %v", e)
	}
	if e := refusal(t, w.InAccount().Delete(manager, Group, readers)); e.Status != 403 {
		t.Errorf("to delete it: %v", e)
	}
	_, err = w.InAccount().Entry(manager, Group, entryOf(t, w, "inner"))
	if e := refusal(t, err); e.Status != 403 {
		t.Errorf("another group: %v", e)
	}
}

func TestRulesFollowAGroupThatIsRenamed(t *testing.T) {
	w, admin, _ := joined(t)
	name := "accounts/" + AccountID + "/ruleSets/default"
	now, err := w.InAccount().RuleSet(admin, name)
	must(t, err)
	now.Rules = []Rule{{"roles/marketplace.admin", []string{"groups/inner"}}, {"roles/marketplace.admin", []string{"users/stranger", "groups/inner"}}}
	_, err = w.InAccount().ReplaceRules(admin, now)
	must(t, err)
	_, err = w.InAccount().Edit(admin, Group, entryOf(t, w, "inner"), func(d *Draft) error {
		d.Name = "outer"
		return nil
	})
	must(t, err)
	must(t, w.InAccount().Delete(admin, User, entryOf(t, w, "stranger")))
	now, err = w.InAccount().RuleSet(admin, name)
	must(t, err)
	if len(now.Rules) != 1 || len(now.Rules[0].Principals) != 1 || now.Rules[0].Principals[0] != "groups/outer" {
		t.Errorf("the rules are %+v", now.Rules)
	}
}

func TestAnAccountAdminMayBeOneThroughAGroup(t *testing.T) {
	w, admin, manager := joined(t)
	_, err := w.InAccount().Edit(admin, Group, entryOf(t, w, "readers"), func(d *Draft) error {
		d.Roles, d.Members = []string{AccountAdminRole}, append(d.Members, Reference{ID: manager.ID})
		return nil
	})
	must(t, err)
	must(t, w.InAccount().CheckAdmin(principal(t, w, "manager")))
	must(t, w.InAccount().CheckAdmin(principal(t, w, "reader")))
	if w.InAccount().Admin(principal(t, w, "workspace-admin")) {
		t.Error("a workspace admin is an admin of the account")
	}
}

func TestAWorkspaceAdminTakesInWhoTheAccountHas(t *testing.T) {
	w, _, manager := joined(t)
	by := principal(t, w, "workspace-admin")
	if _, err := w.InWorkspace().Entry(by, User, manager.ID); refusal(t, err).Status != 404 {
		t.Errorf("before: %v", err)
	}
	made, err := w.InWorkspace().Create(by, Principal{Kind: User, Name: "manager"}, func(*Draft) error { return nil })
	must(t, err)
	if made.ID != manager.ID || made.Unassigned {
		t.Errorf("taken in as %+v", made)
	}
	_, err = w.InWorkspace().Create(by, Principal{Kind: User, Name: "manager"}, func(*Draft) error { return nil })
	if e := refusal(t, err); e.Status != 409 {
		t.Errorf("a second time: %v", e)
	}
}
