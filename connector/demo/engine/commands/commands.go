package commands

import (
	"context"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Desk runs the statements that are not queries, and answers for metadata. It
// asks its authority for everything.
type Desk struct {
	Authority objects.Authority
	Store     *objects.Store
	Versions  objects.Versions // nil where tables have no versions
	MaxValues int64            // the largest answer of what walks over catalogs, in rows times columns

	// Query runs a query that is part of the statement, with its parameters, up
	// to so many rows, or to its end if most is zero. It is there for each
	// statement, and nil between them.
	Query func(query []dialect.Token, most int) (*values.Result, error)

	ctx context.Context // of the statement, nil between them
}

// Run runs a statement. It may change the session's namespace and parameters.
// An error of type [*values.Error] is for the client to see.
func (d *Desk) Run(ctx context.Context, s *objects.Session, tokens []dialect.Token) (*values.Result, error) {
	if len(tokens) == 0 {
		return nil, dialect.EmptyStatement()
	}
	of := *d // a desk for this statement alone
	of.ctx = ctx
	first := tokens[0]
	if command, known := commands[first.Value]; known && first.Kind == dialect.Word {
		return command(&of, s, dialect.NewParser(tokens, 1))
	}
	if _, known := absent[first.Value]; known && first.Kind == dialect.Word {
		return d.refuse(s, dialect.NewParser(tokens, 1))
	}
	return nil, dialect.SyntaxAt(first)
}

// commands are the statements that are not queries and that run here, by their
// first word.
var commands = map[string]func(*Desk, *objects.Session, *dialect.Parser) (*values.Result, error){
	"SHOW": (*Desk).show, "DESCRIBE": (*Desk).describe, "DESC": (*Desk).describe, "USE": (*Desk).use,
	"GRANT": (*Desk).grant, "REVOKE": (*Desk).grant, "SET": (*Desk).set, "RESET": (*Desk).reset,
	"CREATE": (*Desk).create, "ALTER": (*Desk).alter, "COMMENT": (*Desk).comment, "DROP": (*Desk).drop, "INSERT": (*Desk).insert,
	"DELETE": (*Desk).remove, "UPDATE": (*Desk).update, "MERGE": (*Desk).merge,
}

// use changes the session's catalog or schema.
func (d *Desk) use(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	if p.Accept("CATALOG") {
		return d.useCatalog(s, p)
	}
	if !p.Accept("SCHEMA") {
		p.Accept("DATABASE")
	}
	catalog, _ := s.Namespace()
	parts, err := p.Name(2)
	if err != nil {
		return nil, err
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	if len(parts) == 1 {
		parts = []string{catalog, parts[0]}
	}
	if parts[1] == objects.InformationSchema {
		err = d.Authority.UseCatalog(s.Principal(), parts[0])
	} else {
		_, err = d.Authority.Tables(s.Principal(), parts[0], parts[1])
	}
	if err != nil {
		return nil, err
	}
	s.Use(parts[0], parts[1])
	return &values.Result{}, nil
}

// useCatalog runs USE CATALOG and SET CATALOG, whose name may be a string.
func (d *Desk) useCatalog(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	catalog := strings.ToLower(p.Peek().Value)
	if p.Peek().Kind == dialect.Text {
		p.Skip()
	} else {
		parts, err := p.Name(1)
		if err != nil {
			return nil, err
		}
		catalog = parts[0]
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	if _, err := d.Authority.Schemas(s.Principal(), catalog); err != nil {
		return nil, err
	}
	s.Use(catalog, "default")
	return &values.Result{}, nil
}
