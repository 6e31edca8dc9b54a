package model

import (
	"maps"
	"slices"
)

// AccessEntry is one line of an access control list.
type AccessEntry struct {
	Principal *Principal
	Level     Level
	From      []string // the objects that it is inherited from: folders, or for workspace admins the list above all of its kind
}

// Inherited reports whether the entry is that of something above.
func (e AccessEntry) Inherited() bool { return len(e.From) > 0 }

// entries writes a list out, by name, with the group admins at the end. What a principal has itself comes before what it inherits.
func (w *World) entries(c Controlled, list acl) []AccessEntry {
	var out []AccessEntry
	inherited := w.inherited(c)
	names := slices.AppendSeq(slices.Collect(maps.Keys(list)), maps.Keys(inherited))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		p, ok := w.principal(name)
		if !ok {
			continue
		}
		if level := list[name]; level > NoAccess {
			out = append(out, AccessEntry{Principal: p, Level: level})
		}
		for _, level := range slices.Backward(slices.Sorted(maps.Keys(inherited[name]))) {
			out = append(out, AccessEntry{Principal: p, Level: level, From: inherited[name][level]})
		}
	}
	row, _ := c.Kind.Row()
	if admins, ok := w.principal(Admins); ok && !row.AdminsListed {
		out = append(out, AccessEntry{Principal: admins, Level: CanManage, From: w.adminsInherit(c)})
	}
	return out
}

// inherited gives, by principal and level, the folders above something that have it in their lists, the nearest first.
func (w *World) inherited(c Controlled) map[string]map[Level][]string {
	out := map[string]map[Level][]string{}
	for _, folder := range w.above(c) {
		row, _ := folder.Kind.Row()
		list, _ := w.accessList(folder)
		for name, level := range list {
			if out[name] == nil {
				out[name] = map[Level][]string{}
			}
			out[name][level] = append(out[name][level], row.Object+folder.ID)
		}
	}
	return out
}

// above gives what hands its list down to something: the folders that it lies in, the innermost first, or the object above all of its kind.
func (w *World) above(c Controlled) []Controlled {
	if row, _ := c.Kind.Row(); row.Root != "" && c.ID != row.Root {
		return []Controlled{{Kind: c.Kind, ID: row.Root}}
	}
	return w.tree.above(c)
}

// adminsInherit is what the group admins has its level from: the root of the folders, or what is above all of the kind.
func (w *World) adminsInherit(c Controlled) []string {
	row, _ := c.Kind.Row()
	if above := w.tree.above(c); len(above) > 0 {
		root := above[len(above)-1]
		folders, _ := root.Kind.Row()
		return []string{folders.Object + root.ID}
	}
	if row.InheritsFrom == "" || row.Root != "" && c.ID == row.Root {
		return nil
	}
	return []string{row.InheritsFrom}
}
