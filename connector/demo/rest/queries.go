package rest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type queryInfo struct {
	ID         string        `json:"query_id"`
	Status     string        `json:"status"`
	Text       string        `json:"query_text"`
	Type       string        `json:"statement_type"`
	Began      int64         `json:"query_start_time_ms"`
	Executed   int64         `json:"execution_end_time_ms"`
	Ended      int64         `json:"query_end_time_ms"`
	Duration   int64         `json:"duration"`
	UserID     int64         `json:"user_id,omitempty"`
	User       string        `json:"user_name"`
	AsUserID   int64         `json:"executed_as_user_id,omitempty"`
	AsUser     string        `json:"executed_as_user_name"`
	Warehouse  string        `json:"warehouse_id"`
	EndpointID string        `json:"endpoint_id"`
	Rows       int           `json:"rows_produced"`
	Failure    string        `json:"error_message,omitempty"`
	Final      bool          `json:"is_final"`
	Metrics    *queryMetrics `json:"metrics,omitempty"`
}

type queryMetrics struct {
	Total int64 `json:"total_time_ms"`
	Rows  int   `json:"rows_produced_count"`
}

type queryList struct {
	Queries []queryInfo `json:"res,omitempty"`
	Next    string      `json:"next_page_token,omitempty"`
	More    bool        `json:"has_next_page"`
}

// The sizes of a page of the query history, as documented.
const (
	usualQueries = 100
	mostQueries  = 1000
)

func (h *Handler) queryRoutes() []Route {
	return []Route{{"GET /api/2.0/sql/history/queries", h.listQueries}}
}

// queryFilters are the filters of the query history by their parameters; each has what a query is to be one of.
var queryFilters = map[string]func(model.QueryRun, *model.Principal) string{
	"filter_by.statement_ids": func(q model.QueryRun, _ *model.Principal) string { return q.ID },
	"filter_by.statuses":      func(q model.QueryRun, _ *model.Principal) string { return q.Status },
	"filter_by.warehouse_ids": func(q model.QueryRun, _ *model.Principal) string { return q.Warehouse },
	"filter_by.user_ids": func(_ model.QueryRun, by *model.Principal) string {
		if by == nil {
			return ""
		}
		return by.ID
	},
}

const (
	beganAfter  = "filter_by.query_start_time_range.start_time_ms"
	beganBefore = "filter_by.query_start_time_range.end_time_ms"
)

func (h *Handler) listQueries(r *http.Request, who *model.Principal) (any, error) {
	known := []string{"max_results", "page_token", "include_metrics", beganAfter, beganBefore}
	for name := range queryFilters {
		known = append(known, name)
	}
	if err := onlyKnown(r, known...); err != nil {
		return nil, err
	}
	c, err := readCursor(r, "query history", "max_results", mostQueries)
	if err != nil {
		return nil, err
	}
	query, metrics := r.URL.Query(), flag(r, "include_metrics")
	if size := query.Get("max_results"); size == "" || size == "0" {
		c.size = usualQueries
	}
	within, err := timeRange(query)
	if err != nil {
		return nil, err
	}
	var found []queryInfo
	for _, q := range h.world.Queries(who) {
		by, _ := h.world.Principal(q.Principal)
		if within(q) && matches(query, q, by) {
			found = append(found, infoOf(q, by, metrics))
		}
	}
	page, next := pageOf(c, found)
	return queryList{page, next, next != ""}, nil
}

func matches(query url.Values, q model.QueryRun, by *model.Principal) bool {
	for name, field := range queryFilters {
		if wanted := query[name]; len(wanted) > 0 && !slices.Contains(wanted, field(q, by)) {
			return false
		}
	}
	return true
}

// timeRange reads when a query is to have begun, in milliseconds.
func timeRange(query url.Values) (func(model.QueryRun) bool, error) {
	limit := func(name string) (int64, error) {
		text := query.Get(name)
		if text == "" {
			return 0, nil
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return 0, Refuse(name + " must be a time in milliseconds.")
		}
		return n, nil
	}
	from, err := limit(beganAfter)
	if err != nil {
		return nil, err
	}
	to, err := limit(beganBefore)
	return func(q model.QueryRun) bool {
		at := q.Began.UnixMilli()
		return at >= from && (to == 0 || at <= to)
	}, err
}

func infoOf(q model.QueryRun, by *model.Principal, metrics bool) queryInfo {
	info := queryInfo{
		ID: q.ID, Status: q.Status, Text: q.SQL, Type: q.StatementType(), User: q.Principal, AsUser: q.Principal,
		Began: q.Began.UnixMilli(), Executed: q.Ended.UnixMilli(), Ended: q.Ended.UnixMilli(), Duration: q.Ended.Sub(q.Began).Milliseconds(),
		Warehouse: q.Warehouse, EndpointID: q.Warehouse, Rows: q.Rows, Failure: q.Failure, Final: true,
	}
	if by != nil {
		info.UserID = NumericID(by.ID)
		info.AsUserID = info.UserID
	}
	if metrics {
		info.Metrics = &queryMetrics{info.Duration, q.Rows}
	}
	return info
}
