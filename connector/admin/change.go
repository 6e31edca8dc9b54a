package admin

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/query/granting"
	"github.com/draftt-io/draftt-databricks/words"
)

// Kind is what a change does.
type Kind string

// Every kind of change there is. Each is one request.
const (
	CreatePrincipal Kind = "create service principal"
	AddEntitlement  Kind = "add entitlement"
	AllowWarehouse  Kind = "allow warehouse"
	AddGrants       Kind = "grant privileges"
	RemoveGrants    Kind = "revoke privileges"
	CreateSecret    Kind = "create OAuth secret"
	DeleteSecret    Kind = "delete OAuth secret"
	DeletePrincipal Kind = "delete service principal"

	AddPermissions     Kind = "add permissions"
	ReplacePermissions Kind = "replace permissions"
	CreateToken        Kind = "create token"
	DeleteToken        Kind = "delete token"
	ChangeSettings     Kind = "change settings"

	GrantLegacy     Kind = "grant in hive_metastore"
	DeleteWarehouse Kind = "delete SQL warehouse"
	DeleteCluster   Kind = "delete cluster"
)

// deletes reports whether the change takes something away that cannot be brought back as it was.
func (k Kind) deletes() bool {
	return slices.Contains([]Kind{DeleteSecret, DeletePrincipal, DeleteToken, DeleteWarehouse, DeleteCluster}, k)
}

// Target is the service principal that a plan is about. Both ids are empty while it is still to be made.
type Target struct {
	ID            connector.SCIMID   `json:"scim_id,omitempty"`
	ApplicationID connector.ClientID `json:"application_id,omitempty"`
	DisplayName   string             `json:"display_name"` // as the workspace has it; Label is for showing
}

// Label is the display name, or the application ID where there is none, cleaned for a terminal.
func (t Target) Label() string {
	return connector.CleanLine(cmp.Or(t.DisplayName, string(t.ApplicationID)), 80)
}

func (p ServicePrincipal) target() Target {
	return Target{ID: p.ID, ApplicationID: p.ApplicationID, DisplayName: p.DisplayName.Raw()}
}

// Request is what is sent. It never has a secret in it.
type Request struct {
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body,omitempty"`
}

// Lines are the request as it is sent, escaped as it is there: what is done to which path, and the body where there is one. An id that only
// turns out when the plan is carried out stands in the path in braces.
func (r Request) Lines() []string {
	line := func(text string) string { return connector.CleanLine(text, len(text)) }
	lines := []string{line(r.Method + " " + strings.ReplaceAll(r.Path, connector.PathSegment(pendingID), pendingID))}
	if len(r.Body) > 0 {
		lines = append(lines, line(string(connector.EscapeJSON(r.Body))))
	}
	return lines
}

// Change is one step of a plan, as data.
type Change struct {
	Kind    Kind    `json:"kind"`
	Object  string  `json:"object"` // what is changed, cleaned for a terminal
	Request Request `json:"request"`
	Before  string  `json:"before"`
	After   string  `json:"after"`
	Undo    string  `json:"undo"`
	Why     string  `json:"why"`

	subject subject
}

// subject is what the request is made from, once the target is known.
type subject struct {
	warehouse connector.WarehouseID
	needs     []grants.Need
	secretID  string
	lifetime  time.Duration
	known     []string // ids that were there when the plan was made, to recognise what an interrupted step added
	request   *Request // of a change that does not depend on the target

	path        string // of the list for tokens; empty: the usual one
	entitlement string // empty: that for Databricks SQL
	ofPartner   bool   // the needs may be those of a partner's set, which has more than the read-only contract
}

// The names that stand in a request for a principal that is still to be made.
const (
	pendingID            = "{SCIM id of the new service principal}"
	pendingApplicationID = "{application ID of the new service principal}"
)

const sqlEntitlement = connector.EntitlementSQL

type scimPatch struct {
	Schemas    []string        `json:"schemas"`
	Operations []scimOperation `json:"Operations"`
}

type scimOperation struct {
	Op    string      `json:"op"`
	Path  string      `json:"path"`
	Value []scimValue `json:"value"`
}

type accessChange struct {
	List []accessLevel `json:"access_control_list"`
}

type accessLevel struct {
	ServicePrincipal connector.ClientID `json:"service_principal_name"`
	Level            string             `json:"permission_level"`
}

// request makes the request of a change for a target.
func (c Change) request(t Target) (Request, error) {
	if c.subject.request != nil {
		return *c.subject.request, nil
	}
	if t.ID == "" {
		t.ID = pendingID
	}
	if t.ApplicationID == "" {
		t.ApplicationID = pendingApplicationID
	}
	principal := principalsPath + "/" + connector.PathSegment(string(t.ID))
	switch c.Kind {
	case CreatePrincipal:
		return withBody(http.MethodPost, principalsPath, struct {
			Schemas     []string `json:"schemas"`
			DisplayName string   `json:"displayName"`
		}{[]string{"urn:ietf:params:scim:schemas:core:2.0:ServicePrincipal"}, t.DisplayName})
	case AddEntitlement:
		return withBody(http.MethodPatch, principal, scimPatch{
			Schemas:    []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"},
			Operations: []scimOperation{{"add", "entitlements", []scimValue{{Value: cmp.Or(c.subject.entitlement, sqlEntitlement)}}}},
		})
	case AllowWarehouse:
		return withBody(http.MethodPatch, "/api/2.0/permissions/warehouses/"+connector.PathSegment(string(c.subject.warehouse)), accessChange{
			[]accessLevel{{t.ApplicationID, "CAN_USE"}},
		})
	case AddGrants, RemoveGrants:
		return c.permissions(t)
	case CreateSecret:
		return withBody(http.MethodPost, secretsPath(t.ID), struct {
			Lifetime string `json:"lifetime"`
		}{fmt.Sprintf("%ds", int(c.subject.lifetime.Seconds()))})
	case DeleteSecret:
		return Request{Method: http.MethodDelete, Path: secretsPath(t.ID) + "/" + connector.PathSegment(c.subject.secretID)}, nil
	case DeletePrincipal:
		return Request{Method: http.MethodDelete, Path: principal}, nil
	case AddPermissions:
		return withBody(http.MethodPatch, cmp.Or(c.subject.path, authorization.Tokens.Path()), accessChange{[]accessLevel{{t.ApplicationID, "CAN_USE"}}})
	case GrantLegacy:
		return c.statement(t)
	case DeleteWarehouse:
		return Request{Method: http.MethodDelete, Path: "/api/2.0/sql/warehouses/" + connector.PathSegment(string(c.subject.warehouse))}, nil
	}
	return Request{}, fmt.Errorf("a change of an unknown kind %q", c.Kind)
}

func (c Change) permissions(t Target) (Request, error) {
	make := grants.Adding
	switch {
	case c.Kind == RemoveGrants:
		make = grants.Removing
	case c.subject.ofPartner:
		make = granting.Requests
	}
	patches, err := make(c.subject.needs, t.ApplicationID.Name())
	if err != nil {
		return Request{}, fmt.Errorf("%s: %w", c.Kind, err)
	}
	if len(patches) != 1 {
		return Request{}, fmt.Errorf("%s: the privileges of one step are on %d objects", c.Kind, len(patches))
	}
	return Request{Method: http.MethodPatch, Path: patches[0].Path, Body: patches[0].Body}, nil
}

func withBody(method, path string, body any) (Request, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return Request{}, fmt.Errorf("encode a request: %w", err)
	}
	return Request{Method: method, Path: path, Body: encoded}, nil
}

// CLI is the same change as one command of the Databricks CLI, for a POSIX shell.
func (c Change) CLI() string {
	body := ""
	if len(c.Request.Body) > 0 {
		body = " --json " + words.ShellArgument(string(connector.EscapeJSON(c.Request.Body)))
	}
	return "databricks api " + map[string]string{http.MethodPost: "post", http.MethodPatch: "patch", http.MethodPut: "put", http.MethodDelete: "delete"}[c.Request.Method] +
		body + " " + words.ShellArgument(c.Request.Path)
}

// grantChanges makes one step for each object of the needs.
func grantChanges(kind Kind, needs []grants.Need, step func([]grants.Need) Change) []Change {
	var out []Change
	var done []grants.Object
	for _, need := range needs {
		if slices.ContainsFunc(done, need.On.Same) {
			continue
		}
		done = append(done, need.On)
		var same []grants.Need
		for _, n := range needs {
			if n.On.Same(need.On) {
				same = append(same, n)
			}
		}
		c := step(same)
		c.Kind, c.Object, c.subject.needs = kind, need.On.Title(), same
		out = append(out, c)
	}
	return out
}

func privilegeList(needs []grants.Need) string {
	text := ""
	for i, need := range needs {
		if i > 0 {
			text += ", "
		}
		text += need.Privilege.SQL()
	}
	return text
}
