package dialect

import (
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// TableNotFound says that a table does not exist, or is hidden. Where it was
// looked for is filled in with the session's namespace.
func TableNotFound(name Name) *values.Error { return tableNotFound(name.Quoted()) }

func tableNotFound(quoted string) *values.Error {
	return &values.Error{Class: "TABLE_OR_VIEW_NOT_FOUND", SQLState: "42P01", Message: fmt.Sprintf(
		"The table or view %s cannot be found. Verify the spelling and correctness of the schema and catalog.\n"+
			"Search path: [%s].\n"+
			"If you did not qualify the name with a schema, verify the current_schema() output, "+
			"or qualify the name with the correct schema and catalog.\n"+
			"To tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.", quoted, searchPath)}
}

// Unread turns the error that says why a table cannot be read into the one that
// a query gets, which has the name as it was written. A query does not tell a
// schema that is missing from a table that is.
func (q *Query) Unread(name Name, err error) error {
	var e *values.Error
	if !errors.As(err, &e) || e.Class != "TABLE_OR_VIEW_NOT_FOUND" && e.Class != "SCHEMA_NOT_FOUND" {
		return err
	}
	return tableNotFound(Backtick(q.written[name]...))
}

// SchemaNotFound says that a schema does not exist, or is hidden.
func SchemaNotFound(catalog, schema string) *values.Error {
	return &values.Error{Class: "SCHEMA_NOT_FOUND", SQLState: "42704", Message: fmt.Sprintf(
		"The schema %s cannot be found. Verify the spelling and correctness of the schema and catalog.\n"+
			"If you did not qualify the name with a catalog, verify the current_schema() output, "+
			"or qualify the name with the correct catalog.\n"+
			"To tolerate the error on drop use DROP SCHEMA IF EXISTS.", Backtick(catalog, schema))}
}

// CatalogNotFound says that a catalog does not exist, or is hidden.
func CatalogNotFound(catalog string) *values.Error {
	return &values.Error{Class: "NO_SUCH_CATALOG_EXCEPTION", SQLState: "42704", Message: fmt.Sprintf(
		"Catalog '%s' was not found. Please verify the catalog name and then retry the query or command again.", catalog)}
}

// syntaxErrorClass is the class of the error of a text that is not SQL.
const syntaxErrorClass = "PARSE_SYNTAX_ERROR"

// SyntaxError says where the text stops making sense. An empty near means the
// end of the statement.
func SyntaxError(near string) *values.Error {
	at := "end of input"
	if near != "" {
		at = "'" + near + "'"
	}
	return &values.Error{Class: syntaxErrorClass, SQLState: "42601", Message: fmt.Sprintf("Syntax error at or near %s.", at)}
}

// emptyStatement is the class of the error of a statement with nothing in it.
const emptyStatement = "PARSE_EMPTY_STATEMENT"

// EmptyStatement says that there is no statement in the text.
func EmptyStatement() *values.Error {
	return &values.Error{Class: emptyStatement, SQLState: "42617", Message: "Syntax error, unexpected empty statement.", At: 1}
}

// SyntaxAt is a syntax error at a token.
func SyntaxAt(t Token) *values.Error {
	e := SyntaxError(t.raw)
	if t.raw != "" {
		e.At = t.pos + 1
	}
	return e
}

// UnresolvedColumn says that a name means no column.
func UnresolvedColumn(parts ...string) *values.Error {
	return &values.Error{Class: "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", SQLState: "42703", Message: fmt.Sprintf(
		"A column, variable, or function parameter with name %s cannot be resolved.", Backtick(parts...))}
}

// UnsupportedType says that there is no such data type.
func UnsupportedType(name string) *values.Error {
	return &values.Error{Class: "UNSUPPORTED_DATATYPE", SQLState: "0A000",
		Message: fmt.Sprintf("Unsupported data type \"%s\".", strings.ToUpper(name)),
	}
}

// UnresolvedRoutine says that there is no such function. Where it was looked
// for is filled in with the session's namespace.
func UnresolvedRoutine(name string) *values.Error {
	return &values.Error{Class: "UNRESOLVED_ROUTINE", SQLState: "42883", Message: fmt.Sprintf(
		"Cannot resolve routine %s on search path [%s].\nVerify the spelling of %[1]s, check that the routine exists, and confirm you have "+
			"`USE` privilege on the catalog and schema, and EXECUTE on the routine.", Backtick(name), searchPath)}
}

// WrongArguments says that a function was called with too few or too many arguments.
func WrongArguments(function string) *values.Error {
	return &values.Error{Class: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", SQLState: "42605",
		Message: fmt.Sprintf("The %s has the wrong number of arguments.", function),
	}
}

// searchPath stands for the session's search path in a text.
const searchPath = "<search path>"
