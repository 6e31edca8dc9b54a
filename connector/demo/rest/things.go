package rest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// thingRoutes are those of the objects of the workspace that are no more than a row of the model: a listing and one object. Who may do what
// with it is asked under permissions/, as of every kind.
func (h *Handler) thingRoutes() []Route {
	var routes []Route
	for _, row := range registry.ThingRows() {
		for _, version := range row.Versions {
			base := "/api/" + version + "/"
			if row.List != "" && row.Post {
				routes = append(routes, Route{"POST " + base + row.List, h.listThings(row)})
			} else if row.List != "" {
				routes = append(routes, Route{"GET " + base + row.List, h.listThings(row)})
			}
			if row.Get != "" {
				routes = append(routes, Route{"GET " + base + row.Get, h.getThing(row)})
			}
		}
	}
	return routes
}

func thingInfo(row registry.ThingRow, t model.Thing) map[string]any {
	info := maps.Clone(t.Details)
	if info == nil || row.Fields != nil {
		info = map[string]any{}
	}
	for from, to := range row.Fields {
		if value, ok := t.Details[from]; ok {
			info[to] = value
		}
	}
	if t.Path != "" {
		info["path"] = t.Path
	}
	maps.DeleteFunc(info, func(field string, _ any) bool { return field == row.Asked && row.Takes == 0 })
	if row.ID == "" {
		return info
	}
	info[row.ID] = t.ID
	if n, err := strconv.ParseInt(t.ID, 10, 64); err == nil && row.Numeric {
		info[row.ID] = n
	}
	return info
}

// numbered is the parameter for the number of a page.
var numbered = map[bool]string{true: "page"}

func (h *Handler) listThings(row registry.ThingRow) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		r, err := asked(r, row)
		if err != nil {
			return nil, err
		}
		if err := onlyKnown(r, append([]string{row.Size, "page_token", row.Prefix, numbered[row.Pages]}, row.Also...)...); err != nil {
			return nil, err
		}
		all := h.world.Things(who, row.Control.Kind)
		if prefix := r.URL.Query().Get(row.Prefix); row.Prefix != "" && prefix != "" {
			all = slices.DeleteFunc(all, func(t model.Thing) bool { return !strings.HasPrefix(t.Path, strings.TrimPrefix(prefix, "/Workspace")) })
		}
		if row.Pages {
			return numberedPage(r, row, all)
		}
		next := ""
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
		return thingList(row, all, next), nil
	}
}

func thingList(row registry.ThingRow, page []model.Thing, next string) any {
	infos := []map[string]any{}
	for _, t := range page {
		infos = append(infos, thingInfo(row, t))
	}
	if row.Bare {
		return infos
	}
	list := map[string]any{}
	if len(infos) > 0 {
		list[row.Items] = infos
	}
	if next != "" {
		list["next_page_token"] = next
	}
	if row.Size == "limit" {
		list["has_more"] = next != ""
	}
	return list
}

// numberedPage answers with the page of a number, the first being 1. A page beyond the last is empty, by which clients know the end.
func numberedPage(r *http.Request, row registry.ThingRow, all []model.Thing) (any, error) {
	number := func(name string, usual int) (int, error) {
		n, err := strconv.Atoi(cmp.Or(r.URL.Query().Get(name), strconv.Itoa(usual)))
		if err != nil || n < 1 {
			return 0, Refuse(name + " must be a number from 1.")
		}
		return n, nil
	}
	page, err := number("page", 1)
	if err != nil {
		return nil, err
	}
	size, err := number(row.Size, row.Usual)
	if err != nil {
		return nil, err
	}
	size = min(size, row.Largest)
	from := min(page-1, len(all)/size+1) * size
	infos := []map[string]any{}
	for _, t := range all[min(from, len(all)):min(from+size, len(all))] {
		infos = append(infos, thingInfo(row, t))
	}
	return map[string]any{"count": len(all), "page": page, "page_size": size, row.Items: infos}, nil
}

// mostFields is how many fields the body of a listing may have, far more than any listing has parameters.
const mostFields = 32

// asked is the request with its parameters where every list has them: those of a body are in the address, and the token of a page goes by
// its usual name.
func asked(r *http.Request, row registry.ThingRow) (*http.Request, error) {
	query := r.URL.Query()
	if row.Post {
		body := map[string]json.RawMessage{}
		if err := readBody(r, &body); err != nil {
			return nil, err
		}
		if len(body) > mostFields {
			return nil, Refuse("A listing is not asked for with more than " + strconv.Itoa(mostFields) + " fields.")
		}
		for name, raw := range body {
			var value any
			if err := json.Unmarshal(raw, &value); err != nil {
				return nil, Refuse("Field '" + name + "' could not be read.")
			}
			text := fmt.Sprint(value)
			if _, is := value.(float64); is {
				text = string(raw) // as it was written: a large number is printed with an exponent
			}
			query.Set(name, text)
		}
	}
	if row.Token != "" {
		query.Set("page_token", query.Get(row.Token))
		query.Del(row.Token)
	}
	changed := *r
	address := *r.URL
	changed.URL = &address
	address.RawQuery = query.Encode()
	return &changed, nil
}

// onlyKnown refuses parameters that would choose or change what is listed, rather than to pass over them. Those that say no do neither.
func onlyKnown(r *http.Request, known ...string) error {
	query := r.URL.Query()
	for _, name := range slices.Sorted(maps.Keys(query)) {
		if text := query.Get(name); !slices.Contains(known, name) && text != "" && text != "false" {
			return Refuse("Parameter " + name + " is not supported here.")
		}
	}
	return nil
}

func (h *Handler) getThing(row registry.ThingRow) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		named, row := r.PathValue("id"), row
		if row.Asked != "" && r.URL.Query().Get("include_"+row.Asked) == "true" {
			row.Takes = registry.CanEdit
		}
		if key := cmp.Or(row.Key, row.ID); named == "" {
			if named = r.URL.Query().Get(key); named == "" {
				return nil, Refuse(key + " is required.")
			}
		}
		t, err := h.world.Thing(who, row, named)
		if err != nil {
			return nil, err
		}
		if row.Within != "" {
			return map[string]any{row.Within: thingInfo(row, t)}, nil
		}
		return thingInfo(row, t), nil
	}
}
