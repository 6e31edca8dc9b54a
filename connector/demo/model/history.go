package model

import (
	"hash/fnv"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// History is who made an object of Unity Catalog and who changed it last, and when.
type History struct {
	CreatedBy, UpdatedBy string
	Created, Updated     time.Time
}

// change is the last change of an object: when, by whom, and who had made the object.
type change struct {
	at        time.Time
	by, maker string
	made      time.Time // zero of what the world began with
}

// History gives the history of an object. What the world began with was made at some time in the two years before, which follows from its
// name, by its owner or by somebody in the group that owns it.
func (w *World) History(on unity.Securable) History {
	w.mu.RLock()
	defer w.mu.RUnlock()
	on = on.ForGrants()
	o, err := w.object(on)
	if err != nil {
		return History{}
	}
	changed, ok := w.changes[on]
	maker := changed.maker
	if !ok {
		maker = w.maker(o.owner)
	}
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(on.FullName())) // it never fails
	made := w.began.Add(-time.Duration(hash.Sum32()%uint32(2*365*24*60*60)) * time.Second)
	h := History{CreatedBy: maker, UpdatedBy: maker, Created: made, Updated: made}
	if ok {
		h.UpdatedBy, h.Updated = changed.by, changed.at
	}
	if !changed.made.IsZero() {
		h.Created = changed.made
	}
	return h
}

// noteChange notes that by changes an object. It is called before the owner changes.
func (w *World) noteChange(by *Principal, on unity.Securable, owner string) {
	before, ok := w.changes[on]
	if !ok {
		before.maker = w.maker(owner)
	}
	w.changes[on] = change{at: w.clock.Now(), by: by.Name, maker: before.maker, made: before.made}
}

// noteMade notes that by has made an object just now.
func (w *World) noteMade(by *Principal, on unity.Securable) {
	w.changes[on] = change{at: w.clock.Now(), by: by.Name, maker: by.Name, made: w.clock.Now()}
}

// maker is who made what an owner owns: groups make nothing, so it is the first in them who is none.
func (w *World) maker(owner string) string {
	name := owner
	for range maxNesting {
		p, ok := w.principal(name)
		if !ok || p.Kind != Group {
			return name
		}
		members := w.members(p)
		if len(members) == 0 {
			break
		}
		i := max(slices.IndexFunc(members, func(m *Principal) bool { return m.Kind != Group }), 0)
		name = members[i].Name
	}
	return owner
}
