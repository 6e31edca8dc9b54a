package model

import (
	"fmt"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// Link is one privilege that is missing on one object.
type Link struct {
	Privilege unity.Privilege
	On        unity.Securable
}

// Error is a refusal, with everything either protocol needs to say it the way Databricks does.
type Error struct {
	Code     string // error_code of the REST API, for example PERMISSION_DENIED
	Status   int    // HTTP status
	Class    string // SQL error class, for example INSUFFICIENT_PERMISSIONS; empty where SQL cannot meet the error
	SQLState string // five characters, empty with Class
	Message  string // text of the REST API
	detail   string // text after the class in SQL, when it differs from Message

	// Missing is the first missing privilege, nil when the refusal has another reason. Principal is who lacks it.
	Missing   *Link
	Principal string

	ETag string // of a setting, for whoever tries again
}

// Error is the code and the text of the REST API.
func (e *Error) Error() string { return e.Code + ": " + e.Message }

// SQLText is what a failed statement says after the error class; it differs from Message for some errors.
func (e *Error) SQLText() string {
	if e.detail != "" {
		return e.detail
	}
	return e.Message
}

func invalidParameter(format string, args ...any) *Error {
	return &Error{
		Code: "INVALID_PARAMETER_VALUE", Status: http.StatusBadRequest,
		Class: "INVALID_PARAMETER_VALUE", SQLState: "22023", Message: fmt.Sprintf(format, args...),
	}
}

// noResource is the answer for anything but Unity Catalog objects that does not exist.
func noResource(format string, args ...any) *Error {
	return &Error{Code: "RESOURCE_DOES_NOT_EXIST", Status: http.StatusNotFound, Message: fmt.Sprintf(format, args...)}
}

// lacks is the refusal for one missing privilege; the texts are those both protocols are known to use.
func lacks(who *Principal, p unity.Privilege, on unity.Securable) *Error {
	name := on.FullName()
	if on.Kind == unity.MetastoreKind {
		name = "metastore"
	}
	return denied(who, &Link{p, on}, fmt.Sprintf("User does not have %s on %s '%s'.", p.SQL(), on.Kind, name))
}

func denied(who *Principal, missing *Link, text string) *Error {
	return &Error{
		Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
		Class: "INSUFFICIENT_PERMISSIONS", SQLState: "42501",
		Message: text, detail: "Insufficient privileges:\n" + text,
		Missing: missing, Principal: who.Name,
	}
}

// notBound is the refusal of a catalog that is bound to other workspaces only; no grant helps against it.
func notBound(who *Principal, catalog string) *Error {
	return denied(who, nil, fmt.Sprintf("Catalog '%s' is not accessible in current workspace", catalog))
}

// absent is the answer for an object that does not exist.
func absent(s unity.Securable) *Error {
	e := &Error{
		Code: s.Kind.REST() + "_DOES_NOT_EXIST", Status: http.StatusNotFound, SQLState: "42704",
		Message: fmt.Sprintf("%s '%s' does not exist.", s.Kind, s.FullName()),
	}
	row, _ := s.Kind.Row()
	e.Class = row.Missing
	switch s.Kind {
	case unity.CatalogKind:
		e.Class = "NO_SUCH_CATALOG_EXCEPTION"
		e.detail = fmt.Sprintf("Catalog '%s' was not found. Verify the spelling and correctness of the catalog.", s.Catalog)
	case unity.SchemaKind:
		e.Class = "SCHEMA_NOT_FOUND"
		e.detail = fmt.Sprintf("The schema `%s`.`%s` cannot be found. Verify the spelling and correctness of the schema and catalog.", s.Catalog, s.Schema)
	case unity.TableKind:
		e.Class, e.SQLState = "TABLE_OR_VIEW_NOT_FOUND", "42P01"
		e.detail = fmt.Sprintf("The table or view `%s`.`%s`.`%s` cannot be found. Verify the spelling and correctness of the schema and catalog.",
			s.Catalog, s.Schema, s.Name)
	}
	return e
}

// noPrincipal is the answer to a grant that names nobody: grants take application IDs, user names and account group names only.
func noPrincipal(name string) *Error {
	return &Error{
		Code: "PRINCIPAL_DOES_NOT_EXIST", Status: http.StatusNotFound,
		Class: "PRINCIPAL_DOES_NOT_EXIST", SQLState: "42704",
		Message: "Could not find principal with name " + name,
	}
}
