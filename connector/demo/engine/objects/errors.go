package objects

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// InsufficientPermissions says that the principal lacks a privilege, such as
// "USE CATALOG" on "Catalog" "main".
func InsufficientPermissions(privilege, securable, name string) *values.Error {
	return &values.Error{Class: "INSUFFICIENT_PERMISSIONS", SQLState: "42501", Message: fmt.Sprintf(
		"Insufficient privileges:\nUser does not have %s on %s '%s'.", privilege, securable, name)}
}

// NotPermitted is an INSUFFICIENT_PERMISSIONS error with a text of its own,
// such as "Catalog 'c' is not accessible in current workspace".
func NotPermitted(text string) *values.Error {
	return &values.Error{Class: "INSUFFICIENT_PERMISSIONS", SQLState: "42501", Message: "Insufficient privileges:\n" + text}
}

// PrincipalNotFound says that a GRANT names nobody, for example because it
// gives a service principal's display name instead of its application ID.
func PrincipalNotFound(name string) *values.Error {
	return &values.Error{Class: "PRINCIPAL_DOES_NOT_EXIST", SQLState: "42704",
		Message: fmt.Sprintf("Could not find principal with name %s.", name),
	}
}
