package model

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// drafts is a folder that grows, which a group may read.
var drafts = Thing{Kind: Folders, ID: "77", Path: "/Shared/drafts", Access: map[string]Level{"readers": CanRead}}

// planted is a world in which one folder grows.
func planted(t *testing.T) *World {
	t.Helper()
	w, _ := company(t)
	w.Plant(Grove{
		In: func(folder string) []Thing {
			if folder == "/Shared" {
				return []Thing{drafts}
			}
			return nil
		},
		At:   func(path string) (Thing, bool) { return drafts, path == drafts.Path },
		Find: func(kind ControlledKind, id string) (Thing, bool) { return drafts, kind == Folders && id == drafts.ID },
	})
	return w
}

func TestNothingIsPutWhereSomethingGrows(t *testing.T) {
	w := planted(t)
	if err := w.AddThing(Thing{Kind: registry.Notebooks, ID: "78", Path: drafts.Path}); err == nil {
		t.Error("there are two things at one path")
	}
	must(t, w.AddThing(Thing{Kind: registry.Notebooks, ID: "78", Path: drafts.Path + "-2"}))
	inside, err := w.In(principal(t, w, "workspace-admin"), "/Shared")
	if err != nil || len(inside) != 2 || inside[0].ID != drafts.ID || inside[1].ID != "78" {
		t.Errorf("in the folder there is %+v, %v", inside, err)
	}
}
