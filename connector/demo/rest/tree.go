package rest

import (
	"net/http"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// objectTypes are the words of the workspace API for the kinds that lie in folders.
var objectTypes = map[model.ControlledKind]string{
	model.Folders: "DIRECTORY", registry.Notebooks: "NOTEBOOK", registry.Files: "FILE", model.GitFolders: "REPO",
}

// treeFields are the details that the workspace API has of what lies in folders, where they are there.
var treeFields = []string{"language", "created_at", "modified_at", "size"}

func (h *Handler) treeRoutes() []Route {
	return []Route{
		{"GET /api/2.0/workspace/get-status", h.getStatus},
		{"GET /api/2.0/workspace/list", h.listFolder},
	}
}

func treeInfo(t model.Thing) map[string]any {
	info := map[string]any{"object_type": objectTypes[t.Kind], "path": t.Path, "resource_id": t.ID}
	if id, err := strconv.ParseInt(t.ID, 10, 64); err == nil {
		info["object_id"] = id
	}
	for _, field := range treeFields {
		if value, ok := t.Details[field]; ok {
			info[field] = value
		}
	}
	return info
}

func (h *Handler) getStatus(r *http.Request, who *model.Principal) (any, error) {
	t, err := h.world.At(who, r.URL.Query().Get("path"))
	if err != nil {
		return nil, err
	}
	return treeInfo(t), nil
}

// listFolder gives all that lies in a folder at once. Notebooks that were not changed since notebooks_modified_after, which is in milliseconds,
// are left out.
func (h *Handler) listFolder(r *http.Request, who *model.Principal) (any, error) {
	after := int64(0)
	if text := r.URL.Query().Get("notebooks_modified_after"); text != "" {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, Refuse("notebooks_modified_after must be a time in milliseconds.")
		}
		after = n
	}
	inside, err := h.world.In(who, r.URL.Query().Get("path"))
	if err != nil {
		return nil, err
	}
	var objects []map[string]any
	for _, t := range inside {
		if t.Kind == registry.Notebooks && modified(t) < after {
			continue
		}
		objects = append(objects, treeInfo(t))
	}
	if objects == nil {
		return empty{}, nil
	}
	return map[string]any{"objects": objects}, nil
}

// modified is when a thing was changed last, in milliseconds.
func modified(t model.Thing) int64 {
	switch at := t.Details["modified_at"].(type) {
	case int:
		return int64(at)
	case int64:
		return at
	case uint64:
		return int64(at)
	}
	return 0
}
