package connector

import (
	"strings"
)

// OwnerCell names the owner of a place, or is empty where it is not shown.
func OwnerCell(owner Remote) string {
	if owner.Raw() == "" {
		return ""
	}
	return "owner " + owner.String()
}

// CatalogCell says what is known of a catalog from the list alone. hive_metastore always lists, whatever is granted in it.
func CatalogCell(c Catalog) string {
	if c.Name.Raw() == HiveMetastore {
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
func CatalogPlace(c Catalog) string {
	return OwnerCell(c.Owner) + ", " + strings.Trim(CatalogCell(c), "✓✗· ")
}

// SchemaPlace is the owner of a schema, and how it may be used.
func SchemaPlace(s Schema) string {
	return OwnerCell(s.Owner) + ", " + strings.Trim(SeenCell(s.BrowseOnly), "✓✗ ")
}
