package grants_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// What a list of all grants gives to a group is missing only of somebody whose groups are all known.
func TestAGroupThatMayBeOnesOwnIsNoProofOfAMissingPrivilege(t *testing.T) {
	assets := grants.Schema(schema(t, "inventory", "assets"))
	need := []grants.Need{{Privilege: connector.Select, On: assets}}
	for _, c := range []struct {
		who            grants.Who
		holder, says   string
		held, complete bool
	}{
		{grants.Self(draftt), "analysts", "it does not show whether the principal is in analysts", false, false},
		{grants.Known(draftt, nil), "analysts", "", false, true},
		{grants.Self(draftt), "maria@contoso.example", "", false, false},
		{grants.Self(draftt), "c2a4d9b6-1e37-4b80-9f6d-50e8a7c3d914", "", false, false},
		{grants.Self(draftt), "Account Users", "", true, false},
		{grants.Self(draftt), applicationID, "", true, false},
	} {
		view := grants.View{Object: assets, Owner: remote("maria@contoso.example"), Sight: grants.Full, Everybody: true, Grants: []connector.Grant{{Principal: remote(c.holder), Privilege: connector.Select}}}
		found := grants.Diff(need, []grants.View{view}, c.who, false)
		line := append(found.Have, found.Missing...)[0]
		if line.Held() != c.held || line.Unknown != c.says {
			t.Errorf("%s: %+v", c.holder, line)
		}
	}
}

// A privilege that the rules of access do not know is had by its own name, and gives nothing else.
func TestAPrivilegeThatNobodyKnowsIsHeldByItsName(t *testing.T) {
	assets := grants.Schema(schema(t, "inventory", "assets"))
	view := grants.View{Object: assets, Owner: remote("somebody"), Sight: grants.Full, Everybody: true, Grants: []connector.Grant{
		{Principal: remote("inner"), Privilege: "A_NEW_ONE"}, {Principal: remote("strangers"), Privilege: "A_NEW_ONE"}, {Principal: draftt.Name, Privilege: connector.AllPrivileges},
	}}
	needs := []grants.Need{{Privilege: "A_NEW_ONE", On: assets}, {Privilege: "ANOTHER", On: assets}, {Privilege: connector.Select, On: assets}}
	found := grants.Diff(needs, []grants.View{view}, grants.Known(draftt, groupsOfDraftt), false)
	if len(found.Have) != 2 || len(found.Have[0].Origins) != 1 || found.Have[0].Origins[0].String() != "group inner" || len(found.Missing) != 1 {
		t.Errorf("have %+v, missing %+v", found.Have, found.Missing)
	}
	if o := found.Have[1].Origins[0]; !o.All || o.String() != "direct, ALL PRIVILEGES" {
		t.Errorf("SELECT comes from %+v", o)
	}
}

// Where a right comes from is named in the order in which a person looks: the principal before its groups, the object before what it is in, and of equals
// the one that the workspace names first.
func TestTheOriginsOfAPrivilegeStandInTheirOrder(t *testing.T) {
	assets := grants.Schema(schema(t, "inventory", "assets"))
	above := func(to string) connector.Grant {
		return connector.Grant{Principal: remote(to), Privilege: connector.Select, InheritedFrom: remote("inventory"), InheritedType: connector.CatalogType}
	}
	view := grants.View{Object: assets, Owner: remote("outer"), Sight: grants.Full, Everybody: true, Grants: []connector.Grant{
		above("account users"), above("outer"), {Principal: remote("inner"), Privilege: connector.Select}, above(applicationID), {Principal: remote("account users"), Privilege: connector.Select},
	}}
	found := grants.Diff([]grants.Need{{Privilege: connector.Select, On: assets}}, []grants.View{view}, grants.Known(draftt, groupsOfDraftt), false)
	var got []string
	for _, o := range found.Have[0].Origins {
		got = append(got, o.String())
	}
	want := []string{
		"inherited from catalog inventory", "group inner", "group account users", "group account users, inherited from catalog inventory",
		"group outer through inner, inherited from catalog inventory",
	}
	for i := range want {
		if len(got) != len(want) || got[i] != want[i] {
			t.Fatalf("got %q", got)
		}
	}
}

func TestWhoUsesAWarehouse(t *testing.T) {
	admin := draftt
	admin.Groups = []connector.Remote{remote("admins")}
	for _, c := range []struct {
		who         grants.Who
		level       string
		is, unknown bool
	}{
		{grants.Self(draftt), grants.CanView, false, true}, {grants.Self(draftt), grants.CanUse, true, false}, {grants.Self(draftt), "CAN_MONITOR", true, false},
		{grants.Self(admin), grants.CanView, true, false}, {grants.Self(draftt), "", false, true}, {grants.Known(draftt, nil), grants.CanView, false, true},
	} {
		if is, unknown := c.who.Uses("w", c.level); is != c.is || unknown != c.unknown {
			t.Errorf("with %q: %t, unknown %t", c.level, is, unknown)
		}
	}
	for _, c := range []struct {
		who         grants.Who
		is, unknown bool
	}{{grants.Self(draftt), false, true}, {grants.Known(draftt, nil), false, false}, {grants.Self(admin), true, false}, {grants.Self(connector.Principal{}), false, true}} {
		if _, is, unknown := c.who.Admin(); is != c.is || unknown != c.unknown {
			t.Errorf("%+v is an admin: %t, unknown %t", c.who, is, unknown)
		}
	}
}
