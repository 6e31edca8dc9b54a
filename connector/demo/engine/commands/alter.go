package commands

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// tableChange is what an ALTER TABLE statement does to a table, once it is read and the principal may.
type tableChange func(d *Desk, principal string, table dialect.Name) error

// tableChanges read what ALTER TABLE is for here, by the words behind the table's name. Every other is refused.
var tableChanges = []struct {
	words string
	read  func(*dialect.Parser) (tableChange, error)
}{
	{"SET TBLPROPERTIES", readProperties}, {"UNSET TBLPROPERTIES", readPropertyKeys},
	{"ADD COLUMN", readNewColumns}, {"ADD COLUMNS", readNewColumns}, {"DROP COLUMN", readDroppedColumns}, {"DROP COLUMNS", readDroppedColumns},
	{"RENAME COLUMN", readRenamedColumn}, {"ALTER COLUMN", readChangedColumn},
}

// alter runs ALTER for the properties and columns of tables and the query of views, and refuses every other.
func (d *Desk) alter(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	start := *p
	if d.Versions == nil {
		return d.refuse(s, &start)
	}
	if p.Accept("VIEW") {
		return d.alterView(s, p, &start)
	}
	if !p.Accept("TABLE") {
		return d.refuse(s, &start)
	}
	name, err := p.TableName(s.Namespace())
	if err != nil {
		return d.refuse(s, &start)
	}
	for _, c := range tableChanges {
		if !p.Accept(strings.Fields(c.words)...) {
			continue
		}
		change, err := c.read(p)
		if err == nil {
			err = p.End()
		}
		if err == nil {
			err = d.Authority.Write(s.Principal(), name)
		}
		if err != nil {
			return nil, err
		}
		return &values.Result{}, change(d, s.Principal(), name)
	}
	return d.refuse(s, &start)
}

// alterView gives a view that is there another query. It keeps its comment and the privileges on it.
func (d *Desk) alterView(s *objects.Session, p, start *dialect.Parser) (*values.Result, error) {
	name, err := p.TableName(s.Namespace())
	if err != nil || !p.Accept("AS") {
		return d.refuse(s, start)
	}
	view, err := d.described(s, name)
	if err != nil {
		return nil, err
	}
	made := objects.Creation{
		On: objects.Securable{Type: "VIEW", Name: []string{name.Catalog, name.Schema, name.Table}}, Replace: true, Comment: view.Comment,
	}
	if err := d.fromQuery(s, p, &made); err != nil {
		return nil, err
	}
	return &values.Result{}, d.Authority.Create(s.Principal(), made)
}

// comment runs COMMENT ON, for every kind of object that statements can name.
func (d *Desk) comment(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	start := *p
	if !p.Accept("ON") {
		return d.refuse(s, &start)
	}
	nouns := d.Authority.Nouns()
	i := slices.IndexFunc(nouns, func(n objects.Noun) bool { return n.Parts > 0 && p.Accept(strings.Fields(n.Words)...) })
	if i < 0 {
		return d.refuse(s, &start)
	}
	on, err := d.named(p, s, nouns[i])
	if err == nil {
		err = p.Expect("IS")
	}
	if err != nil {
		return nil, err
	}
	text := ""
	if !p.Accept("NULL") {
		if p.Peek().Kind != dialect.Text {
			return nil, p.Wrong()
		}
		text = p.Peek().Value
		p.Skip()
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	return &values.Result{}, d.Authority.Comment(s.Principal(), on, text)
}

func readProperties(p *dialect.Parser) (tableChange, error) {
	set := map[string]string{}
	if err := properties(p, set); err != nil {
		return nil, err
	}
	return func(d *Desk, principal string, table dialect.Name) error {
		return d.Versions.Configure(principal, table, set)
	}, nil
}

func readPropertyKeys(p *dialect.Parser) (tableChange, error) {
	tolerant := p.Accept("IF", "EXISTS")
	keys, err := listed(p, propertyKey)
	if err != nil {
		return nil, err
	}
	return func(d *Desk, principal string, table dialect.Name) error {
		return d.Versions.Unset(principal, table, keys, tolerant)
	}, nil
}

// listed reads a list in parentheses, of what read reads.
func listed(p *dialect.Parser, read func(*dialect.Parser) (string, error)) ([]string, error) {
	if err := p.Expect("("); err != nil {
		return nil, err
	}
	var out []string
	for {
		one, err := read(p)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
		switch {
		case p.Accept(")"):
			return out, nil
		case !p.Accept(","):
			return nil, p.Wrong()
		}
	}
}
