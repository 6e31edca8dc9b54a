package estate

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// AliasKind is of which kind the rows of a kind are for those who look on while the screen is shared.
func AliasKind(kind string) connector.Kind {
	switch strings.TrimPrefix(kind, "workspace-") {
	case "users", "me":
		return connector.KindUser
	case "groups":
		return connector.KindGroup
	case "service-principals":
		return connector.KindSP
	case "catalogs", IsolatedCatalogs:
		return connector.KindCatalog
	case "schemas":
		return connector.KindSchema
	case "tables":
		return connector.KindTable
	case "warehouses":
		return connector.KindWarehouse
	}
	return connector.KindName
}
