package rest

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

type assignment struct {
	Principal  string   `json:"principal"`
	Privileges []string `json:"privileges"`
}

type assignments struct {
	List []assignment `json:"privilege_assignments,omitempty"`
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
}

func securable(r *http.Request) (model.Securable, error) {
	return model.ParseSecurable(r.PathValue("type"), r.PathValue("name"))
}

func (h *Handler) permissions(r *http.Request, who *model.Principal) (any, error) {
	on, err := securable(r)
	if err != nil {
		return nil, err
	}
	return h.direct(who, on, r.URL.Query().Get("principal"))
}

func (h *Handler) direct(who *model.Principal, on model.Securable, principal string) (any, error) {
	found, err := h.world.Assignments(who, on, principal)
	if err != nil {
		return nil, err
	}
	var out assignments
	for _, a := range found {
		entry := assignment{Principal: a.Principal}
		for _, held := range a.Privileges {
			entry.Privileges = append(entry.Privileges, held.Privilege.REST())
		}
		out.List = append(out.List, entry)
	}
	return out, nil
}

// smallestEffectivePage is the least max_results that the effective-permissions API accepts besides 0.
const smallestEffectivePage = 150

func (h *Handler) effectivePermissions(r *http.Request, who *model.Principal) (any, error) {
	on, err := securable(r)
	if err != nil {
		return nil, err
	}
	query := r.URL.Query()
	if n, err := strconv.Atoi(query.Get("max_results")); err == nil && n > 0 && n < smallestEffectivePage {
		return nil, invalid("max_results must be 0 or at least " + strconv.Itoa(smallestEffectivePage) + ".")
	}
	found, err := h.world.Effective(who, on, query.Get("principal"))
	if err != nil {
		return nil, err
	}
	var out effectiveAssignments
	for _, a := range found {
		entry := effectiveAssignment{Principal: a.Principal}
		for _, held := range a.Privileges {
			p := heldPrivilege{Privilege: held.Privilege.REST(), FromName: held.From.FullName()}
			if held.From.Kind != 0 {
				p.FromType = held.From.Kind.REST()
			}
			entry.Privileges = append(entry.Privileges, p)
		}
		out.List = append(out.List, entry)
	}
	return out, nil
}

type permissionsChange struct {
	Changes []struct {
		Principal string   `json:"principal"`
		Add       []string `json:"add"`
		Remove    []string `json:"remove"`
	} `json:"changes"`
}

func (h *Handler) changePermissions(r *http.Request, who *model.Principal) (any, error) {
	on, err := securable(r)
	if err != nil {
		return nil, err
	}
	var body permissionsChange
	if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
		return nil, &model.Error{Code: "MALFORMED_REQUEST", Status: http.StatusBadRequest, Message: "The body is not valid JSON."}
	}
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
	if err := h.world.Apply(who, on, changes); err != nil {
		return nil, err
	}
	return h.direct(who, on, "")
}

func parsePrivileges(words []string) ([]model.Privilege, error) {
	var out []model.Privilege
	for _, word := range words {
		p, err := model.ParsePrivilege(word)
		if err != nil {
			return nil, err
		}
		out = append(out, p)
	}
	return out, nil
}
