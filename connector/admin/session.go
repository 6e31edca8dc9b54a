// Package admin is a workspace as its administrator sees it, for the few changes that a person asks for and confirms: making the service
// principal, its entitlement and its OAuth secret, CAN_USE on the warehouse, and grants; and taking all of that away again.
//
// A Session is opened with credentials that are used and forgotten. It reads freely. It changes something in one place only, Apply, which
// takes a Plan that was confirmed by typing its name, and writes each step into a Journal before and after. The steps are safe to repeat:
// after an interruption, planning again sees what is done and plans the rest, and names what was left behind.
//
// The connector's own code does not use this package; its transport could not send these requests.
package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"

	"github.com/databricks/databricks-sdk-go/client"
	"github.com/databricks/databricks-sdk-go/useragent"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

const callTimeout = 30 * time.Second

// Config is what Open needs. The credentials are the admin's: an OAuth secret or a personal access token.
type Config struct {
	Host        connector.Host
	Credentials connector.Credentials
	Network     workspace.Network
	Version     string
	Rate        int              // as in workspace.Config
	Now         func() time.Time // what the ages of tokens are counted to; nil is the clock of this machine
}

// Session is a workspace signed in to as an admin. It is safe for concurrent use. Close it to drop idle connections.
type Session struct {
	host    connector.Host
	client  *client.DatabricksClient
	view    *workspace.Workspace
	close   func()
	me      connector.Principal
	byPAT   bool             // signed in with a personal access token
	preview atomic.Bool      // the list for tokens was found at the path of the preview alone
	line    workspace.Config // what readers of this session are opened with

	sleep func(context.Context, time.Duration) error
	clock func() time.Time   // nil: the clock of this machine
	fault func(moment) error // for tests: stops as a killed process would
}

// Open signs in and asks who that is, so that a journal can name who changed something. Errors are those of workspace.Open and of the
// network, wrapped.
func Open(ctx context.Context, cfg Config) (*Session, error) {
	line := workspace.Config{Host: cfg.Host, Credentials: cfg.Credentials, Network: cfg.Network, Version: cfg.Version, Rate: cfg.Rate, Admin: true}
	view, err := workspace.Open(line)
	if err != nil {
		return nil, fmt.Errorf("open an admin session: %w", err)
	}
	rest, closeRest, err := workspace.Client(line, allows)
	if err != nil {
		view.Close()
		return nil, fmt.Errorf("open an admin session: %w", err)
	}
	s := &Session{host: cfg.Host, client: rest, view: view, line: line, sleep: sleep, close: func() { view.Close(); closeRest() }, byPAT: cfg.Credentials.Method == connector.PAT, clock: cfg.Now}
	if s.me, err = view.Me(ctx); err != nil {
		s.Close()
		return nil, fmt.Errorf("open an admin session: %w", err)
	}
	return s, nil
}

// Me is who the session is signed in as.
func (s *Session) Me() connector.Principal { return s.me }

// Host is the workspace's host, the only one that the session sends anything to.
func (s *Session) Host() connector.Host { return s.host }

// View is the same workspace as the admin sees it, through the read-only transport of the connector: for listings and for comparing.
func (s *Session) View() *workspace.Workspace { return s.view }

// Close drops idle connections.
func (s *Session) Close() { s.close() }

// The requests of a session. Permissions are changed by PATCH, which leaves everybody else alone. The lists for tokens and for passwords alone
// can be replaced as well, since nothing else takes a permission from them; the step that does so looks first whether they are as planned.
var (
	readable = rules(http.MethodGet,
		"/oidc/.well-known/oauth-authorization-server",
		"/api/2.0/preview/scim/v2/Me",
		"/api/2.0/preview/scim/v2/ServicePrincipals", "/api/2.0/preview/scim/v2/ServicePrincipals/*",
		"/api/2.0/preview/scim/v2/Groups", "/api/2.0/preview/scim/v2/Groups/*",
		"/api/2.0/accounts/servicePrincipals/*/credentials/secrets",
		"/api/2.0/preview/scim/v2/Users",
		"/api/2.0/permissions/warehouses/*",
		tokensPath, "/api/2.0/token/list", settingsPath,
		"/api/2.1/unity-catalog/metastore_summary",
		"/api/2.0/sql/statements/*", "/api/2.0/sql/history/queries", "/api/2.0/sql/warehouses", "/api/2.1/clusters/list", "/api/2.0/permissions/clusters/*", jobsPath,
		"/api/2.0/settings/types/default_namespace_ws/names/default",
	)
	// lists are those for tokens and for passwords, which older workspaces have at the path of the permissions preview.
	lists = []string{
		authorization.Tokens.Path(), authorization.Passwords.Path(), authorization.Tokens.PreviewPath(), authorization.Passwords.PreviewPath(),
	}
	changeable = slices.Concat(
		rules(http.MethodPost, "/api/2.0/preview/scim/v2/ServicePrincipals", "/api/2.0/accounts/servicePrincipals/*/credentials/secrets",
			"/api/2.0/token/create", "/api/2.0/token/delete", "/api/2.0/token-management/on-behalf-of/tokens",
			deleteClusterPath,
			"/api/2.0/sql/statements"), // GRANT and SHOW GRANTS in hive_metastore, which package granting writes
		rules(http.MethodPatch, "/api/2.0/preview/scim/v2/ServicePrincipals/*", "/api/2.0/permissions/warehouses/*", "/api/2.1/unity-catalog/permissions/*/*",
			settingsPath),
		rules(http.MethodPatch, lists...),
		rules(http.MethodPut, lists...),
		rules(http.MethodDelete, "/api/2.0/preview/scim/v2/ServicePrincipals/*", "/api/2.0/accounts/servicePrincipals/*/credentials/secrets/*",
			tokensPath+"/*", "/api/2.0/sql/warehouses/*"),
	)
	signingIn = rules(http.MethodPost, "/oidc/v1/token")
	requests  = slices.Concat(readable, rules(http.MethodGet, lists...), changeable, signingIn)
)

func rules(method string, paths ...string) []workspace.Rule {
	out := make([]workspace.Rule, len(paths))
	for i, path := range paths {
		out[i] = workspace.Rule{Method: method, Path: path}
	}
	return out
}

func allows(method, escapedPath string) bool { return workspace.Matches(requests, method, escapedPath) }

// get reads. query is a struct with url tags, or nil.
func (s *Session) get(ctx context.Context, path string, query, answer any) error {
	ctx, cancel := context.WithTimeout(ofSession(ctx), callTimeout)
	defer cancel()
	return told(s.client.Do(ctx, http.MethodGet, path, s.headers(), nil, query, answer))
}

// ofSession says in the User-Agent that a request is one of an admin session, whoever signed in to it.
func ofSession(ctx context.Context) context.Context {
	return useragent.InContext(ctx, "session", "admin")
}

// told notes for share mode what the text of an error quotes, and marks the error as an answer to an admin.
func told(err error) error {
	if err == nil {
		return nil
	}
	connector.Known().NoteQuoted(err.Error())
	return &workspace.AdminError{Err: workspace.Misread(err)}
}

func (s *Session) headers() map[string]string {
	headers := map[string]string{"Accept": "application/json"}
	if id := s.client.Config.WorkspaceID; id != "" {
		headers["X-Databricks-Workspace-Id"] = id
	}
	return headers
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// The kinds of refusal that a caller may want to tell apart, with errors.Is.
var (
	ErrRefused        = errors.New("a step cannot be taken") // the Kind of every error here that has words for a person
	ErrNotFound       = errors.New("there is no such service principal")
	ErrAmbiguous      = errors.New("several service principals have this name")
	ErrTooManySecrets = errors.New("the service principal has the most secrets it can have")
	ErrInUse          = errors.New("something else depends on it")
	ErrNotConfirmed   = errors.New("the plan was not confirmed")
	ErrOtherHost      = errors.New("the plan is for another workspace")
	ErrStopped        = errors.New("the plan was stopped between two changes")
	ErrChanged        = errors.New("the workspace is not as it was when the plan was made")
	ErrOwnToken       = errors.New("the session itself may have signed in with the token")
)
