package engine

import (
	"database/sql/driver"

	"modernc.org/sqlite"
)

// sessionFunctions are the functions without arguments that tell a session
// about itself.
var sessionFunctions = map[string]func(*run) string{
	"current_user":     func(r *run) string { return r.principal },
	"session_user":     func(r *run) string { return r.principal },
	"user":             func(r *run) string { return r.principal },
	"current_catalog":  func(r *run) string { catalog, _ := r.session.Namespace(); return catalog },
	"current_schema":   func(r *run) string { _, schema := r.session.Namespace(); return schema },
	"current_database": func(r *run) string { _, schema := r.session.Namespace(); return schema },
}

// registerFunctions adds the session functions to the connections d opens.
func (c *conn) registerFunctions(d *sqlite.Driver) error {
	for name, answer := range sessionFunctions {
		err := d.RegisterScalarFunction(name, 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
			return answer(c.run), nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}
