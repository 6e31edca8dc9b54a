package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type ipList struct {
	ID        string   `json:"list_id"`
	Label     string   `json:"label"`
	Type      string   `json:"list_type"`
	Addresses []string `json:"ip_addresses"`
	Count     int      `json:"address_count"`
	Enabled   bool     `json:"enabled"`
	CreatedAt int64    `json:"created_at"`
	CreatedBy int64    `json:"created_by"`
	UpdatedAt int64    `json:"updated_at"`
	UpdatedBy int64    `json:"updated_by"`
}

type oneIPList struct {
	List ipList `json:"ip_access_list"`
}

func (h *Handler) ipListRoutes() []Route {
	const all = "/api/2.0/ip-access-lists"
	return []Route{
		{"GET " + all, h.listIPLists},
		{"POST " + all, h.createIPList},
		{"GET " + all + "/{id}", h.getIPList},
		{"PATCH " + all + "/{id}", h.changeIPList(false)},
		{"PUT " + all + "/{id}", h.changeIPList(true)},
		{"DELETE " + all + "/{id}", h.deleteIPList},
	}
}

func ipListInfo(l model.IPList) ipList {
	info := ipList{
		ID: l.ID, Label: l.Label, Type: "ALLOW", Addresses: l.Addresses, Count: len(l.Addresses), Enabled: l.Enabled,
		CreatedAt: l.Created.UnixMilli(), CreatedBy: NumericID(l.CreatedBy), UpdatedAt: l.Updated.UnixMilli(), UpdatedBy: NumericID(l.UpdatedBy),
	}
	if l.Block {
		info.Type = "BLOCK"
	}
	return info
}

func (h *Handler) listIPLists(_ *http.Request, who *model.Principal) (any, error) {
	all, err := h.world.IPLists(who)
	if err != nil {
		return nil, err
	}
	var out struct {
		Lists []ipList `json:"ip_access_lists,omitempty"`
	}
	for _, l := range all {
		out.Lists = append(out.Lists, ipListInfo(l))
	}
	return out, nil
}

func (h *Handler) getIPList(r *http.Request, who *model.Principal) (any, error) {
	l, err := h.world.IPList(who, r.PathValue("id"))
	return oneIPList{ipListInfo(l)}, err
}

// ipListRequest makes or changes a list. What is not there stays as it is, or in a list that replaces another is missing.
type ipListRequest struct {
	Label     *string   `json:"label"`
	Type      *string   `json:"list_type"`
	Addresses *[]string `json:"ip_addresses"`
	Enabled   *bool     `json:"enabled"`
}

func readIPList(r *http.Request, whole bool) (ipListRequest, error) {
	var body ipListRequest
	if err := ReadKnown(r, &body); err != nil {
		return body, err
	}
	if whole && (body.Label == nil || body.Type == nil) {
		return body, Refuse("label and list_type are required.")
	}
	if body.Type != nil && *body.Type != "ALLOW" && *body.Type != "BLOCK" {
		return body, Refuse("list_type must be ALLOW or BLOCK.")
	}
	return body, nil
}

func (b ipListRequest) apply(l *model.IPList) {
	if b.Label != nil {
		l.Label = *b.Label
	}
	if b.Type != nil {
		l.Block = *b.Type == "BLOCK"
	}
	if b.Addresses != nil {
		l.Addresses = *b.Addresses
	}
	if b.Enabled != nil {
		l.Enabled = *b.Enabled
	}
}

func (h *Handler) createIPList(r *http.Request, who *model.Principal) (any, error) {
	body, err := readIPList(r, true)
	if err != nil {
		return nil, err
	}
	var l model.IPList
	body.apply(&l)
	if l, err = h.world.CreateIPList(who, l); err != nil {
		return nil, err
	}
	return oneIPList{ipListInfo(l)}, nil
}

// changeIPList answers PATCH, and PUT, which has to give the whole list.
func (h *Handler) changeIPList(whole bool) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		body, err := readIPList(r, whole)
		if err != nil {
			return nil, err
		}
		if whole && body.Enabled == nil {
			return nil, Refuse("enabled is required.")
		}
		l, err := h.world.ChangeIPList(who, r.PathValue("id"), func(l *model.IPList) {
			if whole {
				l.Addresses = nil
			}
			body.apply(l)
		})
		if err != nil {
			return nil, err
		}
		return oneIPList{ipListInfo(l)}, nil
	}
}

func (h *Handler) deleteIPList(r *http.Request, who *model.Principal) (any, error) {
	return empty{}, h.world.DeleteIPList(who, r.PathValue("id"))
}
