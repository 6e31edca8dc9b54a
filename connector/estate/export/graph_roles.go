package export

import (
	"encoding/json"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// places makes nodes of the account and of the workspace, on which roles are held, where rows of them make none.
func (c *charting) places() {
	var at estate.Place
	if known, err := c.run.Fact("place", &at); err != nil || !known || c.only != nil {
		return // of a part, who is left is known by the rows alone
	}
	if at.Account != "" {
		c.account = "account/" + at.Account
		c.put(node{ID: aliasPath(c.account), Kinds: []string{"DatabricksAccount", sourceKind}, Properties: map[string]any{"name": aliasPath(at.Account)}})
	}
	if at.Workspace == "" {
		return
	}
	c.workspace = "workspaces/" + at.Workspace
	if _, listed, err := c.run.Row("workspaces", at.Workspace); err == nil && !listed {
		c.put(node{ID: aliasPath(c.workspace), Kinds: []string{"DatabricksWorkspace", sourceKind}, Properties: map[string]any{"name": aliasPath(at.Workspace)}})
	}
}

// roles are the edges from who has a role, to what it is held on: the account, a group, a service principal, or the workspace.
func (c *charting) roles() {
	holds := func(start, role, end string) {
		if c.known[start] && end != "" {
			c.link("Databricks"+camel(role), start, end, nil)
		}
	}
	for _, kind := range []string{"user-roles", "group-roles", "service-principal-roles"} {
		c.each(kind, func(row store.Row) {
			var held struct{ Value, Of string }
			if json.Unmarshal([]byte(row.Body), &held) == nil {
				holds(c.nodes[held.Of], held.Value, c.account)
			}
		})
	}
	for _, kind := range []string{"account-roles", "group-rules", "service-principal-rules"} {
		c.each(kind, func(row store.Row) {
			var rule struct{ Role, Principal string }
			if json.Unmarshal([]byte(row.Body), &rule) != nil {
				return
			}
			end := c.account
			if kind != "account-roles" {
				end = c.nodes[row.Parent]
			}
			word, name, _ := strings.Cut(rule.Principal, "/")
			holds(map[string]string{"users": "user", "groups": "group", "servicePrincipals": "service_principal"}[word]+"/"+name, strings.TrimPrefix(rule.Role, "roles/"), end)
		})
	}
	c.each("workspace-assignments", func(row store.Row) {
		var given struct{ Permissions []string }
		if json.Unmarshal([]byte(row.Body), &given) != nil {
			return
		}
		for _, p := range given.Permissions {
			holds(c.nodes[row.ID], "workspace_"+strings.ToLower(p), c.workspace)
		}
	})
}

// camel makes ServicePrincipalUser of servicePrincipal.user, and AccountAdmin of account_admin.
func camel(role string) string {
	var out strings.Builder
	for word := range strings.FieldsFuncSeq(role, func(r rune) bool { return r == '.' || r == '_' || r == '-' || r == '/' || r == ' ' }) {
		out.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return out.String()
}
