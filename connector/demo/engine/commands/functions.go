package commands

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// functionNoTable is DatabaseMetaData.functionNoTable.
const functionNoTable = 1

// functions are those of a schema that the principal may see.
func (d *Desk) functions(principal, catalog, schema string) ([]objects.Object, error) {
	for _, noun := range d.Authority.Nouns() {
		if noun.Type == "FUNCTION" {
			return d.Authority.Objects(principal, noun, catalog, schema)
		}
	}
	return nil, nil
}

// showFunctions lists the functions that are built in, then those of a schema.
func (d *Desk) showFunctions(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	catalog, schema, err := schemaOf(s, p)
	if err != nil {
		return nil, err
	}
	var list []objects.Object
	for _, name := range dialect.Functions() {
		list = append(list, objects.Object{Name: name})
	}
	made, err := d.functions(s.Principal(), catalog, schema)
	for _, o := range made {
		list = append(list, objects.Object{Name: strings.Join([]string{catalog, schema, o.Name}, ".")})
	}
	return listing(p, err, list, []string{"function"}, func(o objects.Object) []string { return []string{o.Name} })
}

// matchingFunctions visits the functions of schemas that a call asks for. Those that are built in belong to none.
func (s *survey) matchingFunctions(ask Metadata, visit func(catalog, schema string, o objects.Object)) error {
	schemas, names := pattern(ask.Schema), pattern(ask.Function)
	return s.inCatalogs(exactly(ask.Catalog), func(catalog string, schema objects.Object) error {
		if !schemas(schema.Name) {
			return nil
		}
		list, err := s.desk.functions(s.principal, catalog, schema.Name)
		for _, o := range list {
			if names(o.Name) {
				visit(catalog, schema.Name, o)
			}
		}
		return hidden(err)
	})
}

func (s *survey) listFunctions(ask Metadata) error {
	return s.matchingFunctions(ask, func(catalog, schema string, o objects.Object) {
		s.add(catalog, schema, o.Name, o.Comment, functionNoTable, o.Name)
	})
}
