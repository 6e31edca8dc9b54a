package rest

import (
	"maps"
	"net/http"
	"slices"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// thingRoutes are those of the objects of the workspace that are no more than a row of the model: a listing and one object. Who may do what
// with it is asked under permissions/, as of every kind.
func (h *Handler) thingRoutes() []apiRoute {
	var routes []apiRoute
	for _, row := range model.ThingRows() {
		for _, version := range row.Versions {
			base := "GET /api/" + version + "/"
			routes = append(routes, apiRoute{base + row.List, h.listThings(row)}, apiRoute{base + row.Get, h.getThing(row)})
		}
	}
	return routes
}

func thingInfo(row model.ThingRow, t model.Thing) map[string]any {
	info := maps.Clone(t.Details)
	if info == nil {
		info = map[string]any{}
	}
	info[row.ID] = t.ID
	if n, err := strconv.ParseInt(t.ID, 10, 64); err == nil && row.Numeric {
		info[row.ID] = n
	}
	return info
}

func (h *Handler) listThings(row model.ThingRow) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		all := h.world.Things(who, row.Control.Kind)
		list, next := map[string]any{}, ""
		if err := onlyKnown(r, row.Size, "page_token"); err != nil {
			return nil, err
		}
		if row.Size != "" {
			c, err := readCursor(r, row.List, row.Size, row.Largest)
			if err != nil {
				return nil, err
			}
			if size := r.URL.Query().Get(row.Size); size == "" || size == "0" {
				c.size = row.Usual
			}
			all, next = pageOf(c, all)
		}
		var infos []map[string]any
		for _, t := range all {
			infos = append(infos, thingInfo(row, t))
		}
		if infos != nil {
			list[row.Items] = infos
		}
		if next != "" {
			list["next_page_token"] = next
		}
		if row.Size == "limit" {
			list["has_more"] = next != ""
		}
		return list, nil
	}
}

// onlyKnown refuses parameters that would choose or change what is listed, rather than to pass over them. Those that say no do neither.
func onlyKnown(r *http.Request, known ...string) error {
	for _, name := range slices.Sorted(maps.Keys(r.URL.Query())) {
		if text := r.URL.Query().Get(name); !slices.Contains(known, name) && text != "" && text != "false" {
			return invalid("Parameter " + name + " is not supported here.")
		}
	}
	return nil
}

func (h *Handler) getThing(row model.ThingRow) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		id := r.PathValue("id")
		if id == "" {
			id = r.URL.Query().Get(row.ID)
		}
		if id == "" {
			return nil, invalid(row.ID + " is required.")
		}
		t, err := h.world.Thing(who, row.Control.Kind, id)
		if err != nil {
			return nil, err
		}
		return thingInfo(row, t), nil
	}
}
