package rest

import (
	"cmp"
	"net"
	"net/http"

	"github.com/google/uuid"

	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type warehouse struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	Size         string        `json:"size"`
	ClusterSize  string        `json:"cluster_size"`
	MinClusters  int           `json:"min_num_clusters"`
	MaxClusters  int           `json:"max_num_clusters"`
	AutoStopMins int           `json:"auto_stop_mins"`
	AutoResume   bool          `json:"auto_resume"`
	CreatorName  string        `json:"creator_name"`
	CreatorID    int64         `json:"creator_id,omitempty"`
	State        string        `json:"state"`
	NumClusters  int           `json:"num_clusters"`
	Sessions     *int          `json:"num_active_sessions,omitempty"`
	Type         string        `json:"warehouse_type"`
	Serverless   bool          `json:"enable_serverless_compute"`
	Photon       bool          `json:"enable_photon"`
	SpotPolicy   string        `json:"spot_instance_policy"`
	JDBCURL      string        `json:"jdbc_url"`
	ODBC         odbcParams    `json:"odbc_params"`
	Channel      channel       `json:"channel"`
	Tags         warehouseTags `json:"tags"`
	Health       *health       `json:"health,omitempty"`
}

type odbcParams struct {
	Hostname string `json:"hostname"`
	Path     string `json:"path"`
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
}

type channel struct {
	Name    string `json:"name,omitempty"`
	Version string `json:"dbsql_version,omitempty"`
}

type warehouseTags struct {
	Custom []warehouseTag `json:"custom_tags,omitempty"`
}

type warehouseTag struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

type health struct {
	Status  string `json:"status"`
	Details string `json:"details,omitempty"`
	Message string `json:"message,omitempty"`
	Summary string `json:"summary,omitempty"`
}

// healthOf is how a warehouse is, as far as the principal may know. With CAN_USE it sees that something is wrong, and not what.
func healthOf(s compute.WarehouseStatus) *health {
	switch {
	case s.State == compute.Running:
		return &health{Status: "HEALTHY"}
	case s.Failure == "":
		return nil
	case s.Level < model.CanMonitor:
		return &health{Status: "FAILED", Details: "Warehouse details are not visible to users with the CAN_USE permission on it."}
	}
	return &health{Status: "FAILED", Message: s.Failure, Summary: s.Failure}
}

// warehouseInfo writes a warehouse as the API does; serverless is PRO with a flag there.
func (h *Handler) warehouseInfo(r *http.Request, s compute.WarehouseStatus) warehouse {
	host := r.Host
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	path := "/sql/1.0/warehouses/" + s.ID
	info := warehouse{
		ID: s.ID, Name: s.Name, Size: cmp.Or(warehouseSizes[s.Size], s.Size), ClusterSize: s.Size,
		MinClusters: max(s.Compute.MinClusters, 1), MaxClusters: max(s.Compute.MinClusters, s.Compute.MaxClusters, 1),
		AutoStopMins: int(s.AutoStop.Minutes()), AutoResume: true, CreatorName: s.Creator, CreatorID: h.numericID(s.Creator), State: string(s.State),
		Type: "PRO", Serverless: s.Type == compute.Serverless, Photon: !s.Compute.WithoutPhoton, SpotPolicy: cmp.Or(s.Compute.SpotPolicy, "COST_OPTIMIZED"),
		JDBCURL: "jdbc:spark://" + host + ":443/default;transportMode=http;ssl=1;AuthMech=3;httpPath=" + path + ";",
		ODBC:    odbcParams{Hostname: host, Path: path, Protocol: "https", Port: 443},
		Channel: channel{cmp.Or(s.Compute.Channel, "CHANNEL_NAME_CURRENT"), s.Compute.ChannelVersion}, Health: healthOf(s),
	}
	for _, tag := range s.Compute.Tags {
		info.Tags.Custom = append(info.Tags.Custom, warehouseTag(tag))
	}
	if s.Type == compute.Classic {
		info.Type = "CLASSIC"
	}
	if s.State == compute.Running {
		info.NumClusters = info.MinClusters
	}
	return info
}

type warehouseList struct {
	Warehouses []warehouse `json:"warehouses,omitempty"`
	Next       string      `json:"next_page_token,omitempty"`
}

func (h *Handler) warehouseRoutes() []Route {
	const all = "/api/2.0/sql/warehouses"
	return []Route{
		{"GET " + all, h.listWarehouses},
		{"POST " + all, h.createWarehouse},
		{"GET " + all + "/{id}", h.getWarehouse},
		{"DELETE " + all + "/{id}", h.deleteWarehouse},
		{"POST " + all + "/{id}/edit", h.editWarehouse},
		{"POST " + all + "/{id}/start", h.startWarehouse},
		{"POST " + all + "/{id}/stop", h.stopWarehouse},
		{"GET /api/2.0/preview/sql/data_sources", h.dataSources},
	}
}

func (h *Handler) listWarehouses(r *http.Request, who *model.Principal) (any, error) {
	c, err := readCursor(r, "warehouses", "page_size", smallPage)
	if err != nil {
		return nil, err
	}
	page, next := pageOf(c, h.world.Warehouses(who))
	list := warehouseList{Next: next}
	for _, s := range page {
		list.Warehouses = append(list.Warehouses, h.warehouseInfo(r, s))
	}
	return list, nil
}

func (h *Handler) getWarehouse(r *http.Request, who *model.Principal) (any, error) {
	s, err := h.world.Warehouse(who, r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	info := h.warehouseInfo(r, s)
	info.Sessions = new(int)
	return info, nil
}

func (h *Handler) startWarehouse(r *http.Request, who *model.Principal) (any, error) {
	_, err := h.world.StartWarehouse(who, r.PathValue("id"))
	return empty{}, err
}

func (h *Handler) stopWarehouse(r *http.Request, who *model.Principal) (any, error) {
	_, err := h.world.StopWarehouse(who, r.PathValue("id"))
	return empty{}, err
}

func (h *Handler) deleteWarehouse(r *http.Request, who *model.Principal) (any, error) {
	return empty{}, h.world.DeleteWarehouse(who, r.PathValue("id"))
}

// dataSource is a warehouse as queries and dashboards of the older API name it.
type dataSource struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	WarehouseID string `json:"warehouse_id"`
	Type        string `json:"type"`
	Syntax      string `json:"syntax"`
	Paused      int    `json:"paused"`
	AutoLimit   bool   `json:"supports_auto_limit"`
	ViewOnly    bool   `json:"view_only"`
}

func (h *Handler) dataSources(_ *http.Request, who *model.Principal) (any, error) {
	out := []dataSource{}
	for _, s := range h.world.Warehouses(who) {
		out = append(out, dataSource{
			ID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(s.ID)).String(), Name: s.Name, WarehouseID: s.ID, Type: "databricks_internal", Syntax: "sql",
			AutoLimit: true, ViewOnly: s.Level < model.CanUse,
		})
	}
	return out, nil
}
