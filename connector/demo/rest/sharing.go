package rest

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

// sharingRoutes are who may read a share, and what shares a recipient may read: the privileges on shares by names of their own.
func (h *Handler) sharingRoutes() []Route {
	return []Route{
		{"GET " + unityAPI + "shares/{name}/permissions", h.sharePermissions},
		{"PATCH " + unityAPI + "shares/{name}/permissions", h.changeSharePermissions},
		{"GET " + unityAPI + "recipients/{name}/share-permissions", h.recipientShares},
	}
}

func (h *Handler) sharePermissions(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseName(unity.ShareKind, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	c, err := grantCursor(r, on, "max_results")
	if err != nil {
		return nil, err
	}
	found, err := h.world.Assignments(who, on, "")
	if err != nil {
		return nil, err
	}
	page, next := pageOf(c, found)
	return assignments{h.directAssignments(page), next}, nil
}

func (h *Handler) changeSharePermissions(r *http.Request, who *model.Principal) (any, error) {
	on, err := model.ParseName(unity.ShareKind, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	return h.applyChanges(r, who, on)
}

type sharePermission struct {
	Share       string       `json:"share_name"`
	Assignments []assignment `json:"privilege_assignments"`
}

type recipientShares struct {
	Shares []sharePermission `json:"permissions_out,omitempty"`
	Next   string            `json:"next_page_token,omitempty"`
}

// recipientShares lists the shares that a recipient may read, of those that the caller sees.
func (h *Handler) recipientShares(r *http.Request, who *model.Principal) (any, error) {
	recipient, err := model.ParseName(unity.RecipientKind, r.PathValue("name"))
	if err != nil {
		return nil, err
	}
	c, err := readCursor(r, "shares of "+recipient.Name, "max_results", smallPage)
	if err != nil {
		return nil, err
	}
	if _, err := h.world.GetItem(who, recipient, false); err != nil {
		return nil, err
	}
	shares, err := h.world.Items(who, unity.ShareKind, "", "", model.Everything)
	if err != nil {
		return nil, err
	}
	var all []sharePermission
	for _, share := range shares.Items {
		found, err := h.world.Assignments(who, share.Item.On, recipient.Name)
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			all = append(all, sharePermission{share.Item.On.Name, h.directAssignments(found)})
		}
	}
	page, next := pageOf(c, all)
	return recipientShares{page, next}, nil
}
