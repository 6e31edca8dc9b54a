package model

import (
	"maps"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// ObjectID is the id of an object of Unity Catalog: the same one for the same name, in one metastore.
func (w *World) ObjectID(on unity.Securable) string {
	name := w.metastore.ID + "/" + on.Kind.REST() + "/" + on.FullName()
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte(name)).String()
}

// ItemDetails are the details of an item with its id and those of the objects that it refers to.
func (w *World) ItemDetails(item Item) map[string]any {
	row, _ := item.On.Kind.Row()
	details := maps.Clone(item.Details)
	if details == nil {
		details = map[string]any{}
	}
	details[row.IDField()] = w.ObjectID(item.On)
	for field, kind := range row.Refers {
		if name, ok := details[field+"_name"].(string); ok {
			details[field+"_id"] = w.ObjectID(unity.Securable{Kind: kind, Name: name})
		}
	}
	return details
}
