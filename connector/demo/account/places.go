package account

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// workspace is a workspace as the account has it. On Azure what AWS keeps of credentials and networks is not there.
type workspace struct {
	AccountID      string        `json:"account_id"`
	ID             int64         `json:"workspace_id"`
	Name           string        `json:"workspace_name"`
	DeploymentName string        `json:"deployment_name"`
	Status         string        `json:"workspace_status"`
	StatusMessage  string        `json:"workspace_status_message"`
	Tier           string        `json:"pricing_tier"`
	Location       string        `json:"location"`
	Cloud          string        `json:"cloud"`
	Created        int64         `json:"creation_time"` // milliseconds since 1970
	Azure          azureResource `json:"azure_workspace_info"`
}

type azureResource struct {
	Subscription string `json:"subscription_id"`
	Group        string `json:"resource_group"`
}

func workspaceRoutes(d model.Directory) []rest.Route {
	return []rest.Route{
		{Pattern: "GET " + ours + "/workspaces", Answer: forAdmins(d, func(*http.Request) (any, error) {
			return []workspace{describe(d.World())}, nil
		})},
		{Pattern: "GET " + ours + inWorkspace, Answer: here(d, forAdmins(d, func(*http.Request) (any, error) { return describe(d.World()), nil }))},
	}
}

func describe(w *model.World) workspace {
	return workspace{
		AccountID: model.AccountID, ID: rest.NumericID(w.WorkspaceID()), Name: "contoso-inventory", DeploymentName: "adb-" + w.WorkspaceID() + ".0",
		Status: "RUNNING", StatusMessage: "Workspace is running.", Tier: "PREMIUM", Location: w.Metastore().Region, Cloud: "azure",
		Created: w.History(unity.OnMetastore()).Created.UnixMilli(),
		Azure:   azureResource{Subscription: "5b1c7e0a-94d2-4f63-8a0e-c3d7126f9b48", Group: "contoso-data"},
	}
}

// metastore is a metastore as the account has it.
type metastore struct {
	ID          string `json:"metastore_id"`
	GlobalID    string `json:"global_metastore_id"`
	Name        string `json:"name"`
	Owner       string `json:"owner"`
	Region      string `json:"region"`
	Cloud       string `json:"cloud"`
	Version     string `json:"privilege_model_version"`
	StorageRoot string `json:"storage_root"`
	CreatedAt   int64  `json:"created_at"` // milliseconds since 1970
	CreatedBy   string `json:"created_by"`
	UpdatedAt   int64  `json:"updated_at"`
	UpdatedBy   string `json:"updated_by"`
}

type metastoreList struct {
	Metastores []metastore `json:"metastores"`
}

type oneMetastore struct {
	Metastore metastore `json:"metastore_info"`
}

type metastoreAssignment struct {
	Assignment struct {
		Workspace int64  `json:"workspace_id"`
		Metastore string `json:"metastore_id"`
		Catalog   string `json:"default_catalog_name"`
	} `json:"metastore_assignment"`
}

type workspaceIDs struct {
	IDs []int64 `json:"workspace_ids"`
}

func metastoreRoutes(d model.Directory) []rest.Route {
	known := func(answer func() any) answerer {
		return forAdmins(d, func(r *http.Request) (any, error) {
			if err := d.World().CheckMetastore(r.PathValue("metastore")); err != nil {
				return nil, err
			}
			return answer(), nil
		})
	}
	return []rest.Route{
		{Pattern: "GET " + ours + "/metastores", Answer: forAdmins(d, func(*http.Request) (any, error) {
			return metastoreList{[]metastore{describeMetastore(d.World())}}, nil
		})},
		{Pattern: "GET " + ours + "/metastores/{metastore}", Answer: known(func() any { return oneMetastore{describeMetastore(d.World())} })},
		{Pattern: "GET " + ours + "/metastores/{metastore}/workspaces", Answer: known(func() any {
			return workspaceIDs{[]int64{rest.NumericID(d.World().WorkspaceID())}}
		})},
		{Pattern: "GET " + ours + inWorkspace + "/metastore", Answer: here(d, forAdmins(d, func(*http.Request) (any, error) {
			var out metastoreAssignment
			out.Assignment.Workspace, out.Assignment.Metastore = rest.NumericID(d.World().WorkspaceID()), d.World().Metastore().ID
			out.Assignment.Catalog = "main"
			return out, nil
		}))},
	}
}

func describeMetastore(w *model.World) metastore {
	m, past := w.Metastore(), w.History(unity.OnMetastore())
	return metastore{
		ID: m.ID, GlobalID: m.GlobalID(), Name: m.Name, Owner: m.Owner, Region: m.Region, Cloud: "azure", Version: "1.0",
		StorageRoot: rest.StorageRoot(m), CreatedAt: past.Created.UnixMilli(), CreatedBy: past.CreatedBy,
		UpdatedAt: past.Updated.UnixMilli(), UpdatedBy: past.UpdatedBy,
	}
}
