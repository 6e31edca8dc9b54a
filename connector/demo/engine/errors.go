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
}

// Error returns the text in Databricks' form: [CLASS] message SQLSTATE: 12345.
func (e *Error) Error() string {
	return fmt.Sprintf("[%s] %s SQLSTATE: %s", e.Class, e.Message, e.SQLState)
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
	return &Error{"INSUFFICIENT_PERMISSIONS", "42501", fmt.Sprintf(
		"Insufficient privileges:\nUser does not have %s on %s '%s'.", privilege, securable, name)}
}

// NotPermitted is an INSUFFICIENT_PERMISSIONS error with a text of its own,
// such as "Catalog 'c' is not accessible in current workspace".
func NotPermitted(text string) *Error {
	return &Error{"INSUFFICIENT_PERMISSIONS", "42501", "Insufficient privileges:\n" + text}
}

// TableNotFound says that a table does not exist, or is hidden.
func TableNotFound(name Name) *Error {
	return &Error{"TABLE_OR_VIEW_NOT_FOUND", "42P01", fmt.Sprintf(
		"The table or view %s cannot be found. Verify the spelling and correctness of the schema and catalog.\n"+
			"If you did not qualify the name with a schema, verify the current_schema() output, "+
			"or qualify the name with the correct schema and catalog.\n"+
			"To tolerate the error on drop use DROP VIEW IF EXISTS or DROP TABLE IF EXISTS.", name.quoted())}
}

// SchemaNotFound says that a schema does not exist, or is hidden.
func SchemaNotFound(catalog, schema string) *Error {
	return &Error{"SCHEMA_NOT_FOUND", "42704", fmt.Sprintf(
		"The schema %s cannot be found. Verify the spelling and correctness of the schema and catalog.\n"+
			"If you did not qualify the name with a catalog, verify the current_schema() output, "+
			"or qualify the name with the correct catalog.\n"+
			"To tolerate the error on drop use DROP SCHEMA IF EXISTS.", backtick(catalog, schema))}
}

// CatalogNotFound says that a catalog does not exist, or is hidden.
func CatalogNotFound(catalog string) *Error {
	return &Error{"NO_SUCH_CATALOG_EXCEPTION", "42704", fmt.Sprintf(
		"Catalog '%s' was not found. Please verify the catalog name and then retry the query or command again.", catalog)}
}

// PrincipalNotFound says that a GRANT names nobody, for example because it
// gives a service principal's display name instead of its application ID.
func PrincipalNotFound(name string) *Error {
	return &Error{"PRINCIPAL_DOES_NOT_EXIST", "42704", fmt.Sprintf("Could not find principal with name %s.", name)}
}

// syntaxError says where the text stops making sense. An empty near means the
// end of the statement.
func syntaxError(near string) *Error {
	at := "end of input"
	if near != "" {
		at = "'" + near + "'"
	}
	return &Error{"PARSE_SYNTAX_ERROR", "42601", fmt.Sprintf("Syntax error at or near %s.", at)}
}

func unresolvedColumn(parts ...string) *Error {
	return &Error{"UNRESOLVED_COLUMN.WITHOUT_SUGGESTION", "42703", fmt.Sprintf(
		"A column, variable, or function parameter with name %s cannot be resolved.", backtick(parts...))}
}

// canceled is how a statement ends whose client went away or gave up.
func canceled() *Error {
	return &Error{"OPERATION_CANCELED", "HY008", "Operation was canceled."}
}

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
		return &Error{"AMBIGUOUS_REFERENCE", "42704", fmt.Sprintf("Reference %s is ambiguous.", backtick(strings.Split(what, ".")...))}
	}},
	{"no such function: ", func(what string) *Error {
		return &Error{"UNRESOLVED_ROUTINE", "42883", fmt.Sprintf("Cannot resolve routine %s on search path.", backtick(what))}
	}},
	{"not authorized to use function: ", func(what string) *Error {
		return &Error{"UNRESOLVED_ROUTINE", "42883", fmt.Sprintf("Cannot resolve routine %s on search path.", backtick(what))}
	}},
	{"wrong number of arguments to function ", func(what string) *Error {
		return &Error{"WRONG_NUM_ARGS.WITHOUT_SUGGESTION", "42605", fmt.Sprintf("The %s has the wrong number of arguments.", what)}
	}},
	{"near \"", func(what string) *Error {
		near, _, _ := strings.Cut(what, "\": syntax error")
		return syntaxError(strings.Trim(near, `"`))
	}},
	{"incomplete input", func(string) *Error { return syntaxError("") }},
	{"unrecognized token: ", func(what string) *Error { return syntaxError(strings.Trim(what, `"`)) }},
	{"integer overflow", func(string) *Error {
		return &Error{"ARITHMETIC_OVERFLOW", "22003", "Integer overflow."}
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
	return &Error{"ANALYSIS_EXCEPTION", "42000", text + "."}
}
