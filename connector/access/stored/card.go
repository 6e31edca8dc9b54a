package stored

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Card is what an inventory says of the metastore of its workspace besides who may do what with it.
type Card struct {
	Region, Cloud string
	Workspaces    []string // that have it, by name, or by number where the name was not collected
	Whole         bool     // these are all of them
}

// CardOf reads the card of a run. It is empty where the workspace has no metastore, or that was not collected. The errors are those of the store.
func CardOf(run *store.Run) (Card, error) {
	seen, err := estate.CoverageOf(run)
	if err != nil {
		return Card{}, err //nolint:wrapcheck // the store's errors have words
	}
	card, id := Card{Whole: seen.Whole("metastore-workspaces")}, ""
	for row, err := range run.Rows("metastore") {
		if err != nil {
			return Card{}, err //nolint:wrapcheck // as above
		}
		var said struct{ Region, Cloud string }
		_ = json.Unmarshal([]byte(row.Body), &said) // a body that cannot be read says nothing
		id, card.Region, card.Cloud = row.ID, said.Region, said.Cloud
	}
	for row, err := range run.Rows("metastore-workspaces") {
		if err != nil {
			return Card{}, err //nolint:wrapcheck // as above
		}
		if row.Parent != id {
			continue
		}
		named, _, err := run.Row("workspaces", row.Name)
		if err != nil {
			return Card{}, err //nolint:wrapcheck // as above
		}
		card.Workspaces = append(card.Workspaces, cmp.Or(named.Name, row.Name))
	}
	slices.Sort(card.Workspaces)
	return card, nil
}
