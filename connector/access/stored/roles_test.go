package stored_test

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// closed refuses what the account is asked for some fields of the principals of a kind.
type closed struct {
	estate.Asker
	path, field string
}

func (c closed) Ask(ctx context.Context, method, path string, query url.Values, body []byte) ([]byte, error) {
	if strings.Contains(path, "/accounts/") && strings.HasSuffix(path, c.path) && slices.Contains(strings.Split(query.Get("attributes"), ","), c.field) {
		return nil, &workspace.ReadError{Status: http.StatusForbidden, Code: "PERMISSION_DENIED", Message: "only for others"}
	}
	return c.Asker.Ask(ctx, method, path, query, body)
}

// TestARoleOfAGroupIsThatOfWhoIsInAGroupInIt asks about somebody two groups away from the role, with and without what leads there.
func TestARoleOfAGroupIsThatOfWhoIsInAGroupInIt(t *testing.T) {
	c := founded(t)
	const dora = "dora@contoso.example"
	c.world.AddPrincipal(model.Principal{Kind: model.Group, ID: "770001", Name: "platform-owners", Unassigned: true, AccountRoles: []string{model.AccountAdminRole}})
	c.world.AddPrincipal(model.Principal{Kind: model.Group, ID: "770002", Name: "platform-oncall", Unassigned: true, MemberOf: []string{"platform-owners"}})
	c.world.AddPrincipal(model.Principal{Kind: model.User, ID: "770003", Name: dora, Active: true, MemberOf: []string{"platform-oncall", model.WorkspaceUsers}})
	for name, is := range map[string]struct {
		before []func(estate.Asker) estate.Asker
		want   access.Verdict
	}{
		"all is collected":            {nil, access.Yes},
		"the roles of groups are not": {[]func(estate.Asker) estate.Asker{func(a estate.Asker) estate.Asker { return closed{a, "/Groups", "roles"} }}, access.Unknown},
		"the groups are not":          {[]func(estate.Asker) estate.Asker{func(a estate.Asker) estate.Asker { return closed{a, "/Groups", "externalId"} }}, access.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			f, in, err := stored.Read(c.taken(t, c.Admin(), c.AccountAdmin(), is.before...), access.Table())
			if err != nil {
				t.Fatal(err)
			}
			who, err := f.Find(in, dora)
			if err != nil {
				t.Fatal(err)
			}
			a, err := f.Can(who, "account-identities", in)
			if err != nil || a.Verdict != is.want {
				t.Errorf("%s: %v, %v", f.SayAbility(who, a), a.Verdict, err)
			}
			const way = "dora@contoso.example → group platform-oncall → group platform-owners → "
			if said := f.SayAbility(who, a); is.want == access.Yes && (len(said.Because) != 1 || !strings.Contains(said.Because[0], way)) {
				t.Errorf("the path is %q", said.Because)
			}
		})
	}
}

// local answers as a workspace does that takes nobody from the account.
type local struct{ estate.Asker }

func (l local) Ask(ctx context.Context, method, path string, query url.Values, body []byte) ([]byte, error) {
	if strings.HasSuffix(path, "/preview/permissionassignments") {
		return nil, &workspace.ReadError{Status: http.StatusBadRequest, Code: "FEATURE_DISABLED", Message: "Identity federation is not enabled for this workspace."}
	}
	return l.Asker.Ask(ctx, method, path, query, body)
}

// TestInAWorkspaceOfItsOwnEverybodyIsInIt has a workspace without assignments, in which nobody is said to be kept out for that.
func TestInAWorkspaceOfItsOwnEverybodyIsInIt(t *testing.T) {
	c := founded(t)
	f, in, err := stored.Read(c.taken(t, c.Admin(), c.AccountAdmin(), func(a estate.Asker) estate.Asker { return local{a} }), access.Table())
	if err != nil {
		t.Fatal(err)
	}
	if met := c.told(t, f, in, true); met[access.Yes] == 0 || met[access.No] == 0 {
		t.Errorf("it met only %v", met)
	}
}
