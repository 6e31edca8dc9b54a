package rest

import (
	"net"
	"net/http"
	"strconv"
	"time"

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
	Status  string `json:"status"`
	Message string `json:"message,omitempty"`
	Summary string `json:"summary,omitempty"`
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
	switch {
	case s.State == model.Running:
		info.NumClusters, info.Health = 1, &health{Status: "HEALTHY"}
	case s.Failure != "":
		info.Health = &health{Status: "FAILED", Message: s.Failure, Summary: s.Failure}
	}
	return info
}

type warehouseList struct {
	Warehouses []warehouse `json:"warehouses,omitempty"`
	Next       string      `json:"next_page_token,omitempty"`
}

func (h *Handler) warehouseRoutes() []apiRoute {
	const all = "/api/2.0/sql/warehouses"
	return []apiRoute{
		{"GET " + all, h.listWarehouses},
		{"POST " + all, h.createWarehouse},
		{"GET " + all + "/{id}", h.getWarehouse},
		{"DELETE " + all + "/{id}", h.deleteWarehouse},
		{"POST " + all + "/{id}/start", h.startWarehouse},
		{"POST " + all + "/{id}/stop", h.stopWarehouse},
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
		list.Warehouses = append(list.Warehouses, warehouseInfo(r, s))
	}
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

func (h *Handler) deleteWarehouse(r *http.Request, who *model.Principal) (any, error) {
	return empty{}, h.world.DeleteWarehouse(who, r.PathValue("id"))
}

type warehouseRequest struct {
	Name         string `json:"name"`
	ClusterSize  string `json:"cluster_size"`
	AutoStopMins *int   `json:"auto_stop_mins"`
	Type         string `json:"warehouse_type"`
	Serverless   bool   `json:"enable_serverless_compute"`
}

// defaultAutoStop is the auto_stop_mins of a warehouse that is created without one; the least besides 0 is leastAutoStop.
const (
	defaultAutoStop = 120
	leastAutoStop   = 10
)

// startTimes are how long warehouses of each kind take to start.
var startTimes = map[model.WarehouseType]time.Duration{
	model.Serverless: 4 * time.Second, model.Pro: 4 * time.Minute, model.Classic: 5 * time.Minute,
}

type createdWarehouse struct {
	ID string `json:"id"`
}

func (h *Handler) createWarehouse(r *http.Request, who *model.Principal) (any, error) {
	var body warehouseRequest
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	if body.Name == "" || body.ClusterSize == "" {
		return nil, invalid("name and cluster_size are required.")
	}
	minutes := defaultAutoStop
	if body.AutoStopMins != nil {
		minutes = *body.AutoStopMins
	}
	if minutes != 0 && minutes < leastAutoStop {
		return nil, invalid("auto_stop_mins must be 0 or at least " + strconv.Itoa(leastAutoStop) + ".")
	}
	v := model.Warehouse{Name: body.Name, Size: body.ClusterSize, AutoStop: time.Duration(minutes) * time.Minute}
	switch {
	case body.Serverless && body.Type != "CLASSIC":
		v.Type = model.Serverless
	case body.Type == "PRO":
		v.Type = model.Pro
	default:
		v.Type = model.Classic
	}
	v.StartTakes = startTimes[v.Type]
	id, err := h.world.CreateWarehouse(who, v)
	if err != nil {
		return nil, err
	}
	return createdWarehouse{id}, nil
}
