package engine

import (
	"slices"
	"strings"
)

// parser reads the statements that are not queries. Its methods return an
// [*Error] that points at the first token that does not fit.
type parser struct {
	tokens []token
	pos    int
}

// peek returns the current token; past the end it is an empty symbol.
func (p *parser) peek() token {
	if p.pos < len(p.tokens) {
		return p.tokens[p.pos]
	}
	return token{kind: symbol}
}

// accept passes over the words if they all come next.
func (p *parser) accept(words ...string) bool {
	for i, w := range words {
		if p.pos+i >= len(p.tokens) || !p.tokens[p.pos+i].is(w) {
			return false
		}
	}
	p.pos += len(words)
	return true
}

func (p *parser) expect(words ...string) error {
	if !p.accept(words...) {
		return p.wrong()
	}
	return nil
}

func (p *parser) wrong() error { return syntaxAt(p.peek()) }

func (p *parser) end() error {
	if p.pos < len(p.tokens) {
		return p.wrong()
	}
	return nil
}

// identifier reads one identifier as it was written.
func (p *parser) identifier() (string, error) {
	t := p.peek()
	if !t.identifier() || identifierText(t) == "" {
		return "", p.wrong()
	}
	p.pos++
	return identifierText(t), nil
}

// name reads a name of up to limit parts, in lower case.
func (p *parser) name(limit int) ([]string, error) {
	var parts []string
	for {
		part, err := p.identifier()
		if err != nil {
			return nil, err
		}
		parts = append(parts, strings.ToLower(part))
		if !p.peek().is(".") || len(parts) == limit {
			return parts, nil
		}
		p.pos++
	}
}

// securable reads the object of GRANT, REVOKE and SHOW GRANTS, completed with
// the session's namespace. Without a keyword it is a table.
func (p *parser) securable(s *Session) (Securable, error) {
	catalog, schema := s.Namespace()
	kind := "TABLE"
	if t := p.peek(); t.kind == word && slices.Contains([]string{"CATALOG", "SCHEMA", "DATABASE", "TABLE", "VIEW"}, t.value) {
		p.pos++
		kind = strings.Replace(t.value, "DATABASE", "SCHEMA", 1)
	} else if p.accept("MATERIALIZED", "VIEW") {
		kind = "VIEW"
	}
	switch kind {
	case "CATALOG":
		parts, err := p.name(1)
		return Securable{kind, parts}, err
	case "SCHEMA":
		parts, err := p.name(2)
		if len(parts) == 1 {
			parts = []string{catalog, parts[0]}
		}
		return Securable{kind, parts}, err
	}
	parts, err := p.name(3)
	if err != nil {
		return Securable{}, err
	}
	n := complete(parts, catalog, schema)
	return Securable{kind, []string{n.Catalog, n.Schema, n.Table}}, nil
}

// tableName reads a table's name, completed with the session's namespace.
func (p *parser) tableName(s *Session) (Name, error) {
	parts, err := p.name(3)
	if err != nil {
		return Name{}, err
	}
	catalog, schema := s.Namespace()
	return complete(parts, catalog, schema), nil
}

// privileges reads the list in front of ON: words joined by single spaces, so
// that "use  schema" is USE SCHEMA.
func (p *parser) privileges() ([]string, error) {
	var list []string
	for {
		var words []string
		for t := p.peek(); t.kind == word && t.value != "ON"; t = p.peek() {
			words = append(words, t.value)
			p.pos++
		}
		if len(words) == 0 {
			return nil, p.wrong()
		}
		list = append(list, strings.ReplaceAll(strings.Join(words, " "), "_", " "))
		if !p.accept(",") {
			return list, nil
		}
	}
}
