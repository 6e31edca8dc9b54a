package rest

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// scimAttribute is an attribute of SCIM as this workspace has it.
type scimAttribute struct {
	name  string
	parts []string // the sub-attributes of a complex one, the default one first
	many  bool     // it has many values
	truth bool
	fixed bool // it is given when the principal is made, or by the workspace
}

var (
	referenceParts = []string{"value", "display", "type", "$ref", "primary"}
	nameParts      = []string{"formatted", "givenName", "familyName"}
)

// scimAttributes are those that filters, sorting and changes can name. Text compares without regard to case in all of them.
var scimAttributes = []scimAttribute{
	{name: "id", fixed: true},
	{name: "schemas", fixed: true},
	{name: "account_id", fixed: true},
	{name: "meta", parts: []string{"resourceType"}, fixed: true},
	{name: "userName", fixed: true},
	{name: "applicationId", fixed: true},
	{name: "externalId"},
	{name: "displayName"},
	{name: "active", truth: true},
	{name: "name", parts: nameParts},
	{name: "emails", parts: referenceParts, many: true},
	{name: "members", parts: referenceParts, many: true},
	{name: "groups", parts: referenceParts, many: true},
	{name: "entitlements", parts: referenceParts, many: true},
	{name: "roles", parts: referenceParts, many: true},
}

// attributePath is an attribute or a part of it.
type attributePath struct {
	scimAttribute
	part string // empty for the whole
}

// pathOf reads a path such as emails.value, in any case and with or without the schema in front. What it knows no attribute of is false.
func pathOf(text string) (attributePath, bool) {
	if strings.HasPrefix(strings.ToLower(text), "urn:") {
		text = text[strings.LastIndexByte(text, ':')+1:]
	}
	name, part, deep := strings.Cut(text, ".")
	i := slices.IndexFunc(scimAttributes, func(a scimAttribute) bool { return strings.EqualFold(a.name, name) })
	if i < 0 {
		return attributePath{}, false
	}
	p := attributePath{scimAttribute: scimAttributes[i]}
	if !deep {
		return p, true
	}
	p.part, deep = p.knows(part)
	return p, deep
}

// knows gives the name of a part as the schema spells it.
func (a scimAttribute) knows(part string) (string, bool) {
	i := slices.IndexFunc(a.parts, func(name string) bool { return strings.EqualFold(name, part) })
	if i < 0 {
		return "", false
	}
	return a.parts[i], true
}

// document is a principal as JSON has it.
type document = map[string]any

// documentOf writes a resource out as a document.
func documentOf(r scimResource) document {
	var out document
	raw, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(raw, &out)
	}
	if err != nil {
		return document{} // text, truth and lists of them always encode
	}
	return out
}

// values are all that a document has at a path. Of a complex attribute with many values, the path alone means their values.
func (p attributePath) values(d document) []any {
	have, ok := d[p.name]
	if !ok {
		return nil
	}
	items, many := have.([]any)
	if !many {
		items = []any{have}
	}
	part := p.part
	if part == "" && p.many {
		part = p.parts[0]
	}
	var out []any
	for _, item := range items {
		object, complex := item.(document)
		switch {
		case complex && part != "":
			item, ok = object[part]
			if !ok {
				continue
			}
		case complex && len(object) == 0, item == nil:
			continue
		}
		out = append(out, item)
	}
	return out
}

// scimRefusal is an error with the word that SCIM has for its kind.
type scimRefusal struct {
	error
	kind string
}

// Unwrap gives the error without the word.
func (e scimRefusal) Unwrap() error { return e.error }

func refuseSCIM(kind, message string) error { return scimRefusal{Refuse(message), kind} }

// refuseFields refuses attributes that principals of a kind do not have, rather than to pass over them.
func (body scimResource) refuseFields(kind model.PrincipalKind) error {
	for _, field := range []struct {
		name  string
		given bool
		of    model.PrincipalKind
	}{
		{"userName", body.UserName != "", model.User},
		{"name", body.Name != nil, model.User},
		{"emails", len(body.Emails) > 0, model.User},
		{"applicationId", body.ApplicationID != "", model.ServicePrincipal},
		{"members", len(body.Members) > 0, model.Group},
	} {
		if field.given && field.of != kind {
			return Refuse("Attribute " + field.name + " is not supported here.")
		}
	}
	return nil
}
