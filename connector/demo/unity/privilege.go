package unity

import "strings"

// Privilege is a Unity Catalog privilege, or one of those that only the legacy catalog knows.
type Privilege uint8

// The privileges of this workspace.
const (
	UseCatalog Privilege = iota
	UseSchema
	Select
	Modify
	Browse
	Manage
	AllPrivileges
	ExternalUseSchema
	ApplyTag
	Execute
	ReadVolume
	WriteVolume
	Refresh
	CreateCatalog
	CreateSchema
	CreateTable
	CreateFunction
	CreateMaterializedView
	CreateModel
	CreateModelVersion
	CreateVolume
	CreateExternalLocation
	CreateExternalTable
	CreateExternalVolume
	CreateForeignSecurable
	CreateManagedStorage
	ExternalUseLocation
	ReadFiles
	WriteFiles
	CreateStorageCredential
	CreateServiceCredential
	CreateConnection
	UseConnection
	CreateForeignCatalog
	CreateShare
	CreateRecipient
	CreateProvider
	UseShare
	UseRecipient
	UseProvider
	SetSharePermission
	ManageAllowlist
	UseMarketplaceAssets
	CreateCleanRoom
	CreateExternalMetadata
	Usage
	ReadMetadata
	Create
	privilegeCount
)

// privileges says how each privilege is written in SQL.
var privileges = [privilegeCount]string{
	UseCatalog:              "USE CATALOG",
	UseSchema:               "USE SCHEMA",
	Select:                  "SELECT",
	Modify:                  "MODIFY",
	Browse:                  "BROWSE",
	Manage:                  "MANAGE",
	AllPrivileges:           "ALL PRIVILEGES",
	ExternalUseSchema:       "EXTERNAL USE SCHEMA",
	ApplyTag:                "APPLY TAG",
	Execute:                 "EXECUTE",
	ReadVolume:              "READ VOLUME",
	WriteVolume:             "WRITE VOLUME",
	Refresh:                 "REFRESH",
	CreateCatalog:           "CREATE CATALOG",
	CreateSchema:            "CREATE SCHEMA",
	CreateTable:             "CREATE TABLE",
	CreateFunction:          "CREATE FUNCTION",
	CreateMaterializedView:  "CREATE MATERIALIZED VIEW",
	CreateModel:             "CREATE MODEL",
	CreateModelVersion:      "CREATE MODEL VERSION",
	CreateVolume:            "CREATE VOLUME",
	CreateExternalLocation:  "CREATE EXTERNAL LOCATION",
	CreateExternalTable:     "CREATE EXTERNAL TABLE",
	CreateExternalVolume:    "CREATE EXTERNAL VOLUME",
	CreateForeignSecurable:  "CREATE FOREIGN SECURABLE",
	CreateManagedStorage:    "CREATE MANAGED STORAGE",
	ExternalUseLocation:     "EXTERNAL USE LOCATION",
	ReadFiles:               "READ FILES",
	WriteFiles:              "WRITE FILES",
	CreateStorageCredential: "CREATE STORAGE CREDENTIAL",
	CreateServiceCredential: "CREATE SERVICE CREDENTIAL",
	CreateConnection:        "CREATE CONNECTION",
	UseConnection:           "USE CONNECTION",
	CreateForeignCatalog:    "CREATE FOREIGN CATALOG",
	CreateShare:             "CREATE SHARE",
	CreateRecipient:         "CREATE RECIPIENT",
	CreateProvider:          "CREATE PROVIDER",
	UseShare:                "USE SHARE",
	UseRecipient:            "USE RECIPIENT",
	UseProvider:             "USE PROVIDER",
	SetSharePermission:      "SET SHARE PERMISSION",
	ManageAllowlist:         "MANAGE ALLOWLIST",
	UseMarketplaceAssets:    "USE MARKETPLACE ASSETS",
	CreateCleanRoom:         "CREATE CLEAN ROOM",
	CreateExternalMetadata:  "CREATE EXTERNAL METADATA",
	Usage:                   "USAGE",
	ReadMetadata:            "READ_METADATA",
	Create:                  "CREATE",
}

// legacy are what table access control in the legacy catalog knows, after the reference of Hive metastore privileges.
var legacy = SetOf(Usage, Select, Modify, ReadMetadata, Create, AllPrivileges)

// ParsePrivilege reads a privilege in either spelling, "USE CATALOG" or "USE_CATALOG", in any case.
// It returns a WordError for a word that is none.
func ParsePrivilege(text string) (Privilege, error) {
	want := strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(text)), "_", " ")
	for p := range privilegeCount {
		if strings.ReplaceAll(privileges[p], "_", " ") == want {
			return p, nil
		}
	}
	return 0, wrong("%q is not a privilege.", text)
}

// SQL is the spelling of GRANT statements and error texts, for example "USE CATALOG".
func (p Privilege) SQL() string { return privileges[p] }

// REST is the spelling of the REST API, for example "USE_CATALOG".
func (p Privilege) REST() string { return strings.ReplaceAll(privileges[p], " ", "_") }

// OfLegacy reports whether the legacy catalog knows the privilege.
func (p Privilege) OfLegacy() bool { return legacy.Has(p) }

// PrivilegeSet is a set of privileges as bits.
type PrivilegeSet uint64

// SetOf is the set of these privileges.
func SetOf(list ...Privilege) PrivilegeSet {
	var s PrivilegeSet
	for _, p := range list {
		s |= 1 << p
	}
	return s
}

// Has reports whether the privilege itself is in the set.
func (s PrivilegeSet) Has(p Privilege) bool { return s&(1<<p) != 0 }

// beyondAll are the privileges that ALL PRIVILEGES does not stand for.
var beyondAll = SetOf(Manage, ExternalUseSchema, ExternalUseLocation)

// Implies reports whether holding the set amounts to holding p: ALL PRIVILEGES is expanded when it is checked, not when it is granted.
func (s PrivilegeSet) Implies(p Privilege) bool {
	return s.Has(p) || s.Has(AllPrivileges) && !beyondAll.Has(p)
}

// List gives the members in the order of the constants.
func (s PrivilegeSet) List() []Privilege {
	var out []Privilege
	for p := range privilegeCount {
		if s.Has(p) {
			out = append(out, p)
		}
	}
	return out
}
