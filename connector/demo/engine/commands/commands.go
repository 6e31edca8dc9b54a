package commands

import (
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Desk runs the statements that are not queries, and answers for metadata. It
// asks its authority for everything.
type Desk struct {
	Authority objects.Authority
	Store     *objects.Store
}

// Run runs a statement. It may change the session's namespace and parameters.
// An error of type [*values.Error] is for the client to see.
func (d *Desk) Run(s *objects.Session, tokens []dialect.Token) (*values.Result, error) {
	if len(tokens) == 0 {
		return nil, dialect.EmptyStatement()
	}
	first := tokens[0]
	if command, known := commands[first.Value]; known && first.Kind == dialect.Word {
		return command(d, s, dialect.NewParser(tokens, 1))
	}
	return nil, dialect.SyntaxAt(first)
}

// commands are the statements that are not queries, by their first word.
var commands = map[string]func(*Desk, *objects.Session, *dialect.Parser) (*values.Result, error){
	"SHOW": (*Desk).show, "DESCRIBE": (*Desk).describe, "DESC": (*Desk).describe, "USE": (*Desk).use,
	"GRANT": (*Desk).grant, "REVOKE": (*Desk).grant,
	"DELETE": (*Desk).write, "UPDATE": (*Desk).write, "INSERT": (*Desk).write, "MERGE": (*Desk).write,
	"TRUNCATE": (*Desk).write, "DROP": (*Desk).write, "ALTER": (*Desk).write, "COPY": (*Desk).write,
	"CREATE": (*Desk).unsupported, "REPLACE": (*Desk).unsupported, "EXPLAIN": (*Desk).unsupported, "SET": (*Desk).set,
	"RESET": (*Desk).reset, "OPTIMIZE": (*Desk).unsupported, "VACUUM": (*Desk).unsupported, "ANALYZE": (*Desk).unsupported,
	"CALL": (*Desk).unsupported, "EXECUTE": (*Desk).unsupported, "COMMENT": (*Desk).unsupported, "CACHE": (*Desk).unsupported,
	"REFRESH": (*Desk).unsupported, "DENY": (*Desk).unsupported, "UNDROP": (*Desk).unsupported, "LIST": (*Desk).unsupported,
	"PUT": (*Desk).unsupported, "GET": (*Desk).unsupported, "REMOVE": (*Desk).unsupported, "DECLARE": (*Desk).unsupported,
	"BEGIN": (*Desk).unsupported, "REPAIR": (*Desk).unsupported, "MSCK": (*Desk).unsupported, "RESTORE": (*Desk).unsupported,
}

// unsupported refuses what Databricks would run and the embedded workspace
// does not, rather than answer wrongly.
func (d *Desk) unsupported(_ *objects.Session, p *dialect.Parser) (*values.Result, error) {
	return nil, notHere(p.First().Value)
}

func notHere(what string) *values.Error {
	return &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000",
		Message: "The embedded workspace does not run " + what + " statements.",
	}
}

// writeNoise are the words between a writing verb and the table it writes to.
var writeNoise = []string{"FROM", "INTO", "OVERWRITE", "TABLE", "VIEW", "IF", "EXISTS"}

// write refuses statements that change data. The authority says how: usually
// because the principal may not.
func (d *Desk) write(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	for t := p.Peek(); t.Kind == dialect.Word && slices.Contains(writeNoise, t.Value); t = p.Peek() {
		p.Skip()
	}
	name, err := p.TableName(s.Namespace())
	if err != nil {
		return nil, err
	}
	if err := d.Authority.Write(s.Principal(), name); err != nil {
		return nil, err
	}
	return d.unsupported(s, p)
}

// use changes the session's catalog or schema.
func (d *Desk) use(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	catalog, _ := s.Namespace()
	isCatalog := p.Accept("CATALOG")
	if !isCatalog && !p.Accept("SCHEMA") {
		p.Accept("DATABASE")
	}
	parts, err := p.Name(2)
	if err != nil {
		return nil, err
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	switch {
	case isCatalog && len(parts) == 2:
		return nil, dialect.SyntaxError(parts[1])
	case isCatalog:
		_, err = d.Authority.Schemas(s.Principal(), parts[0])
		parts = append(parts, "default")
	case len(parts) == 1:
		parts = []string{catalog, parts[0]}
		fallthrough
	default:
		_, err = d.Authority.Tables(s.Principal(), parts[0], parts[1])
	}
	if err != nil {
		return nil, err
	}
	s.Use(parts[0], parts[1])
	return &values.Result{}, nil
}
