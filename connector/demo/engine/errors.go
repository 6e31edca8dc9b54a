package engine

import (
	"errors"
	"fmt"
	"strings"
)

// Error is a failed statement as the client sees it.
type Error struct {
	Class    string // Databricks' error class, such as "TABLE_OR_VIEW_NOT_FOUND"
	SQLState string // five characters, such as "42P01"
	Message  string // the text after the class

	place string // where in the statement, as it stands after the SQLSTATE
	at    int    // the same as an offset in bytes, plus one; zero where it is not known
}

// Error returns the text in Databricks' form: [CLASS] message SQLSTATE: 12345,
// then where in the statement the mistake is, if that is known.
func (e *Error) Error() string {
	return fmt.Sprintf("[%s] %s SQLSTATE: %s%s", e.Class, e.Message, e.SQLState, e.place)
}

// AsError returns err as an [*Error], wrapping what has no class of its own as
// an internal error.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Class: "INTERNAL_ERROR", SQLState: "XX000", Message: err.Error() + "."}
}

// InsufficientPermissions says that the principal lacks a privilege, such as
// "USE CATALOG" on "Catalog" "main".
func InsufficientPermissions(privilege, securable, name string) *Error {
	return &Error{Class: "INSUFFICIENT_PERMISSIONS", SQLState: "42501", Message: fmt.Sprintf(
		"Insufficient privileges:\nUser does not have %s on %s '%s'.", privilege, securable, name)}
}

// NotPermitted is an INSUFFICIENT_PERMISSIONS error with a text of its own,
// such as "Catalog 'c' is not accessible in current workspace".
func NotPermitted(text string) *Error {
	return &Error{Class: "INSUFFICIENT_PERMISSIONS", SQLState: "42501", Message: "Insufficient privileges:\n" + text}
}

// TableNotFound says that a table does not exist, or is hidden.
func TableNotFound(name Name) *Error {
	return &Error{Class: "TABLE_OR_VIEW_NOT_FOUND", SQLState: "42P01", Message: fmt.Sprintf(
		"The table or view %s cannot be found. Verify the spelling and correctness of the schema and catalog.\n"+
			"If you did not qualify the name with a schema, verify the current_schema() output, "+
			"or qualify the name with the correct schema and catalog.\n"+
			"To tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.", name.quoted())}
}

// SchemaNotFound says that a schema does not exist, or is hidden.
func SchemaNotFound(catalog, schema string) *Error {
	return &Error{Class: "SCHEMA_NOT_FOUND", SQLState: "42704", Message: fmt.Sprintf(
		"The schema %s cannot be found. Verify the spelling and correctness of the schema and catalog.\n"+
			"If you did not qualify the name with a catalog, verify the current_schema() output, "+
			"or qualify the name with the correct catalog.\n"+
			"To tolerate the error on drop use DROP SCHEMA IF EXISTS.", backtick(catalog, schema))}
}

// CatalogNotFound says that a catalog does not exist, or is hidden.
func CatalogNotFound(catalog string) *Error {
	return &Error{Class: "NO_SUCH_CATALOG_EXCEPTION", SQLState: "42704", Message: fmt.Sprintf(
		"Catalog '%s' was not found. Please verify the catalog name and then retry the query or command again.", catalog)}
}

// PrincipalNotFound says that a GRANT names nobody, for example because it
// gives a service principal's display name instead of its application ID.
func PrincipalNotFound(name string) *Error {
	return &Error{Class: "PRINCIPAL_DOES_NOT_EXIST", SQLState: "42704", Message: fmt.Sprintf("Could not find principal with name %s.", name)}
}

// syntaxError says where the text stops making sense. An empty near means the
// end of the statement.
func syntaxError(near string) *Error {
	at := "end of input"
	if near != "" {
		at = "'" + near + "'"
	}
	return &Error{Class: "PARSE_SYNTAX_ERROR", SQLState: "42601", Message: fmt.Sprintf("Syntax error at or near %s.", at)}
}

// syntaxAt is a syntax error at a token.
func syntaxAt(t token) *Error {
	e := syntaxError(t.raw)
	if t.raw != "" {
		e.at = t.pos + 1
	}
	return e
}

func unresolvedColumn(parts ...string) *Error {
	return &Error{Class: "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", SQLState: "42703", Message: fmt.Sprintf(
		"A column, variable, or function parameter with name %s cannot be resolved.", backtick(parts...))}
}

func unsupportedType(name string) *Error {
	return &Error{Class: "UNSUPPORTED_DATATYPE", SQLState: "0A000", Message: fmt.Sprintf("Unsupported data type \"%s\".", strings.ToUpper(name))}
}

func divideByZero() *Error {
	return &Error{Class: "DIVIDE_BY_ZERO", SQLState: "22012", Message: "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. " +
		"If necessary set \"ansi_mode\" to \"false\" to bypass this error."}
}

// canceled is how a statement ends whose client went away or gave up.
func canceled() *Error {
	return &Error{Class: "OPERATION_CANCELED", SQLState: "HY008", Message: "Operation was canceled."}
}

// unresolvedRoutine says that there is no such function. Where it was looked
// for is filled in with the session's namespace.
func unresolvedRoutine(name string) *Error {
	return &Error{Class: "UNRESOLVED_ROUTINE", SQLState: "42883", Message: fmt.Sprintf(
		"Cannot resolve routine %s on search path [%s].\nVerify the spelling of %[1]s, check that the routine exists, and confirm you have "+
			"`USE` privilege on the catalog and schema, and EXECUTE on the routine.", backtick(name), searchPath)}
}

// searchPath stands for the session's search path in a text.
const searchPath = "<search path>"

// translations turns SQLite's complaints into Databricks' own, by the text
// that introduces them.
var translations = []struct {
	prefix string
	make   func(what string) *Error
}{
	{"no such column: ", func(what string) *Error {
		what, _, _ = strings.Cut(what, " - should this be")
		return unresolvedColumn(strings.Split(strings.ReplaceAll(what, `"`, ""), ".")...)
	}},
	{"ambiguous column name: ", func(what string) *Error {
		return &Error{Class: "AMBIGUOUS_REFERENCE", SQLState: "42704", Message: fmt.Sprintf("Reference %s is ambiguous.", backtick(strings.Split(what, ".")...))}
	}},
	{"no such function: ", unresolvedRoutine},
	{"not authorized to use function: ", unresolvedRoutine},
	{"wrong number of arguments to function ", func(what string) *Error {
		return &Error{Class: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION", SQLState: "42605", Message: fmt.Sprintf("The %s has the wrong number of arguments.", what)}
	}},
	{"near \"", func(what string) *Error {
		near, _, _ := strings.Cut(what, "\": syntax error")
		return syntaxError(strings.Trim(near, `"`))
	}},
	{"incomplete input", func(string) *Error { return syntaxError("") }},
	{"unrecognized token: ", func(what string) *Error { return syntaxError(strings.Trim(what, `"`)) }},
	{"integer overflow", func(string) *Error {
		return &Error{Class: "ARITHMETIC_OVERFLOW", SQLState: "22003", Message: "Integer overflow."}
	}},
}

// translate turns an error of SQLite into one of Databricks. What SQLite calls
// by other names is reported as an analysis error with SQLite's own words.
func translate(err error) *Error {
	text := err.Error()
	text = strings.TrimPrefix(text, "SQL logic error: ")
	if i := strings.LastIndex(text, " ("); i > 0 && strings.HasSuffix(text, ")") {
		text = text[:i]
	}
	for _, t := range translations {
		if what, found := strings.CutPrefix(text, t.prefix); found {
			return t.make(what)
		}
	}
	return &Error{Class: "ANALYSIS_EXCEPTION", SQLState: "42000", Message: text + "."}
}
