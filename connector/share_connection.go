package connector

import "strings"

// Note tells share mode every value that a connection holds, so that a saved one has aliases before anything of it is shown.
func (c Connection) Note() {
	Note(KindConnection, c.Name)
	Note(KindHost, c.Host.name)
	Note(KindWorkspace, string(c.Host.workspaceID))
	kind := KindSP
	if c.Credentials.Method == PAT && !c.Principal.IsServicePrincipal() {
		kind = KindUser
	}
	Note(kind, string(c.Credentials.ClientID), c.Principal.Name.raw, c.Principal.DisplayName.raw, string(c.Principal.ID))
	for _, group := range c.Principal.Groups {
		Note(KindGroup, group.raw)
	}
	Note(KindWarehouse, c.Warehouse.Name.raw, string(c.Warehouse.ID), c.Warehouse.HTTPPath[strings.LastIndex(c.Warehouse.HTTPPath, "/")+1:])
	Note(KindCatalog, c.Schema.Catalog.raw)
	Note(KindSchema, c.Schema.Schema.raw)
	for _, table := range c.Tables {
		Note(KindCatalog, table.Catalog.raw)
		Note(KindSchema, table.Schema.raw)
		Note(KindTable, table.Table.raw)
	}
}
