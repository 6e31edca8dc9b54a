package connector

import (
	"cmp"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Use is how near something that a workspace lists is to being used.
type Use uint8

// The uses, nearest first.
const (
	Usable   Use = iota // as it is
	Later               // after a start that one can make oneself
	Askable             // once somebody else has opened it
	Doubtful            // perhaps, and it is not what the documentation asks for
)

// Useful is what a listing holds and a person chooses from.
type Useful interface{ Use() Use }

// UsableFirst puts what can be used before what has to be asked for, and keeps the workspace's order otherwise.
func UsableFirst[T Useful](items []T) {
	slices.SortStableFunc(items, func(a, b T) int { return cmp.Compare(a.Use(), b.Use()) })
}

// Places that Databricks makes itself. They always list, and hold no inventory.
const (
	SystemCatalog     = "system"
	SamplesCatalog    = "samples"
	InformationSchema = "information_schema" // in every catalog of Unity Catalog
)

// Use tells from the listing alone.
func (c Catalog) Use() Use {
	switch c.Name.Raw() {
	case HiveMetastore, SystemCatalog, SamplesCatalog:
		return Doubtful
	}
	return seenUse(c.BrowseOnly)
}

// Use tells from the listing alone.
func (s Schema) Use() Use {
	if s.Name.Raw() == InformationSchema {
		return Doubtful
	}
	return seenUse(s.BrowseOnly)
}

// AskableAlone is how many of the items somebody else has to open, where that is so of all of them, and otherwise 0. The information schema
// does not count: whoever may use a catalog may use it.
func AskableAlone[T Useful](items []T) int {
	shut := 0
	for _, item := range items {
		if s, is := any(item).(Schema); is && s.Name.Raw() == InformationSchema {
			continue
		}
		if item.Use() != Askable {
			return 0
		}
		shut++
	}
	return shut
}

// Use tells from the listing alone.
func (t Table) Use() Use { return seenUse(t.BrowseOnly) }

func seenUse(browseOnly bool) Use {
	if browseOnly {
		return Askable
	}
	return Usable
}

// Use tells from type and state; whether CAN_USE holds does not show in a listing.
func (w Warehouse) Use() Use {
	switch {
	case !w.Type.Documented():
		return Doubtful
	case w.State != Running:
		return Later
	}
	return Usable
}

// workspaceAdmins is how Databricks calls the group that owns a workspace's own catalog. Nobody knows it by that name, and no dialog lists it.
var workspaceAdmins = pattern.New(`^_workspace_admins_.+_\d+$`)

// OwnerName is an owner as a person can find it: its name, or the admins of the workspace in words.
func OwnerName(owner Remote) string {
	if OwnedByAdmins(owner) {
		return "the admins of the workspace"
	}
	return owner.String()
}

// OwnedByAdmins reports whether an owner stands for the admins of a workspace.
func OwnedByAdmins(owner Remote) bool { return workspaceAdmins().MatchString(owner.raw) }

// OwnerCell names the owner of a place, or is empty where it is not shown.
func OwnerCell(owner Remote) string {
	if owner.Raw() == "" {
		return ""
	}
	return "owner " + OwnerName(owner)
}

// CatalogCell says what is known of a catalog from the list alone. hive_metastore always lists, whatever is granted in it.
func CatalogCell(c Catalog) string {
	if c.Name.Raw() == HiveMetastore {
		return "· legacy"
	}
	return SeenCell(c.BrowseOnly)
}

// NeedsGrant is said of a place or a table that is seen and cannot be used.
const NeedsGrant = "needs a grant"

// SeenCell says how a place that was listed may be used, with its mark.
func SeenCell(browseOnly bool) string {
	if browseOnly {
		return "✗ " + NeedsGrant
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

// BestWarehouse is the one that serves best: documented before classic, running before stopped.
func BestWarehouse(list []Warehouse) Warehouse {
	if len(list) == 0 {
		return Warehouse{}
	}
	list = slices.Clone(list)
	UsableFirst(list)
	return list[0]
}
