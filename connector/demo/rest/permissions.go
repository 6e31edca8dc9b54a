package rest

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

type assignment struct {
	Principal   string   `json:"principal"`
	PrincipalID int64    `json:"principal_id,omitempty"`
	Privileges  []string `json:"privileges"`
}

type assignments struct {
	List []assignment `json:"privilege_assignments,omitempty"`
	Next string       `json:"next_page_token,omitempty"`
}

type effectiveAssignment struct {
	Principal  string          `json:"principal"`
	Privileges []heldPrivilege `json:"privileges"`
}

type heldPrivilege struct {
	Privilege string `json:"privilege"`
	FromType  string `json:"inherited_from_type,omitempty"`
	FromName  string `json:"inherited_from_name,omitempty"`
}

type effectiveAssignments struct {
	List []effectiveAssignment `json:"privilege_assignments,omitempty"`
	Next string                `json:"next_page_token,omitempty"`
}

// effectiveList is effectiveAssignments under the name that the newer API gives the list.
type effectiveList struct {
	List []effectiveAssignment `json:"effective_privilege_assignments,omitempty"`
	Next string                `json:"next_page_token,omitempty"`
}

// grantRoutes have each question twice: the newer paths are paged always, and by page_size.
func (h *Handler) grantRoutes() []Route {
	const object = "/{type}/{name}"
	return []Route{
		{"GET " + unityAPI + "permissions" + object, h.permissions("max_results")},
		{"PATCH " + unityAPI + "permissions" + object, h.changePermissions},
		{"GET " + unityAPI + "effective-permissions" + object, h.effectivePermissions},
		{"GET " + unityAPI + "privilege-assignments" + object, h.permissions("page_size")},
		{"GET " + unityAPI + "effective-privilege-assignments" + object, h.effectiveAssignments},
	}
}

// securable reads the object that a path names, and refuses those that Unity Catalog does not govern.
func (h *Handler) securable(r *http.Request) (unity.Securable, error) {
	on, err := model.ParseSecurable(r.PathValue("type"), r.PathValue("name"))
	switch {
	case errors.Is(err, unity.ErrNotCovered):
		return unity.Securable{}, notCovered(r)
	case err != nil:
		return unity.Securable{}, err
	}
	if on.Kind == unity.MetastoreKind {
		return on, h.knowsMetastore(r.PathValue("name"))
	}
	return on, h.world.CheckGoverned(on)
}

// smallestGrantPage is the least page size that the grants APIs accept besides 0, so that each principal's privileges fit on one page.
const smallestGrantPage = 150

func grantCursor(r *http.Request, on unity.Securable, sizeParam string) (cursor, error) {
	query := r.URL.Query()
	if n, err := strconv.Atoi(query.Get(sizeParam)); err == nil && n > 0 && n < smallestGrantPage {
		return cursor{}, Refuse(sizeParam + " must be 0 or at least " + strconv.Itoa(smallestGrantPage) + ".")
	}
	return readCursor(r, r.URL.Path+"|"+on.FullName()+"|"+query.Get("principal"), sizeParam, smallPage)
}

func (h *Handler) permissions(sizeParam string) answerer {
	return func(r *http.Request, who *model.Principal) (any, error) {
		on, err := h.securable(r)
		if err != nil {
			return nil, err
		}
		c, err := grantCursor(r, on, sizeParam)
		if err != nil {
			return nil, err
		}
		found, err := h.world.Assignments(who, on, r.URL.Query().Get("principal"))
		if err != nil {
			return nil, err
		}
		page, next := pageOf(c, found)
		return assignments{h.directAssignments(page), next}, nil
	}
}

func (h *Handler) directAssignments(found []model.Assignment) []assignment {
	var out []assignment
	for _, a := range found {
		entry := assignment{Principal: a.Principal, PrincipalID: h.numericID(a.Principal)}
		for _, held := range a.Privileges {
			entry.Privileges = append(entry.Privileges, held.Privilege.REST())
		}
		out = append(out, entry)
	}
	return out
}

func (h *Handler) effectivePermissions(r *http.Request, who *model.Principal) (any, error) {
	list, next, err := h.effective(r, who, "max_results")
	return effectiveAssignments{list, next}, err
}

func (h *Handler) effectiveAssignments(r *http.Request, who *model.Principal) (any, error) {
	list, next, err := h.effective(r, who, "page_size")
	return effectiveList{list, next}, err
}

func (h *Handler) effective(r *http.Request, who *model.Principal, sizeParam string) ([]effectiveAssignment, string, error) {
	on, err := h.securable(r)
	if err != nil {
		return nil, "", err
	}
	c, err := grantCursor(r, on, sizeParam)
	if err != nil {
		return nil, "", err
	}
	found, err := h.world.Effective(who, on, r.URL.Query().Get("principal"))
	if err != nil {
		return nil, "", err
	}
	page, next := pageOf(c, found)
	var out []effectiveAssignment
	for _, a := range page {
		entry := effectiveAssignment{Principal: a.Principal}
		for _, held := range a.Privileges {
			p := heldPrivilege{Privilege: held.Privilege.REST(), FromName: held.From.FullName()}
			if held.From.Kind != "" {
				p.FromType = held.From.Kind.REST()
			}
			entry.Privileges = append(entry.Privileges, p)
		}
		out = append(out, entry)
	}
	return out, next, nil
}

type permissionsChange struct {
	Changes []struct {
		Principal string   `json:"principal"`
		Add       []string `json:"add"`
		Remove    []string `json:"remove"`
	} `json:"changes"`
}

func (h *Handler) changePermissions(r *http.Request, who *model.Principal) (any, error) {
	on, err := h.securable(r)
	if err != nil {
		return nil, err
	}
	return h.applyChanges(r, who, on)
}

// applyChanges makes the changes in the body to who holds what on an object.
func (h *Handler) applyChanges(r *http.Request, who *model.Principal, on unity.Securable) (any, error) {
	var body permissionsChange
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	var err error
	changes := make([]model.Change, len(body.Changes))
	for i, c := range body.Changes {
		changes[i].Principal = c.Principal
		if changes[i].Add, err = parsePrivileges(c.Add); err != nil {
			return nil, err
		}
		if changes[i].Remove, err = parsePrivileges(c.Remove); err != nil {
			return nil, err
		}
	}
	found, err := h.world.Apply(who, on, changes)
	if err != nil {
		return nil, err
	}
	return assignments{List: h.directAssignments(found)}, nil
}

func parsePrivileges(words []string) ([]unity.Privilege, error) {
	var out []unity.Privilege
	for _, word := range words {
		p, err := model.ParsePrivilege(word)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}
