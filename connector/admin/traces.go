package admin

import (
	"context"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Owns reports whether a token belongs to the service principal.
func (p ServicePrincipal) Owns(t authorization.Token) bool {
	return t.OwnedBy(p.ID, p.ApplicationID.Name())
}

// millis is a time in milliseconds, zero for none.
func millis(milliseconds int64) time.Time {
	if milliseconds <= 0 {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds).UTC()
}

// ComputeFact is a SQL warehouse or a cluster, with who made it.
type ComputeFact struct {
	ID       string
	Name     connector.Remote
	Creator  connector.Remote // the application ID or user name
	State    string
	Sessions int    // that are open, as far as the workspace says
	HTTPPath string // of a warehouse
}

type pagedQuery struct {
	Token string `url:"page_token,omitempty"`
	Size  int    `url:"page_size,omitempty"`
}

// WarehouseFacts lists the SQL warehouses of the workspace with who made them. A workspace admin is shown all.
func (s *Session) WarehouseFacts(ctx context.Context) ([]ComputeFact, error) {
	all, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[ComputeFact], error) {
		var answer struct {
			Warehouses []struct {
				ID       string `json:"id"`
				Name     string `json:"name"`
				Creator  string `json:"creator_name"`
				State    string `json:"state"`
				Sessions int    `json:"num_active_sessions"`
				ODBC     struct {
					Path string `json:"path"`
				} `json:"odbc_params"`
			} `json:"warehouses"`
			Next string `json:"next_page_token"`
		}
		if err := s.get(ctx, "/api/2.0/sql/warehouses", pagedQuery{token, scimPage}, &answer); err != nil {
			return workspace.Page[ComputeFact]{}, err
		}
		page := workspace.Page[ComputeFact]{Next: answer.Next}
		for _, w := range answer.Warehouses {
			if w.State == "DELETING" || w.State == "DELETED" { // which stays in the list for a while
				continue
			}
			page.Items = append(page.Items, computeFact(w.ID, w.Name, w.Creator, w.State, w.Sessions, w.ODBC.Path))
		}
		return page, nil
	})
	if err != nil {
		return nil, fmt.Errorf("list SQL warehouses: %w", err)
	}
	return all, nil
}

// ClusterFacts lists the clusters of the workspace with who made them.
func (s *Session) ClusterFacts(ctx context.Context) ([]ComputeFact, error) {
	all, err := workspace.Every(ctx, func(ctx context.Context, token string) (workspace.Page[ComputeFact], error) {
		var answer struct {
			Clusters []struct {
				ID      string `json:"cluster_id"`
				Name    string `json:"cluster_name"`
				Creator string `json:"creator_user_name"`
				State   string `json:"state"`
			} `json:"clusters"`
			Next string `json:"next_page_token"`
		}
		if err := s.get(ctx, "/api/2.1/clusters/list", pagedQuery{token, scimPage}, &answer); err != nil {
			return workspace.Page[ComputeFact]{}, err
		}
		page := workspace.Page[ComputeFact]{Next: answer.Next}
		for _, c := range answer.Clusters {
			page.Items = append(page.Items, computeFact(c.ID, c.Name, c.Creator, c.State, 0, ""))
		}
		return page, nil
	})
	if err != nil {
		return nil, fmt.Errorf("list clusters: %w", err)
	}
	return all, nil
}

func computeFact(id, name, creator, state string, sessions int, path string) ComputeFact {
	names := connector.Known()
	return ComputeFact{
		ID: connector.CleanLine(id, 64), Name: names.Remote(connector.KindName, name), Creator: names.Remote(connector.KindUser, creator),
		State: connector.CleanLine(state, 40), Sessions: sessions, HTTPPath: connector.CleanLine(path, 120),
	}
}

// UserOfWarehouse is somebody who queried a warehouse.
type UserOfWarehouse struct {
	Name    connector.Remote
	Queries int
	Last    time.Time
}

// historyPage is how many of the last queries of a warehouse are looked at.
const historyPage = 1000

// UsersOfWarehouse are those who ran the last queries of a warehouse, the last first. The history of queries goes back 30 days.
func (s *Session) UsersOfWarehouse(ctx context.Context, id connector.WarehouseID) ([]UserOfWarehouse, error) {
	var answer struct {
		Queries []struct {
			User  string `json:"user_name"`
			Began int64  `json:"query_start_time_ms"`
		} `json:"res"`
	}
	query := struct {
		Warehouse connector.WarehouseID `url:"filter_by.warehouse_ids"`
		Most      int                   `url:"max_results"`
	}{id, historyPage}
	if err := s.get(ctx, "/api/2.0/sql/history/queries", query, &answer); err != nil {
		return nil, fmt.Errorf("read the query history: %w", err)
	}
	var out []UserOfWarehouse
	at := map[string]int{}
	for _, q := range answer.Queries {
		i, known := at[q.User]
		if !known {
			i = len(out)
			at[q.User], out = i, append(out, UserOfWarehouse{Name: connector.Known().Remote(connector.KindUser, q.User)})
		}
		out[i].Queries++
		if began := millis(q.Began); began.After(out[i].Last) {
			out[i].Last = began
		}
	}
	return out, nil
}

// ComputeLevel is a level that somebody has on a warehouse or a cluster.
type ComputeLevel struct {
	Name  connector.Remote
	Group bool
	Level string
}

// WarehouseLevels are the levels on a warehouse. It takes CAN_MANAGE on it.
func (s *Session) WarehouseLevels(ctx context.Context, id connector.WarehouseID) ([]ComputeLevel, error) {
	list, err := s.warehouseAccess(ctx, id)
	return levels(list), err
}

func levels(list []accessEntry) []ComputeLevel {
	out := make([]ComputeLevel, len(list))
	for i, e := range list {
		out[i] = ComputeLevel(e)
	}
	return out
}
