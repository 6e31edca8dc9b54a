package estate

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// verdict is what an error of a request means.
type verdict int

const (
	refused verdict = iota // it takes a right
	tooFast
	gone   // what was asked about does not exist any more
	absent // the workspace does not have this
	passing
	unheard
)

// judge says what an error means, in how long there is a use in asking again, and what it says.
func judge(err error, standsAlone bool) (v verdict, after time.Duration, says string) {
	var said *workspace.ReadError
	var busy *workspace.BusyError
	switch {
	case errors.As(err, &busy):
		return tooFast, busy.After, busy.Body
	case !errors.As(err, &said):
		return passing, 0, connector.CleanLine(err.Error(), 200)
	}
	says = said.Message
	if says == "" {
		says = said.Error()
	}
	wordless := said.Code == "" && said.Message == "" // the page of a gateway, say, which knows nothing of what there is
	switch {
	case said.Status == http.StatusTooManyRequests:
		return tooFast, said.After, says
	case said.Status >= http.StatusInternalServerError && said.Status != http.StatusNotImplemented:
		return passing, said.After, says
	case said.Status == http.StatusUnauthorized, said.Status == http.StatusForbidden, said.Code == "PERMISSION_DENIED":
		return refused, 0, says
	case wordless:
		return unheard, 0, says
	case said.Status == http.StatusNotImplemented, said.Code == "FEATURE_DISABLED", said.Code == "ENDPOINT_NOT_FOUND", strings.Contains(says, "not enabled"):
		return absent, 0, says
	case said.Status == http.StatusNotFound && standsAlone:
		return absent, 0, says
	case said.Status == http.StatusNotFound, strings.HasSuffix(said.Code, "DOES_NOT_EXIST"):
		return gone, 0, says
	}
	return unheard, 0, says
}

// mostShut is how often, with no answer in between, credentials that were good may not be any more. Then the run ends, and goes on when they are.
const mostShut = 2 * InFlight

// lockedOut reports whether it is the credentials that were refused.
func lockedOut(err error) bool {
	var said *workspace.ReadError
	return errors.As(err, &said) && said.Status == http.StatusUnauthorized
}
