package commands

import (
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
	if change.On, err = d.securable(p, s); err != nil {
		return nil, err
	}
	to := "TO"
	if change.Revoke {
		to = "FROM"
	}
	if err := p.Expect(to); err != nil {
		return nil, err
	}
	if p.Ahead(1).Identifier() { // one that a share is for says so
		p.Accept("RECIPIENT")
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
		if p.Accept("TO", "RECIPIENT") {
			return nil, notHere("SHOW GRANTS TO RECIPIENT")
		}
		p.Accept("TO")
		var err error
		if grantee, err = p.Identifier(); err != nil {
			return nil, err
		}
	}
	if err := p.Expect("ON"); err != nil {
		return nil, err
	}
	on, err := d.securable(p, s)
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

// securable reads the object of GRANT, REVOKE and SHOW GRANTS. Without a keyword it is a table.
func (d *Desk) securable(p *dialect.Parser, s *objects.Session) (objects.Securable, error) {
	noun := objects.Noun{Type: "TABLE", Parts: 3}
	for _, n := range d.Authority.Nouns() {
		if p.Accept(strings.Fields(n.Words)...) {
			noun = n
			break
		}
	}
	if noun.Parts == 0 {
		return objects.Securable{Type: noun.Type}, nil
	}
	return d.named(p, s, noun)
}
