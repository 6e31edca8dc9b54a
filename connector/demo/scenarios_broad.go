package demo

import (
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// broadScenarios read what they should, and could do more than read.
func broadScenarios() []Scenario {
	want := Want{stageReadOnly, tooBroad, "beyond-read-only", 50}
	beside := func(p unity.Privilege) []Grant {
		return append(onAssets(unity.UseSchema, unity.Select), Grant{unity.OnSchema("inventory", "assets"), []unity.Privilege{p}})
	}
	return []Scenario{
		{
			ID: "may-write", Title: "MODIFY was granted as well",
			Story: "The connector reads its tables, and could change them.",
			Want:  want, Grants: beside(unity.Modify),
		},
		{
			ID: "all-privileges", Title: "ALL PRIVILEGES were granted",
			Story: "Somebody granted everything on the schema to be done with it.",
			Want:  want, Grants: beside(unity.AllPrivileges),
		},
		{
			ID: "may-grant", Title: "MANAGE was granted as well",
			Story: "The connector could give others, and itself, any privilege on the schema.",
			Want:  want, Grants: beside(unity.Manage),
		},
		{
			ID: "table-owner", Title: "The connector owns a table",
			Story: "One of the chosen tables belongs to the connector, which may do with it what it likes.",
			Want:  want, Grants: assetsGrants, Owned: []string{"components"},
		},
		{
			ID: "metastore-admin", Title: "The connector is a metastore admin",
			Story: "The connector is a member of the group that owns the metastore, and may grant itself anything.",
			Want:  want, Grants: assetsGrants, Standing: Standing{MemberOf: []string{metastoreAdmins}},
		},
		{
			ID: "workspace-admin", Title: "The connector is a workspace admin",
			Story: "The connector is a member of the workspace group admins.",
			Want:  want, Grants: assetsGrants, Standing: Standing{MemberOf: []string{model.Admins}},
		},
	}
}
