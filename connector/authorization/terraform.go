package authorization

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// permissionsType is the type of the resource that a list is.
const permissionsType = "databricks_permissions"

// named is what a resource is referred to by, and the attributes that give a name.
var named = map[string][]string{
	"databricks_group":             {"display_name"},
	"databricks_user":              {"user_name"},
	"databricks_service_principal": {"application_id"},
}

// list is the list of an object in a text of Terraform.
func (f file) list(o Object) (ACL, error) {
	var found *block
	for _, b := range f.blocks {
		if b.kind != "resource" || len(b.labels) != 2 || b.labels[0] != permissionsType {
			continue
		}
		about := b.set["authorization"]
		if len(about.reference) > 0 || about.odd != "" {
			return nil, unreadable(about.at, "authorization must be a text")
		}
		if about.text != string(o) {
			continue
		}
		if found != nil {
			return nil, unreadable(b.at, fmt.Sprintf("a second resource for %s; a workspace has one, and two overwrite each other at every apply", o.Noun()))
		}
		found = b
	}
	if found == nil {
		return nil, unreadable(0, fmt.Sprintf(`it has no resource %s with authorization = "%s"`, permissionsType, o))
	}
	return f.entries(o, found)
}

func (f file) entries(o Object, b *block) (list ACL, err error) {
	for _, name := range slices.Sorted(maps.Keys(b.set)) {
		if name != "authorization" {
			return nil, unreadable(b.set[name].at, notUnderstood(name))
		}
	}
	for _, inner := range b.blocks {
		if inner.kind != "access_control" {
			return nil, unreadable(inner.at, notUnderstood(inner.kind))
		}
		if len(inner.blocks) > 0 {
			return nil, unreadable(inner.blocks[0].at, notUnderstood(inner.blocks[0].kind))
		}
		if len(inner.labels) > 0 {
			return nil, unreadable(inner.at, "a block access_control has no name")
		}
		fields := map[string]string{}
		for name, v := range inner.set {
			if fields[name], err = f.text(v); err != nil {
				return nil, err
			}
		}
		entry, err := entryOf(o, fields)
		if err != nil {
			return nil, unreadable(inner.at, "the entry "+err.Error())
		}
		list = append(list, entry)
	}
	return list, nil
}

// notUnderstood says what something is that a resource of permissions has besides its list.
func notUnderstood(name string) string {
	if why := meta[name]; why != "" {
		return why
	}
	return connector.CleanLine(name, 40) + " is not understood in a resource of permissions"
}

// text is what a value comes to.
func (f file) text(v value) (string, error) {
	switch {
	case v.odd != "":
		return "", unreadable(v.at, expression(v.odd))
	case len(v.reference) == 0:
		return v.text, nil
	}
	said := connector.CleanLine(strings.Join(v.reference, "."), 80)
	if what := elsewhere[v.reference[0]]; what != "" {
		return "", unreadable(v.at, said+" is "+what+", whose value is not known before it is applied")
	}
	kind, reference := "resource", v.reference
	if reference[0] == "data" {
		kind, reference = "data", reference[1:]
	}
	if len(reference) != 3 || !slices.Contains(named[reference[0]], reference[2]) {
		return "", unreadable(v.at, said+" is no reference that is understood: the display_name of a group, the user_name of a user or the application_id of a service principal is")
	}
	for _, b := range f.blocks {
		if b.kind != kind || len(b.labels) != 2 || b.labels[0] != reference[0] || b.labels[1] != reference[1] {
			continue
		}
		for _, loop := range []string{"for_each", "count"} {
			if several, is := b.set[loop]; is {
				return "", unreadable(several.at, notUnderstood(loop))
			}
		}
		name, set := b.set[reference[2]]
		if !set || len(name.reference) > 0 || name.odd != "" {
			return "", unreadable(v.at, said+" is not set to a text in this file, so it is not known before it is applied")
		}
		return name.text, nil
	}
	return "", unreadable(v.at, said+" refers to what is not in this file")
}

// terraformJSON reads the resources of .tf.json as blocks.
func terraformJSON(resources map[string]map[string]json.RawMessage) (f file, err error) {
	for _, kind := range slices.Sorted(maps.Keys(resources)) {
		for _, name := range slices.Sorted(maps.Keys(resources[kind])) {
			b := &block{kind: "resource", labels: []string{kind, name}, set: map[string]value{}}
			if kind == permissionsType || named[kind] != nil {
				if err := b.fill(resources[kind][name]); err != nil {
					return f, err
				}
			}
			f.blocks = append(f.blocks, b)
		}
	}
	return f, nil
}

// fill reads the attributes and the blocks of a resource. Others than texts and access_control are not looked at where they do not matter.
func (b *block) fill(text json.RawMessage) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(text, &fields); err != nil {
		var one []json.RawMessage // Terraform lets one block stand in a list
		if json.Unmarshal(text, &one) == nil && len(one) == 1 {
			return b.fill(one[0])
		}
		return unreadable(0, "a resource is no object")
	}
	for name, raw := range fields {
		var plain string
		if json.Unmarshal(raw, &plain) == nil {
			b.set[name] = jsonValue(plain)
			continue
		}
		if name != "access_control" {
			if b.labels[0] == permissionsType {
				b.set[name] = value{}
			}
			continue
		}
		var many []json.RawMessage
		if json.Unmarshal(raw, &many) != nil {
			many = []json.RawMessage{raw}
		}
		for _, one := range many {
			inner := &block{kind: name, set: map[string]value{}, labels: nil}
			if err := inner.texts(one); err != nil {
				return err
			}
			b.blocks = append(b.blocks, inner)
		}
	}
	return nil
}

func (b *block) texts(text json.RawMessage) error {
	var fields map[string]string
	if json.Unmarshal(text, &fields) != nil {
		return unreadable(0, "access_control has something else than texts")
	}
	for name, plain := range fields {
		b.set[name] = jsonValue(plain)
	}
	return nil
}

// jsonValue is a text of .tf.json, which is a reference where it is one expression alone.
func jsonValue(text string) value {
	if inner, is := strings.CutPrefix(text, "${"); is && strings.HasSuffix(inner, "}") && strings.IndexFunc(inner[:len(inner)-1], func(r rune) bool { return !nameRune(r) }) < 0 {
		return value{reference: strings.Split(inner[:len(inner)-1], ".")}
	}
	plain := strings.NewReplacer("$${", "", "%%{", "").Replace(text)
	if strings.Contains(plain, "${") || strings.Contains(plain, "%{") {
		return value{odd: aTemplate}
	}
	return value{text: strings.NewReplacer("$${", "${", "%%{", "%{").Replace(text)}
}
