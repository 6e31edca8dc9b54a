package partner

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/partner/called"
)

// Infer brings the traces together by the names that Partner Connect gives.
func Infer(t Traces) Inference {
	in := inferring{traces: t, taken: map[string]bool{}}
	for i := range t.Principals {
		in.principal(&t.Principals[i])
	}
	for _, w := range t.Warehouses {
		in.warehouse(w)
	}
	in.tokens()
	in.apps()
	order := []Sureness{Certain, Likely, Possible}
	slices.SortStableFunc(in.out.Connections, func(a, b Connection) int {
		return cmp.Or(slices.Index(order, a.Sure)-slices.Index(order, b.Sure), strings.Compare(strings.ToLower(a.Partner.Name), strings.ToLower(b.Partner.Name)))
	})
	in.out.Unseen, in.out.traces = t.Unseen, t
	return in.out
}

type inferring struct {
	traces Traces
	taken  map[string]bool // ids of tokens and warehouses that are among the evidence
	out    Inference
}

// named is the partner whose name stands before an ending, in the form that Partner Connect gives.
func named(display, end string) (p Partner, isKnown, hasForm bool) {
	found, isKnown, hasForm := called.Of(display, end)
	if !isKnown {
		return Partner{Name: found.Name}, false, hasForm
	}
	p, err := Find(found.Name)
	return p, err == nil, true
}

func (in *inferring) principal(p *admin.ServicePrincipal) {
	display := p.DisplayName.Raw()
	who, isKnown, hasForm := named(display, called.UserEnd)
	if !hasForm {
		if like, reminds := reminder(display); reminds {
			in.alike("service principal "+p.DisplayName.String(), "Partner Connect would call that of "+like.Name+" "+like.User()+".")
		}
		return
	}
	c := Connection{Partner: who, Known: isKnown, Principal: p, Secrets: in.traces.Secrets[p.ID]}
	c.Evidence = []string{"service principal " + p.DisplayName.String() + ", application ID " + p.ApplicationID.String()}
	if !p.Active {
		c.Against = append(c.Against, "The service principal is not active.")
	}
	endless := in.tokensOf(&c)
	for _, s := range c.Secrets {
		c.Evidence = append(c.Evidence, "OAuth secret "+s.ID+", made "+day(s.Created))
	}
	made := in.warehousesOf(&c, who.Upper())
	in.clustersOf(&c)
	if isKnown && who.Set != nil && who.Set.None() {
		c.Against = append(c.Against, "The document says that "+who.Name+" takes no service principal.")
	}
	switch {
	case !isKnown && !(endless && made):
		in.alike("service principal "+p.DisplayName.String(), "No partner of this name is known; it has "+evidenceOf(c)+".")
		return
	case !isKnown:
		c.Sure = Possible
		c.Against = append(c.Against, "No partner of this name is known; the name, the token and the warehouse have the form that Partner Connect gives.")
	case endless && len(c.Against) == 0:
		c.Sure = Certain
	case len(c.Tokens)+len(c.Secrets) > 0 || made:
		c.Sure = Likely
	default:
		c.Sure = Possible
		c.Against = append(c.Against, in.nothing())
	}
	for _, t := range c.Tokens {
		in.taken[t.ID] = true
	}
	for _, w := range c.Warehouses {
		in.taken[w.ID] = true
	}
	in.out.Connections = append(in.out.Connections, c)
}

// nothing says what it means that nothing was found which a principal could sign in with.
func (in *inferring) nothing() string {
	if slices.Contains(in.traces.Unseen, unseenTokens) {
		return "What it signs in with is not shown to you."
	}
	return "Nothing that it could sign in with was found, so it may be what is left of a connection."
}

func evidenceOf(c Connection) string {
	if len(c.Evidence) == 1 {
		return "nothing else that Partner Connect makes"
	}
	return strings.Join(c.Evidence[1:], "; ")
}

func (in *inferring) tokensOf(c *Connection) (endless bool) {
	for _, t := range in.traces.Tokens {
		if !c.Principal.Owns(t) {
			continue
		}
		endless = endless || t.Expires.IsZero()
		c.Tokens = append(c.Tokens, t)
		text := "personal access token"
		if t.Comment.Raw() != "" {
			text += fmt.Sprintf(" “%s”", t.Comment)
		}
		if t.Expires.IsZero() {
			text += ", which never ends"
		} else {
			text += ", which ends " + day(t.Expires)
		}
		c.Evidence = append(c.Evidence, text+", made "+day(t.Created)+", "+lastUsed(t.LastUsed))
	}
	return endless
}

func (in *inferring) warehousesOf(c *Connection, upper string) (made bool) {
	for _, w := range in.traces.Warehouses {
		byIt := w.Creator.Raw() != "" && w.Creator.Raw() == c.Principal.ApplicationID.Name().Raw()
		byName := w.Name.Raw() == upper+called.EndpointEnd
		switch {
		case byIt:
			c.Warehouses = append(c.Warehouses, w)
			c.Evidence = append(c.Evidence, "warehouse "+w.Name.String()+", made by it")
			made = made || byName
		case byName && !in.namesakes(c.Principal, w):
			c.Evidence = append(c.Evidence, "warehouse "+w.Name.String()+", made by "+in.maker(w))
			in.taken[w.ID] = true
		}
	}
	return made
}

// namesakes reports whether another service principal of the same display name made a warehouse: it speaks for that one alone.
func (in *inferring) namesakes(p *admin.ServicePrincipal, w admin.ComputeFact) bool {
	return slices.ContainsFunc(in.traces.Principals, func(other admin.ServicePrincipal) bool {
		return other.ID != p.ID && other.DisplayName.Raw() == p.DisplayName.Raw() && other.ApplicationID.Name().Raw() == w.Creator.Raw()
	})
}

// maker is who made a warehouse, in words.
func (in *inferring) maker(w admin.ComputeFact) string {
	if w.Creator.Raw() == "" {
		return "somebody whom the workspace does not name"
	}
	for _, p := range in.traces.Principals {
		if p.ApplicationID.Name().Raw() == w.Creator.Raw() {
			return "service principal " + p.DisplayName.String()
		}
	}
	if _, err := connector.ParseClientID(w.Creator.Raw()); err == nil {
		return "service principal " + w.Creator.String() + ", which is not in the workspace"
	}
	return w.Creator.String()
}

// gone reports whether a service principal made a warehouse that is not in the workspace any more.
func (in *inferring) gone(w admin.ComputeFact) bool {
	_, err := connector.ParseClientID(w.Creator.Raw())
	return err == nil && !slices.ContainsFunc(in.traces.Principals, func(p admin.ServicePrincipal) bool { return p.ApplicationID.Name().Raw() == w.Creator.Raw() })
}

// warehouse takes a warehouse that no principal has as evidence: one with the name of a partner whose principal is gone is a trace.
func (in *inferring) warehouse(w admin.ComputeFact) {
	if in.taken[w.ID] {
		return
	}
	who, isKnown, _ := named(w.Name.Raw(), called.EndpointEnd)
	what := "warehouse " + w.Name.String()
	switch like, reminds := reminder(w.Name.Raw()); {
	case isKnown && in.gone(w):
		in.out.Connections = append(in.out.Connections, Connection{
			Partner: who, Known: true, Sure: Possible, Evidence: []string{what + ", made by " + in.maker(w)}, Warehouses: []admin.ComputeFact{w},
			Against: []string{"There is no service principal " + who.User() + ", so nothing signs in for it."},
		})
	case isKnown:
		in.alike(what, "It has the name of "+who.Name+" and was made by "+in.maker(w)+".")
	case reminds:
		in.alike(what, "Partner Connect would call that of "+like.Name+" "+like.Upper()+called.EndpointEnd+".")
	}
}

// tokens takes tokens of others whose comments remind of a partner, those with the same comment together: many people may have one.
func (in *inferring) tokens() {
	var comments []string
	owners := map[string][]string{}
	for _, t := range in.traces.Tokens {
		comment := t.Comment.Raw()
		if _, reminds := reminder(comment); in.taken[t.ID] || !reminds {
			continue
		}
		if owners[comment] == nil {
			comments = append(comments, comment)
		}
		owners[comment] = append(owners[comment], in.owner(t))
	}
	for _, comment := range comments {
		like, _ := reminder(comment)
		whose := owners[comment][0]
		if more := len(owners[comment]) - 1; more > 0 {
			whose += fmt.Sprintf(" and %d more", more)
		}
		why := "Its owner is not the service principal that Partner Connect makes for " + like.Name + "."
		if like.Set != nil && like.Set.None() {
			why = like.Name + " takes no service principal, so a person may sign in to it with this."
		}
		in.alike(fmt.Sprintf("personal access token “%s” of %s", connector.FromRemote(comment), whose), why)
	}
}

func (in *inferring) owner(t authorization.Token) string {
	for _, p := range in.traces.Principals {
		if p.Owns(t) {
			return p.DisplayName.String()
		}
	}
	if t.CreatedBy.Raw() != "" {
		return t.CreatedBy.String()
	}
	return "somebody who is gone"
}

func (in *inferring) alike(what, why string) {
	in.out.LookAlikes = append(in.out.LookAlikes, LookAlike{what, why})
}
