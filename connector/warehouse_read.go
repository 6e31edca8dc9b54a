package connector

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

var (
	warehouseSetting = settingOf(`http[_ -]?path|path|warehouse|warehouse[_ -]?id|warehouse[_ -]?name|id|name`)
	// warehousePath is where the ID stands in an HTTP path, the address of a driver and that of the warehouse's page.
	warehousePath = pattern.New(`(?i)(?:warehouses|endpoints)/([0-9a-f][0-9a-f-]{3,40})(?:$|[/?#;&"'()\s])`)
	clusterPath   = pattern.New(`(?i)(?:^|[/=\s])sql/protocolv\d/`)
)

// WarehouseGiven is how a person named a SQL warehouse. Text is its ID, or a name: what is no address may be either.
type WarehouseGiven struct {
	Text string
	ID   WarehouseID // empty where Text may be a name
}

// ParseWarehouse reads what a person names a SQL warehouse by: an ID, an HTTP path, the address of a driver or of the warehouse's page, a
// line of a settings file, or a name. It returns an *Error of kind ErrInput for nothing at all, for the path of a cluster, and, as an
// ErrStray too, for a secret that is not part of an address. What it read is noted for share mode.
func ParseWarehouse(input string) (WarehouseGiven, error) {
	if at := warehousePath().FindStringSubmatch(strings.Map(visibly, input)); at != nil {
		id := WarehouseID(lowerASCII(at[1]))
		Known().Note(KindWarehouse, string(id))
		return WarehouseGiven{Text: string(id), ID: id}, nil
	}
	if clusterPath().MatchString(input) {
		return WarehouseGiven{}, &Error{
			Kind: ErrInput, What: "This is the path of a cluster.",
			Remedy: "Draftt reads through a SQL warehouse: the path of one begins with /sql/1.0/warehouses/.",
		}
	}
	if err := RefuseStray(input, "the SQL warehouse"); err != nil {
		return WarehouseGiven{}, err
	}
	text := unwrapped(input, warehouseSetting)
	if id := lowerASCII(text); warehouseForm().MatchString(id) || uuidForm().MatchString(id) {
		Known().Note(KindWarehouse, id)
		return WarehouseGiven{Text: id, ID: WarehouseID(id)}, nil
	}
	if text == "" {
		return WarehouseGiven{}, &Error{Kind: ErrInput, What: "The SQL warehouse is empty.", Remedy: "Give its ID, its HTTP path or its name."}
	}
	Known().Note(KindWarehouse, text) // it is quoted where nothing is named so
	return WarehouseGiven{Text: text}, nil
}

// Is reports whether a warehouse is the one that was named: by its ID, or letter by letter by its name.
func (g WarehouseGiven) Is(w Warehouse) bool {
	return strings.EqualFold(string(w.ID), g.Text) || w.Name.raw == g.Text
}
