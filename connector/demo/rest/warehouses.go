package rest

import (
	"net"
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type warehouse struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	Size         string     `json:"size"`
	ClusterSize  string     `json:"cluster_size"`
	MinClusters  int        `json:"min_num_clusters"`
	MaxClusters  int        `json:"max_num_clusters"`
	AutoStopMins int        `json:"auto_stop_mins"`
	CreatorName  string     `json:"creator_name"`
	State        string     `json:"state"`
	NumClusters  int        `json:"num_clusters"`
	Sessions     int        `json:"num_active_sessions"`
	Type         string     `json:"warehouse_type"`
	Serverless   bool       `json:"enable_serverless_compute"`
	Photon       bool       `json:"enable_photon"`
	SpotPolicy   string     `json:"spot_instance_policy"`
	JDBCURL      string     `json:"jdbc_url"`
	ODBC         odbcParams `json:"odbc_params"`
	Channel      named      `json:"channel"`
	Health       *health    `json:"health,omitempty"`
}

type odbcParams struct {
	Hostname string `json:"hostname"`
	Path     string `json:"path"`
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
}

type named struct {
	Name string `json:"name"`
}

type health struct {
	Status string `json:"status"`
}

// warehouseInfo writes a warehouse as the API does; serverless is PRO with a flag there.
func warehouseInfo(r *http.Request, s model.WarehouseStatus) warehouse {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	path := "/sql/1.0/warehouses/" + s.ID
	info := warehouse{
		ID: s.ID, Name: s.Name, Size: s.Size, ClusterSize: s.Size, MinClusters: 1, MaxClusters: 1,
		AutoStopMins: int(s.AutoStop.Minutes()), CreatorName: s.Creator, State: string(s.State),
		Type: "PRO", Serverless: s.Type == model.Serverless, Photon: true, SpotPolicy: "COST_OPTIMIZED",
		JDBCURL: "jdbc:databricks://" + host + ":443/default;transportMode=http;ssl=1;AuthMech=3;httpPath=" + path + ";",
		ODBC:    odbcParams{Hostname: host, Path: path, Protocol: "https", Port: 443},
		Channel: named{"CHANNEL_NAME_CURRENT"},
	}
	if s.Type == model.Classic {
		info.Type = "CLASSIC"
	}
	if s.State == model.Running {
		info.NumClusters, info.Health = 1, &health{"HEALTHY"}
	}
	return info
}

type warehouseList struct {
	Warehouses []warehouse `json:"warehouses,omitempty"`
	Next       string      `json:"next_page_token,omitempty"`
}

func (h *Handler) listWarehouses(r *http.Request, who *model.Principal) (any, error) {
	c, err := readCursor(r, "warehouses", "page_size", smallPage)
	if err != nil {
		return nil, err
	}
	all := h.world.Warehouses(who)
	from := min(c.from, len(all))
	to := min(from+c.window(r).Size, len(all))
	var list warehouseList
	for _, s := range all[from:to] {
		list.Warehouses = append(list.Warehouses, warehouseInfo(r, s))
	}
	next := to
	if to == len(all) {
		next = 0
	}
	list.Next = c.token(next)
	return list, nil
}

func (h *Handler) getWarehouse(r *http.Request, who *model.Principal) (any, error) {
	s, err := h.world.Warehouse(who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return warehouseInfo(r, s), nil
}

func (h *Handler) startWarehouse(r *http.Request, who *model.Principal) (any, error) {
	_, err := h.world.StartWarehouse(who, r.PathValue("id"))
	return empty{}, err
}

func (h *Handler) stopWarehouse(r *http.Request, who *model.Principal) (any, error) {
	_, err := h.world.StopWarehouse(who, r.PathValue("id"))
	return empty{}, err
}

type objectPermissions struct {
	ObjectID   string        `json:"object_id"`
	ObjectType string        `json:"object_type"`
	List       []accessEntry `json:"access_control_list,omitempty"`
}

type accessEntry struct {
	User             string            `json:"user_name,omitempty"`
	Group            string            `json:"group_name,omitempty"`
	ServicePrincipal string            `json:"service_principal_name,omitempty"`
	DisplayName      string            `json:"display_name,omitempty"`
	All              []levelOfAnObject `json:"all_permissions"`
}

type levelOfAnObject struct {
	Level         string   `json:"permission_level"`
	Inherited     bool     `json:"inherited"`
	InheritedFrom []string `json:"inherited_from_object,omitempty"`
}

func (h *Handler) warehousePermissions(r *http.Request, who *model.Principal) (any, error) {
	id := r.PathValue("id")
	entries, err := h.world.WarehouseACL(who, id)
	if err != nil {
		return nil, err
	}
	out := objectPermissions{ObjectID: "/sql/warehouses/" + id, ObjectType: "warehouses"}
	for _, e := range entries {
		entry := accessEntry{DisplayName: e.Principal.DisplayName, All: []levelOfAnObject{{Level: e.Level.String(), Inherited: e.Inherited}}}
		if e.Inherited {
			entry.All[0].InheritedFrom = []string{"/sql/warehouses/"}
		}
		switch e.Principal.Kind {
		case model.User:
			entry.User = e.Principal.Name
		case model.Group:
			entry.Group = e.Principal.Name
		case model.ServicePrincipal:
			entry.ServicePrincipal = e.Principal.Name
		}
		out.List = append(out.List, entry)
	}
	return out, nil
}
