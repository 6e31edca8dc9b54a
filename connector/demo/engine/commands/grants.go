package commands

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// grant runs GRANT and REVOKE.
func (d *Desk) grant(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	change := objects.Change{Revoke: p.First().Is("REVOKE")}
	var err error
	if change.Privileges, err = p.Privileges(); err != nil {
		return nil, err
	}
	if err := p.Expect("ON"); err != nil {
		return nil, err
	}
	if change.On, err = securable(p, s); err != nil {
		return nil, err
	}
	to := "TO"
	if change.Revoke {
		to = "FROM"
	}
	if err := p.Expect(to); err != nil {
		return nil, err
	}
	if change.Principal, err = p.Identifier(); err != nil {
		return nil, err
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	if err := d.Authority.Change(s.Principal(), change); err != nil {
		return nil, err
	}
	return &values.Result{}, nil
}

func (d *Desk) showGrants(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	var grantee string
	if !p.Peek().Is("ON") {
		p.Accept("TO")
		var err error
		if grantee, err = p.Identifier(); err != nil {
			return nil, err
		}
	}
	if err := p.Expect("ON"); err != nil {
		return nil, err
	}
	on, err := securable(p, s)
	if err != nil {
		return nil, err
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	grants, err := d.Authority.Grants(s.Principal(), on, grantee)
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(grants))
	for i, g := range grants {
		rows[i] = []string{g.Principal, g.Privilege, g.On.Type, strings.Join(g.On.Name, ".")}
	}
	return values.TextResult([]string{"Principal", "ActionType", "ObjectType", "ObjectKey"}, rows), nil
}

// securable reads the object of GRANT, REVOKE and SHOW GRANTS, completed with
// the session's namespace. Without a keyword it is a table.
func securable(p *dialect.Parser, s *objects.Session) (objects.Securable, error) {
	catalog, schema := s.Namespace()
	kind := "TABLE"
	if t := p.Peek(); t.Kind == dialect.Word && slices.Contains([]string{"CATALOG", "SCHEMA", "DATABASE", "TABLE", "VIEW"}, t.Value) {
		p.Skip()
		kind = strings.Replace(t.Value, "DATABASE", "SCHEMA", 1)
	} else if p.Accept("MATERIALIZED", "VIEW") {
		kind = "VIEW"
	}
	switch kind {
	case "CATALOG":
		parts, err := p.Name(1)
		return objects.Securable{Type: kind, Name: parts}, err
	case "SCHEMA":
		parts, err := p.Name(2)
		if len(parts) == 1 {
			parts = []string{catalog, parts[0]}
		}
		return objects.Securable{Type: kind, Name: parts}, err
	}
	parts, err := p.Name(3)
	if err != nil {
		return objects.Securable{}, err
	}
	n := dialect.Complete(parts, catalog, schema)
	return objects.Securable{Type: kind, Name: []string{n.Catalog, n.Schema, n.Table}}, nil
}
