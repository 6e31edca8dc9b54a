package admin

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

const (
	principalsPath = "/api/2.0/preview/scim/v2/ServicePrincipals"
	groupsPath     = "/api/2.0/preview/scim/v2/Groups"
	scimPage       = 100
)

// ServicePrincipal is a service principal of the workspace with its three names, each of which has its place.
type ServicePrincipal struct {
	ID            connector.SCIMID   // the SCIM id: deleting it, its OAuth secrets
	ApplicationID connector.ClientID // the client ID of OAuth, and what GRANT and access lists name
	DisplayName   connector.Remote   // for people only; several may have the same
	Active        bool
	Entitlements  []string // its own; those of its groups are not among them
	Groups        []connector.Remote
	// EntraManaged marks one that belongs to Microsoft Entra ID, whose secrets are made there. It is told by the external id that such
	// principals carry.
	EntraManaged bool
}

// Principal is the service principal in the engine's vocabulary.
func (p ServicePrincipal) Principal() connector.Principal {
	return connector.Principal{
		ID: p.ID, Name: p.ApplicationID.Name(), DisplayName: p.DisplayName, Active: p.Active, Entitlements: p.Entitlements, Groups: p.Groups,
	}
}

// Card lists the names of the principal, and where each is used, for showing them together.
func (p ServicePrincipal) Card() []CardLine {
	return []CardLine{
		{"Display name", p.DisplayName.String(), "for people; several may have the same"},
		{"Application ID", p.ApplicationID.String(), "GRANT, access lists, and as the client ID"},
		{"SCIM id", p.ID.String(), "OAuth secrets, and deleting the principal"},
	}
}

// CardLine is one name of a principal.
type CardLine struct{ Label, Value, UsedFor string }

type scimPrincipal struct {
	ID            string      `json:"id"`
	UserName      string      `json:"userName"`
	ApplicationID string      `json:"applicationId"`
	DisplayName   string      `json:"displayName"`
	ExternalID    string      `json:"externalId"`
	Active        *bool       `json:"active"`
	Entitlements  []scimValue `json:"entitlements"`
	Groups        []scimValue `json:"groups"`
	Members       []scimValue `json:"members"`
}

type scimValue struct {
	Value   string `json:"value,omitempty"`
	Display string `json:"display,omitempty"`
	Type    string `json:"type,omitempty"`
}

func (r scimPrincipal) principal() ServicePrincipal {
	names := connector.Known()
	names.Note(connector.KindSP, r.ApplicationID, r.DisplayName)
	p := ServicePrincipal{
		ID: connector.SCIMID(connector.CleanLine(r.ID, 64)), ApplicationID: connector.ClientID(connector.CleanLine(r.ApplicationID, 64)),
		DisplayName: connector.FromRemote(r.DisplayName),
		Active:      r.Active == nil || *r.Active, EntraManaged: r.ExternalID != "",
	}
	for _, e := range r.Entitlements {
		p.Entitlements = append(p.Entitlements, e.Value)
	}
	for _, g := range r.Groups {
		p.Groups = append(p.Groups, names.Remote(connector.KindGroup, g.Display))
	}
	return p
}

type scimQuery struct {
	Filter     string `url:"filter,omitempty"`
	StartIndex int    `url:"startIndex,omitempty"`
	Count      int    `url:"count,omitempty"`
}

type scimList struct {
	Total     int             `json:"totalResults"`
	Resources []scimPrincipal `json:"Resources"`
}

// resources lists a SCIM collection page by page.
func (s *Session) resources(ctx context.Context, path, filter string) iter.Seq2[scimPrincipal, error] {
	return func(yield func(scimPrincipal, error) bool) {
		for start := 1; ; {
			var page scimList
			if err := s.get(ctx, path, scimQuery{filter, start, scimPage}, &page); err != nil {
				yield(scimPrincipal{}, fmt.Errorf("list %s: %w", path[strings.LastIndexByte(path, '/')+1:], err))
				return
			}
			for _, r := range page.Resources {
				if !yield(r, nil) {
					return
				}
			}
			if start += len(page.Resources); len(page.Resources) == 0 || start > page.Total {
				return
			}
		}
	}
}

// ServicePrincipals lists the service principals of the workspace. It takes a workspace admin. It ends at the first error.
func (s *Session) ServicePrincipals(ctx context.Context) iter.Seq2[ServicePrincipal, error] {
	return func(yield func(ServicePrincipal, error) bool) {
		for r, err := range s.resources(ctx, principalsPath, "") {
			if !yield(r.principal(), err) {
				return
			}
		}
	}
}

// Named lists the service principals with this display name, without regard to case.
func (s *Session) Named(ctx context.Context, displayName string) ([]ServicePrincipal, error) {
	return s.filtered(ctx, "displayName", displayName)
}

func (s *Session) filtered(ctx context.Context, attribute, value string) ([]ServicePrincipal, error) {
	filter := attribute + ` eq ` + strconv.Quote(value)
	if strings.ContainsAny(value, `"\`) { // no filter holds such a name, so everybody is looked at
		filter = ""
	}
	var out []ServicePrincipal
	for r, err := range s.resources(ctx, principalsPath, filter) {
		if err != nil {
			return nil, err
		}
		have := map[string]string{"displayName": r.DisplayName, "applicationId": r.ApplicationID}[attribute]
		if strings.EqualFold(have, value) {
			out = append(out, r.principal())
		}
	}
	return out, nil
}

// Find understands any of the three names: an application ID, a SCIM id or a display name. It returns an *connector.Error that is ErrNotFound, or
// ErrAmbiguous when several have the name.
func (s *Session) Find(ctx context.Context, text string) (ServicePrincipal, error) {
	text = strings.TrimSpace(text)
	if id, err := connector.ParseClientID(text); err == nil {
		return one(text, func() ([]ServicePrincipal, error) { return s.filtered(ctx, "applicationId", string(id)) })
	}
	if _, err := strconv.ParseUint(text, 10, 64); err == nil {
		p, err := s.byID(ctx, text)
		if err == nil || !errors.Is(err, apierr.ErrNotFound) {
			return p, err
		}
	}
	return one(text, func() ([]ServicePrincipal, error) { return s.Named(ctx, text) })
}

func one(text string, find func() ([]ServicePrincipal, error)) (ServicePrincipal, error) {
	found, err := find()
	switch {
	case err != nil:
		return ServicePrincipal{}, err
	case len(found) == 1:
		return found[0], nil
	case len(found) == 0:
		return ServicePrincipal{}, &connector.Error{
			Kind: ErrRefused,
			What: fmt.Sprintf("No service principal of this workspace is called %s.", connector.CleanLine(text, 80)), Cause: ErrNotFound,
			Remedy: "Check the name, or give the application ID.",
		}
	}
	var ids []string
	for _, p := range found {
		ids = append(ids, p.ApplicationID.String())
	}
	return ServicePrincipal{}, &connector.Error{
		Kind: ErrRefused,
		What: fmt.Sprintf("%d service principals are called %s.", len(found), connector.CleanLine(text, 80)), Cause: ErrAmbiguous,
		Remedy: "Give the application ID of one: " + strings.Join(ids, ", ") + ".",
	}
}

func (s *Session) byID(ctx context.Context, id string) (ServicePrincipal, error) {
	var answer scimPrincipal
	if err := s.get(ctx, principalsPath+"/"+connector.PathSegment(id), nil, &answer); err != nil {
		return ServicePrincipal{}, fmt.Errorf("read service principal %s: %w", id, err)
	}
	return answer.principal(), nil
}

// group is a group that a principal belongs to, itself or through other groups.
type group struct {
	grants.Identity
	Entitlements []string
}

// groupsOf works out every group that a principal belongs to, groups of groups included, the nearest first.
func (s *Session) groupsOf(ctx context.Context, scimID connector.SCIMID) ([]group, error) {
	var all []scimPrincipal
	var listed []grants.Group
	for r, err := range s.resources(ctx, groupsPath, "") {
		if err != nil {
			return nil, err
		}
		g := grants.Group{ID: r.ID, Name: connector.Known().Remote(connector.KindGroup, r.DisplayName)}
		for _, m := range r.Members {
			g.Members = append(g.Members, m.Value)
		}
		all, listed = append(all, r), append(listed, g)
	}
	found, err := grants.Memberships(string(scimID), listed)
	if err != nil {
		return nil, fmt.Errorf("work out the groups of a principal: %w", err)
	}
	out := make([]group, len(found))
	for i, m := range found {
		out[i] = group{m.Identity, all[m.At].principal().Entitlements}
	}
	return out, nil
}

// Who is a principal with every name that counts for it, for comparing grants.
func (s *Session) Who(ctx context.Context, p ServicePrincipal) (grants.Who, error) {
	groups, err := s.groupsOf(ctx, p.ID)
	if err != nil {
		return grants.Who{}, err
	}
	identities := make([]grants.Identity, len(groups))
	for i, g := range groups {
		identities[i] = g.Identity
	}
	return grants.Known(p.Principal(), identities), nil
}

// PrincipalCardTitle heads the card of a principal.
const PrincipalCardTitle = "The names of the service principal"

// PrincipalCard is every name of a principal with what it is used for. One that is not known yet says how it comes to be.
func PrincipalCard(p ServicePrincipal) []CardLine {
	card := p.Card()
	for i := range card {
		if card[i].Value == "" {
			card[i].Value = "not known before signing in"
		}
	}
	return card
}
