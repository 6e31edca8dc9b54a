package model

import "strings"

// Privilege is a Unity Catalog privilege, or one of the three that only the legacy catalog knows.
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
	Usage
	ReadMetadata
	privilegeCount
)

// privileges says how each privilege is written in SQL and on which kinds of object it can be granted, after the Unity Catalog
// privileges reference.
var privileges = [privilegeCount]struct {
	sql string
	on  []Kind
}{
	UseCatalog:        {"USE CATALOG", []Kind{CatalogKind}},
	UseSchema:         {"USE SCHEMA", []Kind{CatalogKind, SchemaKind}},
	Select:            {"SELECT", []Kind{CatalogKind, SchemaKind, TableKind}},
	Modify:            {"MODIFY", []Kind{CatalogKind, SchemaKind, TableKind}},
	Browse:            {"BROWSE", []Kind{CatalogKind}},
	Manage:            {"MANAGE", []Kind{CatalogKind, SchemaKind, TableKind}},
	AllPrivileges:     {"ALL PRIVILEGES", []Kind{CatalogKind, SchemaKind, TableKind}},
	ExternalUseSchema: {"EXTERNAL USE SCHEMA", []Kind{CatalogKind, SchemaKind}},
	ApplyTag:          {"APPLY TAG", []Kind{CatalogKind, SchemaKind, TableKind}},
	Execute:           {"EXECUTE", []Kind{CatalogKind, SchemaKind}},
	ReadVolume:        {"READ VOLUME", []Kind{CatalogKind, SchemaKind}},
	WriteVolume:       {"WRITE VOLUME", []Kind{CatalogKind, SchemaKind}},
	Refresh:           {"REFRESH", []Kind{CatalogKind, SchemaKind, TableKind}},
	CreateCatalog:     {"CREATE CATALOG", []Kind{MetastoreKind}},
	CreateSchema:      {"CREATE SCHEMA", []Kind{CatalogKind}},
	CreateTable:       {"CREATE TABLE", []Kind{CatalogKind, SchemaKind}},
	Usage:             {"USAGE", nil},
	ReadMetadata:      {"READ_METADATA", nil},
}

// legacyPrivileges are what table access control in the legacy catalog knows, after the reference of Hive metastore privileges.
var legacyPrivileges = setOf(Usage, Select, Modify, ReadMetadata, AllPrivileges)

// ParsePrivilege reads a privilege in either spelling, "USE CATALOG" or "USE_CATALOG", in any case.
// It returns an INVALID_PARAMETER_VALUE *Error for a word that is none.
func ParsePrivilege(text string) (Privilege, error) {
	want := strings.ReplaceAll(strings.ToUpper(strings.TrimSpace(text)), "_", " ")
	for p := range privilegeCount {
		if strings.ReplaceAll(privileges[p].sql, "_", " ") == want {
			return p, nil
		}
	}
	return 0, invalidParameter("%q is not a privilege.", text)
}

// SQL is the spelling of GRANT statements and error texts, for example "USE CATALOG".
func (p Privilege) SQL() string { return privileges[p].sql }

// REST is the spelling of the REST API, for example "USE_CATALOG".
func (p Privilege) REST() string { return strings.ReplaceAll(privileges[p].sql, " ", "_") }

// appliesTo reports whether the privilege can be granted on objects of this kind.
func (p Privilege) appliesTo(k Kind) bool {
	for _, on := range privileges[p].on {
		if on == k {
			return true
		}
	}
	return false
}

// privilegeSet is a set of privileges as bits.
type privilegeSet uint32

func setOf(list ...Privilege) privilegeSet {
	var s privilegeSet
	for _, p := range list {
		s |= 1 << p
	}
	return s
}

func (s privilegeSet) has(p Privilege) bool { return s&(1<<p) != 0 }

// beyondAll are the privileges that ALL PRIVILEGES does not stand for.
var beyondAll = setOf(Manage, ExternalUseSchema)

// implies reports whether holding the set amounts to holding p: ALL PRIVILEGES is expanded when it is checked, not when it is granted.
func (s privilegeSet) implies(p Privilege) bool {
	return s.has(p) || s.has(AllPrivileges) && !beyondAll.has(p)
}

// list gives the members in the order of the constants.
func (s privilegeSet) list() []Privilege {
	var out []Privilege
	for p := range privilegeCount {
		if s.has(p) {
			out = append(out, p)
		}
	}
	return out
}
