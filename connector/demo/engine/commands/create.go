package commands

import (
	"errors"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// makeable are the words of the kinds that CREATE and DROP are for here.
var makeable = []string{"CATALOG", "SCHEMA", "DATABASE", "TABLE", "VIEW"}

// makeable finds the kind of what a statement makes or ends.
func (d *Desk) makeable(p *dialect.Parser) (objects.Noun, bool) {
	word, nouns := p.Peek().Value, d.Authority.Nouns()
	i := slices.IndexFunc(nouns, func(n objects.Noun) bool { return n.Words == word })
	if i < 0 || !slices.Contains(makeable, word) {
		return objects.Noun{}, false
	}
	return nouns[i], true
}

// create runs CREATE for catalogs, schemas, tables and views, and refuses it for what else there is in Databricks.
func (d *Desk) create(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	start := *p
	made := objects.Creation{Replace: p.Accept("OR", "REPLACE")}
	noun, known := d.makeable(p)
	if !known || made.Replace && noun.Parts < 3 {
		return d.refuse(s, &start)
	}
	p.Skip()
	tolerant := p.Accept("IF", "NOT", "EXISTS")
	var err error
	if made.On, err = d.named(p, s, noun); err != nil {
		return nil, err
	}
	if noun.Parts == 3 {
		if err = d.createTable(s, p, &made); err == nil {
			err = declarable(made.Columns)
		}
	} else {
		err = d.clauses(p, "CREATE "+noun.Words, &made)
	}
	if err == nil {
		err = p.End()
	}
	if err != nil {
		return nil, err
	}
	return &values.Result{}, tolerated(d.Authority.Create(s.Principal(), made), tolerant, "_ALREADY_EXISTS")
}

// named reads the name of an object of a kind, and completes it with the session's namespace.
func (d *Desk) named(p *dialect.Parser, s *objects.Session, noun objects.Noun) (objects.Securable, error) {
	parts, err := p.Name(noun.Parts)
	if err != nil {
		return objects.Securable{}, err
	}
	catalog, schema := s.Namespace()
	if missing := noun.Parts - len(parts); noun.Parts > 1 && missing > 0 {
		parts = append([]string{catalog, schema}[:missing], parts...)
	}
	return objects.Securable{Type: noun.Type, Name: parts}, nil
}

// tolerated drops the error that IF EXISTS or IF NOT EXISTS is for.
func tolerated(err error, tolerant bool, suffixes ...string) error {
	var e *values.Error
	if !tolerant || !errors.As(err, &e) {
		return err
	}
	for _, suffix := range suffixes {
		if strings.HasSuffix(e.Class, suffix) {
			return nil
		}
	}
	return err
}

// clauses reads what follows the name or the columns: a comment, properties of a table, and that the format is DELTA. Other clauses are refused by their name.
func (d *Desk) clauses(p *dialect.Parser, statement string, made *objects.Creation) error {
	for p.Left() > 0 && !p.Peek().Is("AS") {
		switch next := p.Peek(); {
		case p.Accept("USING", "DELTA"):
		case next.Is("COMMENT") && p.Ahead(1).Kind == dialect.Text:
			made.Comment = p.Ahead(1).Value
			p.Skip()
			p.Skip()
		case made.On.Type == "TABLE" && d.Versions != nil && p.Accept("TBLPROPERTIES"):
			made.Properties = map[string]string{}
			if err := properties(p, made.Properties); err != nil {
				return err
			}
		case next.Kind == dialect.Word:
			return notHere(statement + " with " + next.Value)
		default:
			return p.Wrong()
		}
	}
	return nil
}

// createTable reads the columns of a table, or the query that a table or view is made of.
func (d *Desk) createTable(s *objects.Session, p *dialect.Parser, made *objects.Creation) error {
	statement := "CREATE " + made.On.Type
	if p.Peek().Is("(") {
		if made.On.Type == "VIEW" {
			return notHere(statement + " with a list of columns")
		}
		var err error
		if made.Columns, err = columnDefinitions(p); err != nil {
			return err
		}
	}
	if err := d.clauses(p, statement, made); err != nil {
		return err
	}
	if !p.Accept("AS") {
		if made.Columns == nil {
			return p.Wrong()
		}
		return nil
	}
	if made.Columns != nil {
		return notHere(statement + " with columns and a query")
	}
	return d.fromQuery(s, p, made)
}

// viewRows is how many rows are read of a view's query, to know its columns' types where only values tell them.
const viewRows = 1000

// fromQuery runs the query that a table or view is made of. A view keeps its text, in which short names mean what they mean inside the
// view's own schema; elsewhere they would mean something else, so they are refused there.
func (d *Desk) fromQuery(s *objects.Session, p *dialect.Parser, made *objects.Creation) error {
	query, text, err := p.Query()
	if err != nil {
		return err
	}
	most := 0
	if made.On.Type == "VIEW" {
		most = viewRows
	}
	result, err := d.Query(query, most)
	if err != nil {
		return err
	}
	for _, c := range result.Columns {
		made.Columns = append(made.Columns, values.Column{Name: c.Name, Type: c.Type, Nullable: true})
	}
	if made.On.Type != "VIEW" {
		made.Rows, err = castRows(result, made.Columns)
		return err
	}
	catalog, schema := s.Namespace()
	same, err := dialect.SameTables(query, catalog, schema, made.On.Name[0], made.On.Name[1], d.Columns)
	if err == nil && !same {
		return notHere("CREATE VIEW outside the view's schema with names that are not full")
	}
	made.SQL = text
	return err
}

// columnDefinitions reads the columns of a table in their parentheses.
func columnDefinitions(p *dialect.Parser) ([]values.Column, error) {
	var columns []values.Column
	for p.Skip(); ; p.Skip() {
		name, err := p.Identifier()
		if err != nil {
			return nil, err
		}
		c := values.Column{Name: name, Nullable: true}
		if c.Type, err = p.ColumnType(); err != nil {
			return nil, err
		}
		if p.Accept("NOT", "NULL") {
			c.Nullable = false
		}
		if p.Peek().Is("COMMENT") && p.Ahead(1).Kind == dialect.Text {
			c.Comment = p.Ahead(1).Value
			p.Skip()
			p.Skip()
		}
		columns = append(columns, c)
		switch next := p.Peek(); {
		case p.Accept(")"):
			return columns, nil
		case next.Is(","):
		case next.Kind == dialect.Word:
			return nil, notHere("CREATE TABLE with " + next.Value + " of a column")
		default:
			return nil, p.Wrong()
		}
	}
}
