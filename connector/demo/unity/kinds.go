package unity

import (
	"slices"
	"strings"
)

// words are nouns of which SHOW GRANTS shows the first.
func words(first string, others ...string) []Noun {
	nouns := []Noun{{first, strings.ReplaceAll(first, " ", "_")}}
	for _, other := range others {
		nouns = append(nouns, Noun{other, nouns[0].Shown})
	}
	return nouns
}

// Privileges that objects of many kinds take.
var (
	readsSchemas = []Privilege{Select, Modify, Execute, ReadVolume, WriteVolume, Refresh, ExternalUseSchema, ApplyTag, Manage, AllPrivileges}
	makesInside  = []Privilege{CreateTable, CreateFunction, CreateMaterializedView, CreateModel, CreateModelVersion, CreateVolume}
	ofMetastore  = []Privilege{
		CreateCatalog, CreateCleanRoom, CreateConnection, CreateExternalLocation, CreateExternalMetadata, CreateProvider, CreateRecipient, CreateShare,
		CreateServiceCredential, CreateStorageCredential, ManageAllowlist, SetSharePermission, UseMarketplaceAssets, UseProvider, UseRecipient, UseShare,
	}
)

// Columns that many views of the information schema end with.
const (
	changeColumns    = "created timestamp, created_by string, last_altered timestamp, last_altered_by string"
	privilegeColumns = "privilege_type string, is_grantable string, inherited_from string"
)

// kinds are the rows, outermost first, after the Unity Catalog privileges reference and the descriptions of the APIs and of the information
// schema. A new kind is a row here, privileges that it alone has in privileges, and its objects in demo-objects.yaml.
var kinds = slices.Concat([]KindRow{
	{Kind: MetastoreKind, SQL: words("METASTORE"), Privileges: ofMetastore},
	{
		Kind: CatalogKind, Path: "catalogs", Parent: MetastoreKind, SQL: words("CATALOG"), Opens: UseCatalog,
		Privileges: slices.Concat([]Privilege{UseCatalog, UseSchema, Browse, CreateSchema}, readsSchemas, makesInside),
	},
	{
		Kind: SchemaKind, Path: "schemas", Parent: CatalogKind, SQL: words("SCHEMA", "DATABASE"), Opens: UseSchema,
		Privileges: slices.Concat([]Privilege{UseSchema}, readsSchemas, makesInside),
	},
	{
		Kind: TableKind, Path: "tables", Parent: SchemaKind, SQL: append(words("TABLE"), words("VIEW", "MATERIALIZED VIEW")...), Opens: Select,
		Privileges: []Privilege{Select, Modify, Manage, AllPrivileges, ApplyTag, Refresh},
	},
}, inSchemas, belowMetastore)
