package rest

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func (c scimCollection) create(r *http.Request, who *model.Principal) (any, error) {
	var body scimResource
	if err := c.read(r, &body); err != nil {
		return nil, err
	}
	p := model.Principal{Kind: c.kind, Active: true, DisplayName: body.DisplayName}
	switch c.kind {
	case model.User:
		p.Name = body.UserName
	case model.ServicePrincipal:
		p.Name = body.ApplicationID
	case model.Group:
		p.Name = body.DisplayName
	}
	made, err := c.Directory.Create(who, p, func(d *model.Draft) error {
		body.into(c.kind, d)
		d.Groups = referencesFrom(body.Groups)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return created{resource(c.Directory, made)}, nil
}

// read reads a principal, and refuses what principals of its kind do not have.
func (c scimCollection) read(r *http.Request, body *scimResource) error {
	if err := ReadKnown(r, body); err != nil {
		return err
	}
	return body.refuseFields(c.kind)
}

// put replaces what a principal has by what the body has. Groups are read-only there.
func (c scimCollection) put(r *http.Request, who *model.Principal) (any, error) {
	var body scimResource
	if err := c.read(r, &body); err != nil {
		return nil, err
	}
	return c.edit(r, who, func(d *model.Draft) error {
		for name, given := range map[string]string{"userName": body.UserName, "applicationId": body.ApplicationID} {
			if given != "" && given != d.Name {
				return refuseSCIM("mutability", "Attribute "+name+" cannot be changed.")
			}
		}
		body.into(c.kind, d)
		return nil
	})
}

// into puts what the body has into a draft, but for the groups. A name or a state that it does not have stays.
func (body scimResource) into(kind model.PrincipalKind, d *model.Draft) {
	if body.DisplayName != "" {
		d.DisplayName = body.DisplayName
		if kind == model.Group {
			d.Name, d.DisplayName = body.DisplayName, ""
		}
	}
	if body.Active != nil && kind != model.Group {
		d.Active = bool(*body.Active)
	}
	d.Entitlements, d.Members = valuesOf(body.Entitlements), referencesFrom(body.Members)
	d.Profile = model.Profile{ExternalID: body.ExternalID, Roles: valuesOf(body.Roles)}
	if n := body.Name; n != nil {
		d.FullName, d.GivenName, d.FamilyName = n.Formatted, n.Given, n.Family
	}
	for _, e := range body.Emails {
		if e.Value != "" {
			d.Emails = append(d.Emails, model.Email{Value: e.Value, Type: e.Type, Display: e.Display, Primary: bool(e.Primary)})
		}
	}
}

// valuesOf leaves out values that are empty: some clients send [{}] for none.
func valuesOf(list []scimValue) []string {
	var out []string
	for _, v := range list {
		if v.Value != "" {
			out = append(out, v.Value)
		}
	}
	return out
}

func referencesFrom(list []scimValue) []model.Reference {
	var out []model.Reference
	for _, id := range valuesOf(list) {
		out = append(out, model.Reference{ID: id})
	}
	return out
}

func (c scimCollection) edit(r *http.Request, who *model.Principal, change func(*model.Draft) error) (any, error) {
	p, err := c.Directory.Edit(who, c.kind, r.PathValue("id"), change)
	if err != nil {
		return nil, err
	}
	return resource(c.Directory, p), nil
}

func (c scimCollection) remove(r *http.Request, who *model.Principal) (any, error) {
	return nothing{}, c.Directory.Delete(who, c.kind, r.PathValue("id"))
}

// patchRequest has fields in any case, as some clients write them.
type patchRequest struct {
	Schemas    []string         `json:"schemas"`
	Operations []patchOperation `json:"Operations"`
}

// mostOperations is how many changes one request may make: all else waits for them.
const mostOperations = 1000

func (c scimCollection) patch(r *http.Request, who *model.Principal) (any, error) {
	var body patchRequest
	if err := ReadKnown(r, &body); err != nil {
		return nil, err
	}
	if len(body.Operations) == 0 {
		return nil, Refuse("Operations is required.")
	}
	if len(body.Operations) > mostOperations {
		return nil, Refuse("A request has at most " + strconv.Itoa(mostOperations) + " Operations.")
	}
	return c.edit(r, who, func(d *model.Draft) error { return c.apply(body.Operations, d) })
}

// apply makes operations on a draft as SCIM writes it.
func (c scimCollection) apply(operations []patchOperation, d *model.Draft) error {
	doc := documentOf(resourceOf(c.kind, *d))
	for _, o := range operations {
		if err := o.apply(doc); err != nil {
			return err
		}
	}
	changed, err := resourceFrom(doc)
	if err != nil {
		return err
	}
	if err := changed.refuseFields(c.kind); err != nil {
		return err
	}
	if changed.DisplayName == "" {
		if c.kind == model.Group {
			return refuseSCIM("mutability", "A group needs a name.")
		}
		d.DisplayName = ""
	}
	changed.into(c.kind, d)
	d.Groups = referencesFrom(changed.Groups)
	return nil
}

// resourceFrom reads a document back.
func resourceFrom(doc document) (scimResource, error) {
	raw, err := json.Marshal(doc)
	if err != nil {
		return scimResource{}, err
	}
	var out scimResource
	return out, decodeKnown(raw, &out)
}
