package engine

import "slices"

// commands are the statements that are not queries, by their first word.
var commands = map[string]func(*Engine, *Session, *parser) (*Result, error){
	"SHOW": (*Engine).show, "DESCRIBE": (*Engine).describe, "DESC": (*Engine).describe, "USE": (*Engine).use,
	"GRANT": (*Engine).grant, "REVOKE": (*Engine).grant,
	"DELETE": (*Engine).write, "UPDATE": (*Engine).write, "INSERT": (*Engine).write, "MERGE": (*Engine).write,
	"TRUNCATE": (*Engine).write, "DROP": (*Engine).write, "ALTER": (*Engine).write, "COPY": (*Engine).write,
	"CREATE": (*Engine).unsupported, "REPLACE": (*Engine).unsupported, "EXPLAIN": (*Engine).unsupported, "SET": (*Engine).set,
	"RESET": (*Engine).reset, "OPTIMIZE": (*Engine).unsupported, "VACUUM": (*Engine).unsupported, "ANALYZE": (*Engine).unsupported,
	"CALL": (*Engine).unsupported, "EXECUTE": (*Engine).unsupported, "COMMENT": (*Engine).unsupported, "CACHE": (*Engine).unsupported,
	"REFRESH": (*Engine).unsupported, "DENY": (*Engine).unsupported, "UNDROP": (*Engine).unsupported, "LIST": (*Engine).unsupported,
	"PUT": (*Engine).unsupported, "GET": (*Engine).unsupported, "REMOVE": (*Engine).unsupported, "DECLARE": (*Engine).unsupported,
	"BEGIN": (*Engine).unsupported, "REPAIR": (*Engine).unsupported, "MSCK": (*Engine).unsupported, "RESTORE": (*Engine).unsupported,
}

// unsupported refuses what Databricks would run and the embedded workspace
// does not, rather than answer wrongly.
func (e *Engine) unsupported(_ *Session, p *parser) (*Result, error) {
	return nil, notHere(p.tokens[0].value)
}

func notHere(what string) *Error {
	return &Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000", Message: "The embedded workspace does not run " + what + " statements."}
}

// writeNoise are the words between a writing verb and the table it writes to.
var writeNoise = []string{"FROM", "INTO", "OVERWRITE", "TABLE", "VIEW", "IF", "EXISTS"}

// write refuses statements that change data. The authority says how: usually
// because the principal may not.
func (e *Engine) write(s *Session, p *parser) (*Result, error) {
	for t := p.peek(); t.kind == word && slices.Contains(writeNoise, t.value); t = p.peek() {
		p.pos++
	}
	name, err := p.tableName(s)
	if err != nil {
		return nil, err
	}
	if err := e.auth.Write(s.principal, name); err != nil {
		return nil, err
	}
	return e.unsupported(s, p)
}

// use changes the session's catalog or schema.
func (e *Engine) use(s *Session, p *parser) (*Result, error) {
	catalog, _ := s.Namespace()
	isCatalog := p.accept("CATALOG")
	if !isCatalog && !p.accept("SCHEMA") {
		p.accept("DATABASE")
	}
	parts, err := p.name(2)
	if err != nil {
		return nil, err
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	switch {
	case isCatalog && len(parts) == 2:
		return nil, syntaxError(parts[1])
	case isCatalog:
		_, err = e.auth.Schemas(s.principal, parts[0])
		parts = append(parts, "default")
	case len(parts) == 1:
		parts = []string{catalog, parts[0]}
		fallthrough
	default:
		_, err = e.auth.Tables(s.principal, parts[0], parts[1])
	}
	if err != nil {
		return nil, err
	}
	s.use(parts[0], parts[1])
	return &Result{}, nil
}

// grant runs GRANT and REVOKE.
func (e *Engine) grant(s *Session, p *parser) (*Result, error) {
	change := Change{Revoke: p.tokens[0].is("REVOKE")}
	var err error
	if change.Privileges, err = p.privileges(); err != nil {
		return nil, err
	}
	if err := p.expect("ON"); err != nil {
		return nil, err
	}
	if change.On, err = p.securable(s); err != nil {
		return nil, err
	}
	to := "TO"
	if change.Revoke {
		to = "FROM"
	}
	if err := p.expect(to); err != nil {
		return nil, err
	}
	if change.Principal, err = p.identifier(); err != nil {
		return nil, err
	}
	if err := p.end(); err != nil {
		return nil, err
	}
	if err := e.auth.Change(s.principal, change); err != nil {
		return nil, err
	}
	return &Result{}, nil
}
