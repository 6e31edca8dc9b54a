package commands

import (
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// whole are the listings of SHOW over one catalog or all, by what they list. Drivers that speak the statement API run them, where over Thrift
// there are calls. No reference describes them: the statements are those of the drivers, and the columns those that their tests recorded or
// that they look for. There are no keys.
var whole = map[string]struct {
	columns string
	fill    func(*survey, Metadata) error
}{
	"SCHEMAS": {"databaseName string, catalog string", (*survey).listSchemas},
	"TABLES": {"namespace string, tableName string, isTemporary boolean, information string, catalogName string, tableType string, remarks string",
		(*survey).wholeTables},
	"COLUMNS": {"col_name string, catalogName string, namespace string, tableName string, columnType string, columnSize int, decimalDigits int, " +
		"radix int, isNullable string, remarks string, ordinalPosition int, isAutoIncrement string, isGenerated string", (*survey).wholeColumns},
	"FUNCTIONS": {"functionName string, namespace string, catalogName string, remarks string, functionType int, specificName string",
		(*survey).wholeFunctions},
	"KEYS": {"catalogName string, namespace string, tableName string, col_name string, keySeq int, constraintName string", nil},
	"FOREIGN KEYS": {"parentCatalogName string, parentNamespace string, parentTableName string, parentColName string, catalogName string, " +
		"namespace string, tableName string, col_name string, keySeq int, updateRule int, deleteRule int, constraintName string, " +
		"parentConstraintName string, deferrability int", nil},
}

// acceptWhole reads such a statement up to its catalog, and takes nothing of another one.
func acceptWhole(p *dialect.Parser) (what string, known bool) {
	for what = range whole {
		at := *p
		if what == "FUNCTIONS" {
			at.Accept("USER")
		}
		if at.Accept(strings.Fields(what)...) && at.Accept("IN") &&
			(at.Peek().Is("ALL") && at.Ahead(1).Is("CATALOGS") || at.Peek().Is("CATALOG") && at.Ahead(1).Identifier() && !at.Ahead(1).Is("LIKE")) {
			*p = at
			return what, true
		}
	}
	return "", false
}

// showWhole lists what is in one catalog or all. A catalog that does not open is refused, unless all are asked for.
func (d *Desk) showWhole(what string, s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	ask, err := wholeAsk(what, p)
	if err != nil {
		return nil, err
	}
	if ask.Catalog != nil {
		if _, err := d.Authority.Schemas(s.Principal(), *ask.Catalog); err != nil {
			return nil, err
		}
	}
	columns, err := columnList(whole[what].columns)
	if err != nil {
		return nil, err
	}
	walk := d.survey(d.ctx, s.Principal(), systemCatalog)
	if fill := whole[what].fill; fill != nil {
		if err := fill(walk, ask); err != nil {
			return nil, err
		}
	}
	if err := walk.look(); err != nil {
		return nil, err
	}
	return values.NewResult(columns, walk.rows)
}

// wholeAsk reads what is asked for: a name follows IN, a pattern LIKE, and the last pattern is one of what is listed.
func wholeAsk(what string, p *dialect.Parser) (Metadata, error) {
	var ask Metadata
	if !p.Accept("ALL", "CATALOGS") && p.Accept("CATALOG") {
		parts, err := p.Name(1)
		if err != nil {
			return ask, err
		}
		ask.Catalog = &parts[0]
	}
	last := map[string]**string{"SCHEMAS": &ask.Schema, "TABLES": &ask.Table, "COLUMNS": &ask.Column, "FUNCTIONS": &ask.Function}
	for _, part := range []struct {
		words []string
		into  **string
	}{{[]string{"SCHEMA"}, &ask.Schema}, {[]string{"TABLE"}, &ask.Table}, {nil, last[what]}} {
		switch {
		case part.into == nil:
		case part.words != nil && p.Accept("IN", part.words[0]):
			parts, err := p.Name(1)
			if err != nil {
				return ask, err
			}
			*part.into = &parts[0]
		case p.Accept(append(part.words, "LIKE")...):
			text, err := showPattern(p)
			if err != nil {
				return ask, err
			}
			*part.into = new(asLike(text))
		}
	}
	return ask, p.End()
}

// asLike writes a pattern of SHOW, in which * stands for any text and a dot for any character, as one of LIKE.
func asLike(pattern string) string {
	return strings.NewReplacer("*", "%", ".", "_", "%", `\%`, "_", `\_`, `\`, `\\`).Replace(pattern)
}

func (s *survey) wholeTables(ask Metadata) error {
	return s.matchingTables(exactly(ask.Catalog), ask, func(n dialect.Name, o objects.Object) error {
		s.add(n.Schema, n.Table, false, "", n.Catalog, tableType(o.Kind), o.Comment)
		return nil
	})
}

func (s *survey) wholeColumns(ask Metadata) error {
	return s.matchingColumns(ask, func(n dialect.Name, i int, c values.Column) {
		row := jdbcColumn(n, i, c)
		s.add(c.Name, n.Catalog, n.Schema, n.Table, row[5], row[6], row[8], row[9], strconv.FormatBool(c.Nullable), c.Comment, i+1, "NO", "NO")
	})
}

func (s *survey) wholeFunctions(ask Metadata) error {
	return s.matchingFunctions(ask, func(catalog, schema string, o objects.Object) {
		s.add(o.Name, schema, catalog, o.Comment, functionNoTable, o.Name)
	})
}
