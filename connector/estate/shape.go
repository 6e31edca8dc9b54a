package estate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/redact"
)

// page is what an answer has.
type page struct {
	rows  []store.Row
	next  string
	short bool // it says that there are more, and has none
}

// read makes rows of an answer. What cannot be read is connector.ErrUnreadable.
func (c *Collector) read(about store.Row, token string, answer []byte) (page, error) {
	var fields map[string]json.RawMessage
	if !(c.Items == "" && (c.Shape == List)) {
		if err := json.Unmarshal(answer, &fields); err != nil {
			return page{}, fmt.Errorf("%w: %w", connector.ErrUnreadable, err)
		}
	}
	if c.Shape == Lists {
		row, err := c.accessList(about, answer)
		return page{rows: []store.Row{row}}, err
	}
	items, err := c.items(answer, fields)
	if err != nil {
		return page{}, fmt.Errorf("%w: %w", connector.ErrUnreadable, err)
	}
	out := page{next: c.next(fields, token, len(items)), short: c.short(fields, token, len(items))}
	for _, item := range items {
		rows, err := c.shaped(about, item)
		if err != nil {
			return page{}, fmt.Errorf("%w: %w", connector.ErrUnreadable, err)
		}
		out.rows = append(out.rows, rows...)
	}
	return out, nil
}

// items are the parts of an answer that rows are made of.
func (c *Collector) items(answer []byte, fields map[string]json.RawMessage) (items []json.RawMessage, err error) {
	list := fields[c.Items]
	switch {
	case c.Items == "" && (c.Shape == One || c.Shape == Values || c.Shape == Sources):
		return []json.RawMessage{answer}, nil
	case c.Shape == One:
		return []json.RawMessage{list}, nil
	case c.Items == "":
		list = answer
	}
	if len(list) == 0 {
		return nil, nil
	}
	return items, json.Unmarshal(list, &items)
}

func (c *Collector) shaped(about store.Row, item json.RawMessage) ([]store.Row, error) {
	if c.Shape == Bare {
		id := strings.Trim(string(item), `"`)
		return []store.Row{c.row(about, id, id, "{}")}, nil
	}
	if c.Shape == Grants {
		return c.grants(about, item)
	}
	if c.Shape == Rules {
		return c.rules(about, item)
	}
	if c.Shape == Sources {
		return c.sources(about, item)
	}
	decoder := json.NewDecoder(bytes.NewReader(item))
	decoder.UseNumber()
	var fields map[string]any
	if err := decoder.Decode(&fields); err != nil {
		return nil, err //nolint:wrapcheck // read says what it is
	}
	if c.Only[0] != "" && textOf(field(fields, c.Only[0])) != c.Only[1] {
		return nil, nil
	}
	name := textOf(field(fields, c.Name))
	if c.Shape == Values {
		return c.values(about, fields, name)
	}
	var ids []string
	if c.Key == nil { // there is one, without an id
		ids = []string{c.ID}
	}
	for _, key := range c.Key {
		ids = append(ids, textOf(field(fields, key)))
	}
	row := c.row(about, strings.Join(ids, "/"), name, kept(fields, c.Keep))
	if c.Sorted != nil {
		kind, known := c.Sorted[textOf(fields["object_type"])]
		if !known {
			kind = c.Sorted[""]
		}
		row.Kind = kind
	}
	return []store.Row{row}, nil
}

// row is one that was found while about was asked about.
func (c *Collector) row(about store.Row, id, name, body string) store.Row {
	if c.Within && about.ID != "" {
		id = about.ID + "/" + id
	}
	return store.Row{Kind: c.ID, ID: id, Parent: about.ID, Name: redact.Text(name), Body: body}
}

// values makes a row of each value of an item, such as the roles of a user.
func (c *Collector) values(about store.Row, fields map[string]any, name string) ([]store.Row, error) {
	id := textOf(field(fields, c.Key[0]))
	list, _ := fields[c.Key[1]].([]any)
	var out []store.Row
	for _, one := range list {
		value, _ := one.(map[string]any)
		says := map[string]any{"value": value["value"], "display": value["display"], "of": id}
		for _, k := range c.Keep {
			says[k] = fields[k]
		}
		row := c.row(about, id+"/"+textOf(value["value"]), name, kept(says, append([]string{"value", "display", "of"}, c.Keep...)))
		row.Parent = id
		out = append(out, row)
	}
	return out, nil
}

type rule struct {
	Role       string   `json:"role"`
	Principals []string `json:"principals"`
}

func (c *Collector) rules(about store.Row, item json.RawMessage) ([]store.Row, error) {
	var r rule
	if err := json.Unmarshal(item, &r); err != nil {
		return nil, err //nolint:wrapcheck // read says what it is
	}
	var out []store.Row
	for _, p := range r.Principals {
		out = append(out, c.row(about, r.Role+"/"+p, p, kept(map[string]any{"role": r.Role, "principal": p}, []string{"role", "principal"})))
	}
	return out, nil
}

type grant struct {
	Principal   string   `json:"principal"`
	PrincipalID int64    `json:"principal_id,omitempty"`
	Privileges  []string `json:"privileges"`
}

// grants makes a row of what one principal holds on an object itself.
func (c *Collector) grants(about store.Row, item json.RawMessage) ([]store.Row, error) {
	var g grant
	if err := json.Unmarshal(item, &g); err != nil {
		return nil, err //nolint:wrapcheck // read says what it is
	}
	slices.Sort(g.Privileges)
	id := g.Principal
	if id == "" { // of a principal that is gone, only the number is left
		id = fmt.Sprint(g.PrincipalID)
	}
	body, err := json.Marshal(g)
	return []store.Row{c.row(about, id, g.Principal, string(body))}, err //nolint:wrapcheck // of words and numbers
}

// Entry is who may do what with an object, as its access control list has it.
type Entry struct {
	Kind      string   `json:"kind"` // user, group, service_principal
	Principal string   `json:"principal"`
	Level     string   `json:"level"`
	From      []string `json:"from,omitempty"` // the objects above that it comes from; none where it was given on this one
}

// AccessList is the body of a row of ListsOf.
type AccessList struct {
	Entries []Entry `json:"entries"`
}

func (c *Collector) accessList(about store.Row, answer []byte) (store.Row, error) {
	var said struct {
		ID   string `json:"object_id"`
		List []struct {
			User    string `json:"user_name"`
			Group   string `json:"group_name"`
			Service string `json:"service_principal_name"`
			All     []struct {
				Level     string   `json:"permission_level"`
				Inherited bool     `json:"inherited"`
				From      []string `json:"inherited_from_object"`
			} `json:"all_permissions"`
		} `json:"access_control_list"`
	}
	if err := json.Unmarshal(answer, &said); err != nil {
		return store.Row{}, fmt.Errorf("%w: %w", connector.ErrUnreadable, err)
	}
	out := AccessList{Entries: []Entry{}}
	for _, one := range said.List {
		e := Entry{Kind: "user", Principal: one.User}
		switch {
		case one.Group != "":
			e.Kind, e.Principal = "group", one.Group
		case one.Service != "":
			e.Kind, e.Principal = "service_principal", one.Service
		}
		for _, held := range one.All {
			e.Level, e.From = held.Level, held.From
			out.Entries = append(out.Entries, e)
		}
	}
	body, err := json.Marshal(out)
	id, name := about.ID, about.Name
	if id == "" {
		id, name = said.ID, said.ID
	}
	return store.Row{Kind: c.ID, ID: id, Parent: about.ID, Name: name, Body: string(body)}, err //nolint:wrapcheck // of words
}

// field is a field of an item, or one within another where the name has a dot that is not its own. Of a list it is that field of each.
func field(fields map[string]any, name string) any {
	first, rest, within := strings.Cut(name, ".")
	if own, is := fields[name]; is || !within {
		return own
	}
	switch inner := fields[first].(type) {
	case map[string]any:
		return field(inner, rest)
	case []any:
		var each []any
		for _, one := range inner {
			of, _ := one.(map[string]any)
			if v := field(of, rest); v != nil && v != "" {
				each = append(each, v)
			}
		}
		if each != nil {
			return each
		}
	}
	return nil
}

func textOf(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	return fmt.Sprint(value)
}

// kept is the JSON of the fields that are kept, without what is empty, and with nothing in it that looks like a secret: people write such into
// comments and names.
func kept(fields map[string]any, names []string) string {
	out := map[string]any{}
	for _, name := range names {
		if v := field(fields, name); v != nil && v != "" {
			out[name] = without(v)
		}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(out) != nil {
		return "{}"
	}
	return strings.TrimSpace(text.String())
}

// without is a value with nothing in its texts that looks like a secret.
func without(value any) any {
	switch v := value.(type) {
	case string:
		return redact.Text(v)
	case []any:
		for i := range v {
			v[i] = without(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = without(v[k])
		}
	}
	return value
}
