package rest

import (
	"net/http"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// Host is what one host of Databricks says of itself, and whom it lets in.
type Host struct {
	// OIDC is the path that discovery, the token endpoint and the keys are below.
	OIDC string
	// Audience is whom access tokens are for. Tokens of another host are refused.
	Audience string
	// Type is the host_type of its metadata.
	Type string
	// Workspace is the numeric id of the workspace, empty for the account, which knows no personal access tokens either.
	Workspace string
	// Admit tells whether somebody who signed in may ask for anything.
	Admit func(*model.Principal) error
}

// Route is a request that is answered to those who are signed in. An answer is a value to write as JSON.
type Route struct {
	Pattern string
	Answer  func(*http.Request, *model.Principal) (any, error)
}

func workspaceHost(w *model.World) Host {
	return Host{OIDC: "/oidc", Audience: w.WorkspaceID(), Type: "workspace", Workspace: w.WorkspaceID(), Admit: w.CheckAPI}
}

// NumericID is an id as a number, as some services write it; 0 for one that is none.
func NumericID(id string) int64 {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// Page cuts the page out of a listing that the page_size and page_token of a request ask for, at most so many at once, and gives the token of
// the next. Scope names the listing, so that a token of one is refused by another.
func Page[T any](r *http.Request, scope string, most int, all []T) (page []T, next string, err error) {
	c, err := readCursor(r, scope, "page_size", most)
	if err != nil {
		return nil, "", err
	}
	page, next = pageOf(c, all)
	return page, next, nil
}
