package commands

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// cell is what a listing shows of an object in a column; nil is NULL.
func cell(column, catalog, schema string, o objects.Object) any {
	if detail, known := o.Details[column]; known {
		return detail
	}
	switch {
	case strings.HasSuffix(column, "_catalog"):
		return catalog
	case strings.HasSuffix(column, "_schema"), column == "database":
		return schema
	case strings.HasSuffix(column, "_name"), column == "name":
		return o.Name
	case strings.HasSuffix(column, "_owner"):
		return o.Owner
	case column == "comment":
		return optional(o.Comment)
	case column == "function":
		return strings.Join(nonEmpty(catalog, schema, o.Name), ".")
	}
	return nil
}

// showNoun runs SHOW for a kind of object that is known by its noun alone.
func (d *Desk) showNoun(noun objects.Noun, s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	columns, err := columnList(noun.Show.Columns)
	if err != nil {
		return nil, err
	}
	var catalog, schema string
	if noun.Parts > 1 {
		if catalog, schema, err = schemaOf(s, p); err != nil {
			return nil, err
		}
	}
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.Name
	}
	list, err := d.Authority.Objects(s.Principal(), noun, catalog, schema)
	return listing(p, err, list, names, func(o objects.Object) []string {
		row := make([]string, len(columns))
		for i, c := range columns {
			switch v := cell(c.Name, catalog, schema, o).(type) {
			case nil:
			case time.Time:
				row[i] = v.UTC().Format("2006-01-02T15:04:05.000-0700")
			default:
				row[i] = fmt.Sprint(v)
			}
		}
		return row
	})
}

// nounRelations are the views of the information schema that nouns bring.
func (d *Desk) nounRelations() map[string]relation {
	all := map[string]relation{}
	for _, noun := range d.Authority.Nouns() {
		if v := noun.Information; v.Name != "" {
			all[v.Name] = relation{v.Columns, func(s *survey) error { return s.objects(noun) }}
		}
		if v := noun.Grants; v.Name != "" {
			all[v.Name] = relation{v.Columns, func(s *survey) error { return s.objectPrivileges(noun) }}
		}
	}
	return all
}

// eachObject visits what the principal sees of a kind.
func (s *survey) eachObject(noun objects.Noun, visit func(catalog, schema string, o objects.Object) error) error {
	in := func(catalog, schema string) error {
		list, err := s.desk.Authority.Objects(s.principal, noun, catalog, schema)
		if err != nil {
			return hidden(err)
		}
		for _, o := range list {
			if err := visit(catalog, schema, o); err != nil {
				return err
			}
			if err := s.look(); err != nil {
				return err
			}
		}
		return s.look()
	}
	if noun.Parts == 1 {
		return in("", "")
	}
	return s.eachSchema(func(catalog string, schema objects.Object) error { return in(catalog, schema.Name) })
}

// fields fills a row of a listing, those of more before those of the object.
func (s *survey) fields(columns []values.Column, catalog, schema string, o objects.Object, more map[string]any) {
	row := make([]any, len(columns))
	for i, c := range columns {
		v, known := more[c.Name]
		if !known {
			v = cell(c.Name, catalog, schema, o)
		}
		row[i] = plain(c.Type, v)
	}
	s.add(row...)
}

// plain writes what is no value of a column as the information schema does: a flag as YES or NO, and what has parts as JSON.
func plain(t values.Type, v any) any {
	if t.Kind != values.String || v == nil {
		return v
	}
	switch v := v.(type) {
	case string:
		return v
	case bool:
		if v {
			return "YES"
		}
		return "NO"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return nil
	}
	return string(text)
}

func (s *survey) objects(noun objects.Noun) error {
	columns, err := columnList(noun.Information.Columns)
	if err != nil {
		return err
	}
	return s.eachObject(noun, func(catalog, schema string, o objects.Object) error {
		s.fields(columns, catalog, schema, o, nil)
		return nil
	})
}

func (s *survey) objectPrivileges(noun objects.Noun) error {
	columns, err := columnList(noun.Grants.Columns)
	if err != nil {
		return err
	}
	return s.eachObject(noun, func(catalog, schema string, o objects.Object) error {
		return s.eachPrivilege(noun, nonEmpty(catalog, schema, o.Name), func(g objects.Grant, from string) {
			s.fields(columns, catalog, schema, o, map[string]any{
				"grantor": systemUser, "grantee": g.Principal, "recipient_name": g.Principal, "privilege_type": underscored(g.Privilege),
				"is_grantable": "NO", "inherited_from": from,
			})
		})
	})
}

func nonEmpty(parts ...string) []string {
	return slices.DeleteFunc(parts, func(p string) bool { return p == "" })
}

// eachPrivilege visits the privileges on an object that the principal sees:
// who may not see all may see their own.
func (s *survey) eachPrivilege(noun objects.Noun, name []string, visit func(g objects.Grant, from string)) error {
	on := objects.Securable{Type: noun.Type, Name: name}
	list, err := s.desk.Authority.Grants(s.principal, on, "")
	if hidden(err) == nil && err != nil {
		list, err = s.desk.Authority.Grants(s.principal, on, s.principal)
	}
	for _, g := range list {
		from := "NONE"
		if len(g.On.Name) < len(name) {
			from = g.On.Type
		}
		visit(g, from)
	}
	return hidden(err)
}
