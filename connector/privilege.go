package connector

import "strings"

// Privilege is a Unity Catalog privilege in the spelling of the REST API, with underscores.
type Privilege string

// The privileges this product names. MODIFY changes data, so it counts as a write privilege like the CREATE family.
const (
	UseCatalog    Privilege = "USE_CATALOG"
	UseSchema     Privilege = "USE_SCHEMA"
	Select        Privilege = "SELECT"
	Browse        Privilege = "BROWSE"
	Modify        Privilege = "MODIFY"
	AllPrivileges Privilege = "ALL_PRIVILEGES"
	Manage        Privilege = "MANAGE"
	Usage         Privilege = "USAGE" // hive_metastore's legacy form of the two USE privileges
)

// SQL is the spelling of GRANT statements, with spaces.
func (p Privilege) SQL() string { return strings.ReplaceAll(string(p), "_", " ") }

// ReadOnly reports whether the privilege is one that a read-only connector may hold.
func (p Privilege) ReadOnly() bool {
	switch p {
	case UseCatalog, UseSchema, Select, Browse, Usage, "READ_METADATA":
		return true
	}
	return false
}

// SecurableType is a kind of object that privileges are granted on, in the spelling of the REST path.
type SecurableType string

// The securables of the read-only contract.
const (
	CatalogType SecurableType = "catalog"
	SchemaType  SecurableType = "schema"
	TableType   SecurableType = "table"
)

// Grant is one privilege that a principal effectively holds on an object, and where it comes from.
type Grant struct {
	Principal     Remote
	Privilege     Privilege
	InheritedFrom Remote        // full name of the object it was granted on, empty when granted on the object itself
	InheritedType SecurableType // empty when granted on the object itself
}
