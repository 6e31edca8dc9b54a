package estate

import (
	"encoding/json"
	"iter"
	"maps"
	"reflect"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Change is what is different of one thing in a later run.
type Change struct {
	What     What     `json:"change"`
	Kind     string   `json:"kind"`
	ID       string   `json:"id"`
	Name     string   `json:"name,omitempty"`
	Fields   []string `json:"fields,omitempty"` // that differ, of what changed
	Old, New string   `json:"-"`                // the bodies
}

// What happened to a thing.
type What string

// What happens. That something is gone, or new, is concluded from whole listings alone: from a part follows no more than that it is not seen,
// or seen for the first time.
const (
	Added       What = "added"
	Removed     What = "removed"
	Changed     What = "changed"
	NewlySeen   What = "seen now"
	NoLongerSee What = "not seen now"
)

// Diff goes through what is different in a later run, kind by kind. It ends at the first error.
func Diff(before, after *store.Run) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		was, err := CoverageOf(before)
		if err != nil {
			yield(Change{}, err)
			return
		}
		now, err := CoverageOf(after)
		if err != nil {
			yield(Change{}, err)
			return
		}
		for _, kind := range AllKinds() {
			if kind == "me" {
				continue // who took a run is nothing of the place
			}
			for d, err := range store.Compare(before, after, kind) {
				if err != nil {
					yield(Change{}, err)
					return
				}
				if c, differs := changeOf(d, was, now); differs && !yield(c, nil) {
					return
				}
			}
		}
	}
}

// changeOf says what a difference means, and reports whether it means anything: who sees a part is told fewer fields of the same thing.
func changeOf(d store.Difference, was, now Coverage) (Change, bool) {
	c := Change{What: Changed, Kind: d.Kind, ID: d.ID}
	switch {
	case d.After == nil:
		c.Name, c.Old, c.What = d.Before.Name, d.Before.Body, Removed
		if !now.Whole(d.Kind) {
			c.What = NoLongerSee
		}
	case d.Before == nil:
		c.Name, c.New, c.What = d.After.Name, d.After.Body, Added
		if !was.Whole(d.Kind) {
			c.What = NewlySeen
		}
	default:
		c.Name, c.Old, c.New = d.After.Name, d.Before.Body, d.After.Body
		c.Fields = differing(d.Before.Body, d.After.Body, was.Whole(d.Kind) && now.Whole(d.Kind))
		if d.Before.Name != d.After.Name {
			c.Fields = append([]string{"name"}, c.Fields...)
		}
		return c, len(c.Fields) > 0
	}
	return c, true
}

// differing are the fields that are not the same in two bodies. Of those that stand in one alone nothing follows unless both are whole.
func differing(a, b string, whole bool) []string {
	var old, now map[string]any
	if json.Unmarshal([]byte(a), &old) != nil || json.Unmarshal([]byte(b), &now) != nil {
		return nil
	}
	all := maps.Clone(old)
	maps.Copy(all, now)
	return slices.DeleteFunc(slices.Sorted(maps.Keys(all)), func(f string) bool {
		if f == "browse_only" || f == "principal_id" {
			return true // they tell of who looks, and how
		}
		before, had := old[f]
		after, has := now[f]
		return reflect.DeepEqual(before, after) || !whole && had != has
	})
}

// AllKinds are the kinds of rows that there can be, in the order of the collectors.
func AllKinds() []string {
	var out []string
	for i := range collectors {
		for _, kind := range collectors[i].Kinds() {
			if !slices.Contains(out, kind) {
				out = append(out, kind)
			}
		}
	}
	return out
}
