package model

import (
	"fmt"
	"slices"
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
		Names: func(principal string) bool {
			_, named := drafts.Access[principal]
			return named
		},
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

// TestWhatGrowsFollowsTheNamesOfThoseInItsLists renames a group twice, lets another one have its first name, and deletes both.
func TestWhatGrowsFollowsTheNamesOfThoseInItsLists(t *testing.T) {
	w := planted(t)
	admin := principal(t, w, "workspace-admin")
	rename := func(from, to string) {
		_, err := w.InWorkspace().Edit(admin, Group, entryOf(t, w, from), func(d *Draft) error { d.Name = to; return nil })
		must(t, err)
	}
	reads := func(who string) bool {
		_, err := w.At(principal(t, w, who), drafts.Path)
		return err == nil
	}
	listed := func() (names []string) {
		entries, err := w.AccessList(admin, drafts.on())
		must(t, err)
		for _, e := range entries {
			if !e.Inherited() {
				names = append(names, e.Principal.Name)
			}
		}
		return names
	}
	if !reads("reader") || !slices.Equal(listed(), []string{"readers"}) {
		t.Fatalf("before anything: it is read %t, and for %q", reads("reader"), listed())
	}
	rename("readers", "viewers")
	rename("viewers", "watchers")
	w.AddPrincipal(Principal{Kind: Group, ID: "9", Name: "readers"})
	w.AddPrincipal(Principal{Kind: User, ID: "10", Name: "late", Active: true, MemberOf: []string{"readers"}})
	if !reads("reader") || reads("late") || !slices.Equal(listed(), []string{"watchers"}) {
		t.Errorf("renamed: it is read %t, by whoever has its old name %t, and for %q", reads("reader"), reads("late"), listed())
	}
	must(t, w.InWorkspace().Delete(admin, Group, entryOf(t, w, "watchers")))
	if reads("reader") || len(listed()) != 0 {
		t.Errorf("deleted: it is read %t, and for %q", reads("reader"), listed())
	}
	rename("readers", "watchers")
	if reads("late") || len(listed()) != 0 {
		t.Errorf("another one by its name reads it %t, and it is for %q", reads("late"), listed())
	}
}

// TestOnlyNamesThatAGroveKnowsAreRemembered lets many come, be renamed and go, whom nothing that grows has in its list.
func TestOnlyNamesThatAGroveKnowsAreRemembered(t *testing.T) {
	w := planted(t)
	admin := principal(t, w, "workspace-admin")
	rename := func(from, to string) {
		t.Helper()
		_, err := w.InWorkspace().Edit(admin, Group, entryOf(t, w, from), func(d *Draft) error { d.Name = to; return nil })
		must(t, err)
	}
	for i := range 50 {
		name := fmt.Sprintf("team-%d", i)
		w.AddPrincipal(Principal{Kind: Group, ID: fmt.Sprint(1000 + i), Name: name})
		rename(name, name+"-once")
		rename("readers", "readers-for-now")
		rename("readers-for-now", "readers")
		must(t, w.InWorkspace().Delete(admin, Group, entryOf(t, w, name+"-once")))
	}
	if len(w.tree.fates) != 1 {
		t.Errorf("%d names are remembered", len(w.tree.fates))
	}
	if _, err := w.At(principal(t, w, "reader"), drafts.Path); err != nil {
		t.Errorf("who has the first name again: %v", err)
	}
}
