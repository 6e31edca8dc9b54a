package model

// Grove is what grows in the folders of the workspace and is too much to keep: it is made when somebody looks at it, and is the same each time.
// A folder that is kept may have things of the grove in it, one of the grove has nothing else. What is granted on a thing of it is kept. Who is
// in the access of what grows goes by the name from when it was planted: the world remembers what became of the names.
type Grove struct {
	// In makes what grows right in the folder at a path, in any order.
	In func(folder string) []Thing
	// At makes what grows at a path.
	At func(path string) (Thing, bool)
	// Find makes what grows under a kind and an id.
	Find func(kind ControlledKind, id string) (Thing, bool)
	// Names reports whether somebody may be in the access of what grows. What becomes of other names nobody asks, so it is not remembered.
	Names func(principal string) bool
}

// Plant puts a grove into the folders, in place of the one that there was.
func (w *World) Plant(g Grove) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.tree.grove, w.tree.fates = g, map[string]string{}
}

// renamed notes that a principal has another name, which is empty for one that is gone. A name that is free again belongs to somebody whom no
// list that grows means.
func (t tree) renamed(old, name string) {
	if t.grove.Names == nil {
		return
	}
	for first, now := range t.fates {
		if now == old {
			t.fates[first] = name
		}
	}
	if _, free := t.fates[old]; !free && t.grove.Names(old) {
		t.fates[old] = name
	}
}

// listed is the access to a thing that grows, by the names of now.
func (t tree) listed(grown Thing) acl {
	list := acl{}
	for name, level := range grown.Access {
		if now, changed := t.fates[name]; changed {
			name = now
		}
		if name != "" {
			list[name] = level
		}
	}
	return list
}

// lookup gives what lies at a path, kept or grown.
func (t tree) lookup(at string) (Thing, bool) {
	if kept, ok := t.at[at]; ok || t.grove.At == nil {
		return kept, ok
	}
	return t.grove.At(at)
}

// pathOf is where something lies, if it lies in folders.
func (t tree) pathOf(c Controlled) (string, bool) {
	if at, placed := t.path[c]; placed {
		return at, true
	}
	grown, ok := t.grown(c)
	return grown.Path, ok
}

func (t tree) grown(c Controlled) (Thing, bool) {
	if t.grove.Find == nil {
		return Thing{}, false
	}
	return t.grove.Find(c.Kind, c.ID)
}

// inside lists what lies right in a folder, in no order.
func (t tree) inside(folder string) []Thing {
	var out []Thing
	for _, at := range t.in[folder] {
		out = append(out, t.at[at])
	}
	if t.grove.In != nil {
		out = append(out, t.grove.In(folder)...)
	}
	return out
}

// accessList finds the access control list of something. That of what grows is its own from the first change on.
func (w *World) accessList(c Controlled) (acl, bool) {
	if list, kept := w.lists[c]; kept {
		return list, true
	}
	t, grows := w.tree.grown(c)
	if !grows {
		return nil, false
	}
	return w.tree.listed(t), true
}
