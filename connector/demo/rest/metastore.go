package rest

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

type metastoreAssignment struct {
	MetastoreID string `json:"metastore_id"`
	WorkspaceID int64  `json:"workspace_id"`
	Default     string `json:"default_catalog_name"`
}

func (h *Handler) metastoreAssignment(*http.Request, *model.Principal) (any, error) {
	return metastoreAssignment{MetastoreID: h.world.Metastore().ID, WorkspaceID: NumericID(h.world.WorkspaceID()), Default: "main"}, nil
}

type metastoreSummary struct {
	MetastoreID string `json:"metastore_id"`
	GlobalID    string `json:"global_metastore_id"`
	Name        string `json:"name"`
	Owner       string `json:"owner"`
	Region      string `json:"region"`
	Cloud       string `json:"cloud"`
	Version     string `json:"privilege_model_version"`
}

func (h *Handler) summary() metastoreSummary {
	m := h.world.Metastore()
	return metastoreSummary{
		MetastoreID: m.ID, GlobalID: m.GlobalID(), Name: m.Name, Owner: m.Owner, Region: m.Region, Cloud: "azure", Version: "1.0",
	}
}

func (h *Handler) metastoreSummary(*http.Request, *model.Principal) (any, error) {
	return h.summary(), nil
}

// metastoreInfo is a metastore as those who rule it see it.
type metastoreInfo struct {
	metastoreSummary
	StorageRoot    string `json:"storage_root"`
	SharingScope   string `json:"delta_sharing_scope"`
	ExternalAccess bool   `json:"external_access_enabled"`
	CreatedAt      int64  `json:"created_at"`
	CreatedBy      string `json:"created_by"`
	UpdatedAt      int64  `json:"updated_at"`
	UpdatedBy      string `json:"updated_by"`
}

func (h *Handler) metastoreInfo() metastoreInfo {
	m, past := h.world.Metastore(), h.world.History(unity.OnMetastore())
	return metastoreInfo{
		metastoreSummary: h.summary(), StorageRoot: StorageRoot(m), SharingScope: "INTERNAL_AND_EXTERNAL",
		CreatedAt: past.Created.UnixMilli(), CreatedBy: past.CreatedBy, UpdatedAt: past.Updated.UnixMilli(), UpdatedBy: past.UpdatedBy,
	}
}

type metastoreList struct {
	Metastores []metastoreInfo `json:"metastores,omitempty"`
	Next       string          `json:"next_page_token,omitempty"`
}

// metastoreRoutes tell everybody which metastore the workspace has, and the rest those who rule it. The service answers account admins too;
// here it is the account's host that does.
func (h *Handler) metastoreRoutes() []Route {
	return []Route{
		{"GET " + unityAPI + "current-metastore-assignment", h.metastoreAssignment},
		{"GET " + unityAPI + "metastore_summary", h.metastoreSummary},
		{"GET " + unityAPI + "metastores", h.listMetastores},
		{"GET " + unityAPI + "metastores/{id}", h.getMetastore},
		{"GET " + unityAPI + "metastores/{id}/systemschemas", h.listSystemSchemas},
	}
}

func (h *Handler) listMetastores(r *http.Request, who *model.Principal) (any, error) {
	c, err := readCursor(r, "metastores", "max_results", smallPage)
	if err != nil {
		return nil, err
	}
	if err := h.world.CheckMetastoreAdmin(who); err != nil {
		return nil, err
	}
	page, next := pageOf(c, []metastoreInfo{h.metastoreInfo()})
	return metastoreList{page, next}, nil
}

// checkMetastore refuses what knowsMetastore does, and everybody who does not rule the metastore.
func (h *Handler) checkMetastore(id string, who *model.Principal) error {
	if err := h.knowsMetastore(id); err != nil {
		return err
	}
	return h.world.CheckMetastoreAdmin(who)
}

// knowsMetastore refuses an id that is none, or not that of the workspace's metastore.
func (h *Handler) knowsMetastore(id string) error {
	err := h.world.CheckMetastore(id)
	if _, malformed := uuid.Parse(id); err != nil && malformed != nil {
		return Refuse("Invalid UUID string: " + id)
	}
	return err
}

func (h *Handler) getMetastore(r *http.Request, who *model.Principal) (any, error) {
	if err := h.checkMetastore(r.PathValue("id"), who); err != nil {
		return nil, err
	}
	return h.metastoreInfo(), nil
}

type systemSchema struct {
	Schema string `json:"schema"`
	State  string `json:"state"`
}

type systemSchemaList struct {
	Schemas []systemSchema `json:"schemas,omitempty"`
	Next    string         `json:"next_page_token,omitempty"`
}

// availableSchemas are system schemas that nobody has enabled.
var availableSchemas = []string{"lakeflow", "marketplace", "query", "serving", "storage"}

// listSystemSchemas lists those of the catalog system, which are enabled, and those that could be.
func (h *Handler) listSystemSchemas(r *http.Request, who *model.Principal) (any, error) {
	if err := h.checkMetastore(r.PathValue("id"), who); err != nil {
		return nil, err
	}
	c, err := readCursor(r, "system schemas", "max_results", smallPage)
	if err != nil {
		return nil, err
	}
	enabled, err := h.world.Schemas(who, "system", model.Everything)
	if err != nil {
		return nil, err
	}
	var all []systemSchema
	for _, s := range enabled.Items {
		if s.Item.Name != unity.InformationSchema {
			all = append(all, systemSchema{s.Item.Name, "ENABLE_COMPLETED"})
		}
	}
	for _, name := range availableSchemas {
		if !slices.ContainsFunc(all, func(s systemSchema) bool { return s.Schema == name }) {
			all = append(all, systemSchema{name, "AVAILABLE"})
		}
	}
	page, next := pageOf(c, all)
	return systemSchemaList{page, next}, nil
}
