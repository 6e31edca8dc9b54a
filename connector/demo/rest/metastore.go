package rest

import (
	"net/http"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type metastoreAssignment struct {
	MetastoreID string `json:"metastore_id"`
	WorkspaceID int64  `json:"workspace_id"`
	Default     string `json:"default_catalog_name"`
}

func (h *Handler) metastoreAssignment(*http.Request, *model.Principal) (any, error) {
	id, err := strconv.ParseInt(h.world.WorkspaceID(), 10, 64)
	if err != nil {
		return nil, err
	}
	return metastoreAssignment{MetastoreID: h.world.Metastore().ID, WorkspaceID: id, Default: "main"}, nil
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

func (h *Handler) metastoreSummary(*http.Request, *model.Principal) (any, error) {
	m := h.world.Metastore()
	return metastoreSummary{
		MetastoreID: m.ID, GlobalID: "azure:" + m.Region + ":" + m.ID, Name: m.Name, Owner: m.Owner, Region: m.Region, Cloud: "azure", Version: "1.0",
	}, nil
}
