package setup

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// OwnerCell names the owner of a place, or is empty where it is not shown.
func OwnerCell(owner connector.Remote) string {
	if owner.Raw() == "" {
		return ""
	}
	return "owner " + owner.String()
}

// CatalogCell says what is known of a catalog from the list alone. hive_metastore always lists, whatever is granted in it.
func CatalogCell(c connector.Catalog) string {
	if c.Name.Raw() == connector.HiveMetastore {
		return "· legacy"
	}
	return SeenCell(c.BrowseOnly)
}

// SeenCell says how a place that was listed may be used, with its mark.
func SeenCell(browseOnly bool) string {
	if browseOnly {
		return "✗ metadata only"
	}
	return "✓ usable"
}

// CatalogPlace is the owner of a catalog, and how it may be used.
func CatalogPlace(c connector.Catalog) string {
	return OwnerCell(c.Owner) + ", " + strings.Trim(CatalogCell(c), "✓✗· ")
}

// SchemaPlace is the owner of a schema, and how it may be used.
func SchemaPlace(s connector.Schema) string {
	return OwnerCell(s.Owner) + ", " + strings.Trim(SeenCell(s.BrowseOnly), "✓✗ ")
}
