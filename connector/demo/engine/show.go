package engine

import (
	"slices"
	"strings"
)

// show runs the SHOW statements.
func (e *Engine) show(s *Session, p *parser) (*Result, error) {
	switch {
	case p.accept("CATALOGS"):
		names, err := e.auth.Catalogs(s.principal)
		return listing(p, err, names, []string{"catalog"}, func(n string) []string { return []string{n} })
	case p.accept("SCHEMAS"), p.accept("DATABASES"):
		return e.showSchemas(s, p)
	case p.accept("TABLES"):
		return e.showTables(s, p)
	case p.accept("GRANTS"), p.accept("GRANT"):
		return e.showGrants(s, p)
	}
	return nil, p.wrong()
}

func (e *Engine) showSchemas(s *Session, p *parser) (*Result, error) {
	catalog, _ := s.Namespace()
	if p.accept("IN") || p.accept("FROM") {
		parts, err := p.name(1)
		if err != nil {
			return nil, err
		}
		catalog = parts[0]
	}
	names, err := e.auth.Schemas(s.principal, catalog)
	return listing(p, err, names, []string{"databaseName"}, func(n string) []string { return []string{n} })
}

func (e *Engine) showTables(s *Session, p *parser) (*Result, error) {
	catalog, schema := s.Namespace()
	if p.accept("IN") || p.accept("FROM") {
		parts, err := p.name(2)
		if err != nil {
			return nil, err
		}
		if len(parts) == 2 {
			catalog = parts[0]
		}
		schema = parts[len(parts)-1]
	}
	names, err := e.auth.Tables(s.principal, catalog, schema)
	r, err := listing(p, err, names, []string{"database", "tableName", "isTemporary"}, func(n string) []string {
		return []string{schema, n, "false"}
	})
	if err == nil {
		r.Columns[2].Type = BooleanType
		r.Vectors[2] = Vector{Bools: make([]bool, r.Rows)}
	}
	return r, err
}

// listing makes the answer of a SHOW statement out of names, of which an
// optional LIKE keeps some. Patterns are case-insensitive, with * for any text
// and | between alternatives.
func listing(p *parser, err error, names, columns []string, row func(string) []string) (*Result, error) {
	if p.accept("LIKE") || p.peek().kind == text {
		pattern := p.peek()
		if pattern.kind != text {
			return nil, p.wrong()
		}
		p.pos++
		names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return !like(pattern.value, n) })
	}
	if syntax := p.end(); syntax != nil {
		return nil, syntax
	}
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(names))
	for i, n := range names {
		rows[i] = row(n)
	}
	return textResult(columns, rows), nil
}

func like(pattern, name string) bool {
	name = strings.ToLower(name)
	for _, alternative := range strings.Split(strings.ToLower(pattern), "|") {
		parts := strings.Split(strings.TrimSpace(alternative), "*")
		rest, found := strings.CutPrefix(name, parts[0])
		for i := 1; found && i < len(parts); i++ {
			if i == len(parts)-1 {
				found = strings.HasSuffix(rest, parts[i])
				rest = ""
				break
			}
			_, rest, found = strings.Cut(rest, parts[i])
		}
		if found && rest == "" {
			return true
		}
	}
	return false
}

func (e *Engine) showGrants(s *Session, p *parser) (*Result, error) {
	var grantee string
	if !p.peek().is("ON") {
		var err error
		if grantee, err = p.identifier(); err != nil {
			return nil, err
		}
	}
	if err := p.expect("ON"); err != nil {
		return nil, err
	}
	on, err := p.securable(s)
	if err != nil {
		return nil, err
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	grants, err := e.auth.Grants(s.principal, on, grantee)
	if err != nil {
		return nil, err
	}
	rows := make([][]string, len(grants))
	for i, g := range grants {
		rows[i] = []string{g.Principal, g.Privilege, g.On.Type, strings.Join(g.On.Name, ".")}
	}
	return textResult([]string{"Principal", "ActionType", "ObjectType", "ObjectKey"}, rows), nil
}
