package rest

import (
	"net/http"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// bindingModes are the binding_type of the REST API, for reading only and not.
var bindingModes = map[bool]string{true: "BINDING_TYPE_READ_ONLY", false: "BINDING_TYPE_READ_WRITE"}

type bindingInfo struct {
	WorkspaceID int64  `json:"workspace_id"`
	Type        string `json:"binding_type"`
}

type bindingList struct {
	Bindings []bindingInfo `json:"bindings,omitempty"`
	Next     string        `json:"next_page_token,omitempty"`
}

type bindingChange struct {
	Add    []bindingInfo `json:"add"`
	Remove []bindingInfo `json:"remove"`
}

// boundWorkspaces is the older form, for catalogs only and without modes.
type boundWorkspaces struct {
	Workspaces []int64 `json:"workspaces,omitempty"`
}

func (h *Handler) bindingRoutes() []Route {
	return []Route{
		{"GET " + unityAPI + "bindings/catalog/{name}", h.listBindings},
		{"PATCH " + unityAPI + "bindings/catalog/{name}", h.changeBindings},
		{"GET " + unityAPI + "workspace-bindings/catalogs/{name}", h.boundWorkspaces},
		{"PATCH " + unityAPI + "workspace-bindings/catalogs/{name}", h.assignWorkspaces},
	}
}

func bindingInfos(list []model.Binding) []bindingInfo {
	var out []bindingInfo
	for _, b := range list {
		out = append(out, bindingInfo{NumericID(b.WorkspaceID), bindingModes[b.ReadOnly]})
	}
	return out
}

func (h *Handler) listBindings(r *http.Request, who *model.Principal) (any, error) {
	c, err := readCursor(r, "bindings of "+r.PathValue("name"), "max_results", smallPage)
	if err != nil {
		return nil, err
	}
	all, err := h.world.Bindings(who, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	page, next := pageOf(c, all)
	return bindingList{Bindings: bindingInfos(page), Next: next}, nil
}

func (h *Handler) changeBindings(r *http.Request, who *model.Principal) (any, error) {
	var body bindingChange
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	var add []model.Binding
	for _, b := range body.Add {
		readOnly := b.Type == bindingModes[true]
		if b.Type != "" && b.Type != bindingModes[readOnly] {
			return nil, Refuse("'" + b.Type + "' is not a binding type.")
		}
		add = append(add, model.Binding{WorkspaceID: strconv.FormatInt(b.WorkspaceID, 10), ReadOnly: readOnly})
	}
	var remove []string
	for _, b := range body.Remove {
		remove = append(remove, strconv.FormatInt(b.WorkspaceID, 10))
	}
	list, err := h.world.Bind(who, r.PathValue("name"), add, remove)
	if err != nil {
		return nil, err
	}
	return bindingList{Bindings: bindingInfos(list)}, nil
}

func (h *Handler) boundWorkspaces(r *http.Request, who *model.Principal) (any, error) {
	list, err := h.world.Bindings(who, r.PathValue("name"))
	return boundTo(list), err
}

// workspaceChange is the older form of a bindingChange.
type workspaceChange struct {
	Assign   []int64 `json:"assign_workspaces"`
	Unassign []int64 `json:"unassign_workspaces"`
}

func (h *Handler) assignWorkspaces(r *http.Request, who *model.Principal) (any, error) {
	var body workspaceChange
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	var add []model.Binding
	for _, id := range body.Assign {
		add = append(add, model.Binding{WorkspaceID: strconv.FormatInt(id, 10)})
	}
	var remove []string
	for _, id := range body.Unassign {
		remove = append(remove, strconv.FormatInt(id, 10))
	}
	list, err := h.world.Bind(who, r.PathValue("name"), add, remove)
	return boundTo(list), err
}

func boundTo(list []model.Binding) boundWorkspaces {
	var out boundWorkspaces
	for _, b := range bindingInfos(list) {
		out.Workspaces = append(out.Workspaces, b.WorkspaceID)
	}
	return out
}
