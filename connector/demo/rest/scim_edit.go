package rest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func (c scimCollection) create(r *http.Request, who *model.Principal) (any, error) {
	var body scimResource
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	p := model.Principal{Kind: c.kind, Active: true, DisplayName: body.DisplayName}
	edits := body.lists()
	switch c.kind {
	case model.User:
		p.Name = body.UserName
	case model.ServicePrincipal:
		p.Name = body.ApplicationID
	case model.Group:
		p.Name = body.DisplayName
	}
	if body.Active != nil {
		p.Active = *body.Active
	}
	if len(body.Groups) > 0 {
		edits = append(edits, model.Edit{Attribute: model.GroupsAttribute, Op: model.ReplaceValues, Values: valuesOf(body.Groups)})
	}
	made, err := c.world.CreatePrincipal(who, p, edits)
	if err != nil {
		return nil, err
	}
	return created{c.resource(made)}, nil
}

// put replaces what a principal has by what the body has. Groups are read-only there.
func (c scimCollection) put(r *http.Request, who *model.Principal) (any, error) {
	var body scimResource
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	edits := body.lists()
	if body.DisplayName != "" {
		edits = append(edits, model.Edit{Attribute: model.DisplayNameAttribute, Op: model.ReplaceValues, Values: []string{body.DisplayName}})
	}
	if body.Active != nil && c.kind != model.Group {
		edits = append(edits, model.Edit{Attribute: model.ActiveAttribute, Op: model.ReplaceValues, Values: []string{strconv.FormatBool(*body.Active)}})
	}
	return c.edit(r, who, edits)
}

// lists are the edits that give a principal the body's entitlements and members.
func (body scimResource) lists() []model.Edit {
	return []model.Edit{
		{Attribute: model.EntitlementsAttribute, Op: model.ReplaceValues, Values: valuesOf(body.Entitlements)},
		{Attribute: model.MembersAttribute, Op: model.ReplaceValues, Values: valuesOf(body.Members)},
	}
}

func valuesOf(list []scimValue) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.Value
	}
	return out
}

func (c scimCollection) edit(r *http.Request, who *model.Principal, edits []model.Edit) (any, error) {
	p, err := c.world.EditPrincipal(who, c.kind, r.PathValue("id"), edits)
	if err != nil {
		return nil, err
	}
	return c.resource(p), nil
}

func (c scimCollection) remove(r *http.Request, who *model.Principal) (any, error) {
	return nothing{}, c.world.DeletePrincipal(who, c.kind, r.PathValue("id"))
}

type patchRequest struct {
	Operations []patchOperation `json:"Operations"`
}

type patchOperation struct {
	Op    string          `json:"op"`
	Path  string          `json:"path"`
	Value json.RawMessage `json:"value"`
}

var patchOps = map[string]model.EditOp{"add": model.AddValues, "remove": model.RemoveValues, "replace": model.ReplaceValues}

func (c scimCollection) patch(r *http.Request, who *model.Principal) (any, error) {
	var body patchRequest
	if err := readBody(r, &body); err != nil {
		return nil, err
	}
	if len(body.Operations) == 0 {
		return nil, invalid("Operations is required.")
	}
	var edits []model.Edit
	for _, o := range body.Operations {
		more, err := o.edits()
		if err != nil {
			return nil, err
		}
		edits = append(edits, more...)
	}
	return c.edit(r, who, edits)
}

// edits reads one operation. Without a path its value has the attributes.
func (o patchOperation) edits() ([]model.Edit, error) {
	op, ok := patchOps[strings.ToLower(o.Op)]
	if !ok {
		return nil, invalid("Operation '" + o.Op + "' is not supported.")
	}
	if o.Path != "" {
		edit, err := editAt(op, o.Path, o.Value)
		return []model.Edit{edit}, err
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(o.Value, &fields) != nil {
		return nil, invalid("An operation needs a path, or a value with attributes.")
	}
	var out []model.Edit
	for name, value := range fields {
		edit, err := editAt(op, name, value)
		if err != nil {
			return nil, err
		}
		out = append(out, edit)
	}
	return out, nil
}

// editAt reads an operation on a path: an attribute, or one value of it as in members[value eq "1"].
func editAt(op model.EditOp, path string, value json.RawMessage) (model.Edit, error) {
	name, condition, chosen := strings.Cut(path, "[")
	edit := model.Edit{Attribute: model.Attribute(name), Op: op}
	if !chosen {
		values, err := patchValues(value)
		edit.Values = values
		return edit, err
	}
	parts := strings.SplitN(strings.TrimSuffix(condition, "]"), " ", 3)
	if len(parts) == 3 && strings.EqualFold(parts[0], "value") && strings.EqualFold(parts[1], "eq") && op == model.RemoveValues {
		if want, ok := unquote(parts[2]); ok {
			edit.Values = []string{want}
			return edit, nil
		}
	}
	return model.Edit{}, invalid("Path '" + path + "' is not supported.")
}

// patchValues reads the value of an operation in the forms that clients send: one or several of text, truth, or {"value": ...}.
func patchValues(raw json.RawMessage) ([]string, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) != nil {
		list = []json.RawMessage{raw}
	}
	var out []string
	for _, item := range list {
		var object struct {
			Value json.RawMessage `json:"value"`
		}
		if json.Unmarshal(item, &object) == nil && object.Value != nil {
			item = object.Value
		}
		var text string
		if json.Unmarshal(item, &text) != nil {
			var truth bool
			if json.Unmarshal(item, &truth) != nil {
				return nil, invalid("The value of an operation is not supported.")
			}
			text = strconv.FormatBool(truth)
		}
		out = append(out, text)
	}
	return out, nil
}
