package estate

import (
	"cmp"
	"encoding/json"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// Own is how whoever is refused what everybody has is told of what they have themselves.
type Own struct {
	Path  string // empty: that of the collector
	Query string // {self} stands for who asks
	Of    string // the field that gets the ID of who asks, where rows say whose they are; empty: they do not
}

// self is who takes a run: the name that grants go by, and the ID.
type self struct {
	Name string
	ID   json.Number
}

// learn takes up who takes the run from what was found.
func (r *runner) learn(rows []store.Row) {
	for _, row := range rows {
		var me struct {
			Name string `json:"userName"`
		}
		if row.Kind == "me" && json.Unmarshal([]byte(row.Body), &me) == nil {
			r.self = self{me.Name, json.Number(row.ID)}
		}
	}
}

// recall is learn from what a run that was ended left.
func (r *runner) recall() error {
	rows, err := r.into.After("me", 0, 1)
	r.learn(rows)
	return err //nolint:wrapcheck // the store's errors have words
}

// stranger reports whether it is still to be learnt who takes the run.
func (r *runner) stranger() bool {
	return r.self.Name == "" && slices.ContainsFunc(r.works, func(w *work) bool { return w.ID == "me" && !w.State.Over() })
}

// asksOwn makes of a task that was refused, in such words, one that asks for one's own, and reports whether there is such.
func (r *runner) asksOwn(t *task, says string) bool {
	if t.own || t.of.Own == nil || r.self.Name == "" {
		return false
	}
	t.own, t.token, t.tries = true, "", 0
	t.of.FirstWord = cmp.Or(t.of.FirstWord, says)
	return true
}

// asked is the request of a task.
func (r *runner) asked(t *task) request {
	if !t.own {
		return t.of.request(r.Place, t.about, t.token)
	}
	c := *t.of.Collector
	c.Path = cmp.Or(c.Own.Path, c.Path)
	if c.Own.Query != "" {
		c.Query += "&" + c.Own.Query
	}
	at := r.Place
	at.self = r.self.Name
	return c.request(at, t.about, t.token)
}

// owned are rows that say whose they are.
func (r *runner) owned(t *task, rows []store.Row) []store.Row {
	if !t.own || t.of.Own.Of == "" {
		return rows
	}
	for i := range rows {
		fields := map[string]json.RawMessage{}
		if json.Unmarshal([]byte(rows[i].Body), &fields) != nil {
			continue
		}
		fields[t.of.Own.Of], _ = json.Marshal(r.self.ID) // a number
		if body, err := json.Marshal(fields); err == nil {
			rows[i].Body = string(body)
		}
	}
	return rows
}
