package exits

import (
	"errors"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// OfError is the exit code of an error that has none of its own.
func OfError(err error) int {
	mistyped := []error{connector.ErrInput, vault.ErrNotFound, vault.ErrAmbiguous, admin.ErrNotFound, admin.ErrAmbiguous, admin.ErrNotConfirmed, authorization.ErrNobody, authorization.ErrAmbiguous, authorization.ErrNoText}
	switch {
	case slices.ContainsFunc(mistyped, func(kind error) bool { return errors.Is(err, kind) }):
		return Usage
	case errors.Is(err, admin.ErrStopped):
		return Left
	case errors.Is(err, vault.ErrNameTaken):
		return Taken
	case errors.Is(err, admin.ErrRefused), errors.Is(err, authorization.ErrRefused):
		return Refused
	}
	return Internal
}
