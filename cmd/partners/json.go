package partners

import (
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

type jsonSet struct {
	Partner string     `json:"partner"`
	User    string     `json:"service_principal"` // the display name that Partner Connect gives it
	About   string     `json:"about"`
	From    string     `json:"from"`
	Lines   []jsonRule `json:"lines"`
	Needs   []string   `json:"needs"` // on what is selected
	Asks    []string   `json:"asks"`  // what the document leaves open
}

type jsonRule struct {
	Kind partner.Kind            `json:"kind"`
	Word string                  `json:"word"`
	On   connector.SecurableType `json:"on,omitempty"`
}

func ofSet(p partner.Partner, needs []partner.Need) jsonSet {
	out := jsonSet{Partner: p.Name, User: p.User(), About: p.Set.Name, From: p.Set.From, Lines: []jsonRule{}, Needs: []string{}, Asks: append([]string{}, p.Set.Asks...)}
	for _, r := range p.Set.Rules {
		out.Lines = append(out.Lines, jsonRule(r))
	}
	for _, n := range needs {
		out.Needs = append(out.Needs, n.Title())
	}
	return out
}

type jsonCatalogue struct {
	Source   string    `json:"source"`
	Dated    string    `json:"dated"`
	Partners []jsonSet `json:"partners"`
	Others   []string  `json:"others"` // known by name, without a set
}

func ofCatalogue() jsonCatalogue {
	out := jsonCatalogue{Partners: []jsonSet{}, Others: []string{}}
	out.Source, out.Dated = partner.Document()
	for _, p := range partner.All() {
		if p.Set == nil {
			out.Others = append(out.Others, p.Name)
			continue
		}
		out.Partners = append(out.Partners, ofSet(p, nil))
	}
	return out
}

type jsonInference struct {
	Host        string           `json:"host"`
	Inferred    bool             `json:"inferred"` // always: Databricks has no list to ask
	Connections []jsonConnection `json:"connections"`
	LookAlikes  []jsonLookAlike  `json:"look_alikes"`
	Unseen      []string         `json:"unseen"`
}

type jsonConnection struct {
	Partner       string           `json:"partner"`
	Known         bool             `json:"known"`
	Sure          partner.Sureness `json:"sure"`
	Evidence      []string         `json:"evidence"`
	Against       []string         `json:"against"`
	ApplicationID string           `json:"application_id,omitempty"`
	DisplayName   string           `json:"display_name,omitempty"`
	Tokens        []jsonToken      `json:"tokens"`
	Secrets       []string         `json:"secrets"`
	Warehouses    []string         `json:"warehouses"`
	Clusters      []string         `json:"clusters"`
	Apps          []string         `json:"apps"` // OAuth apps of the account
}

type jsonToken struct {
	ID      string     `json:"id"`
	Comment string     `json:"comment"`
	Created *time.Time `json:"created,omitempty"`
	Expires *time.Time `json:"expires,omitempty"` // none: it never ends
	LastDay *time.Time `json:"last_used_day,omitempty"`
}

type jsonLookAlike struct {
	What string `json:"what"`
	Why  string `json:"why"`
}

func ofInference(host connector.Host, in partner.Inference) jsonInference {
	out := jsonInference{Host: host.String(), Inferred: true, Connections: []jsonConnection{}, LookAlikes: []jsonLookAlike{}, Unseen: append([]string{}, in.Unseen...)}
	for _, c := range in.Connections {
		out.Connections = append(out.Connections, ofConnection(c))
	}
	for _, l := range in.LookAlikes {
		out.LookAlikes = append(out.LookAlikes, jsonLookAlike(l))
	}
	return out
}

func ofConnection(c partner.Connection) jsonConnection {
	one := jsonConnection{
		Partner: c.Partner.Name, Known: c.Known, Sure: c.Sure, Evidence: c.Evidence, Against: append([]string{}, c.Against...),
		Tokens: []jsonToken{}, Secrets: []string{}, Warehouses: []string{}, Clusters: []string{}, Apps: []string{},
	}
	if p := c.Principal; p != nil {
		one.ApplicationID, one.DisplayName = p.ApplicationID.String(), p.DisplayName.String()
	}
	for _, t := range c.Tokens {
		one.Tokens = append(one.Tokens, jsonToken{t.ID, t.Comment.String(), known(t.Created), known(t.Expires), known(t.LastUsed)})
	}
	for _, s := range c.Secrets {
		one.Secrets = append(one.Secrets, s.ID)
	}
	for _, w := range c.Warehouses {
		one.Warehouses = append(one.Warehouses, w.Name.String())
	}
	for _, cluster := range c.Clusters {
		one.Clusters = append(one.Clusters, cluster.Name.String())
	}
	for _, a := range c.Apps {
		one.Apps = append(one.Apps, a.Name.String())
	}
	return one
}

// known is a time, nil for one that is not known.
func known(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

type jsonCheck struct {
	Host          string      `json:"host"`
	Partner       string      `json:"partner"`
	ApplicationID string      `json:"application_id"`
	DisplayName   string      `json:"display_name"`
	Done          bool        `json:"done"` // everything of the set is known to be held
	Have          []jsonLine  `json:"have"`
	Missing       []jsonLine  `json:"missing"`
	Unknown       []jsonLine  `json:"unknown"`
	Extra         []jsonExtra `json:"extra"`
	Asks          []string    `json:"asks"`
	Unseen        []string    `json:"unseen"`
}

type jsonLine struct {
	Line    string   `json:"line"`
	From    []string `json:"from,omitempty"`
	Unknown string   `json:"unknown,omitempty"`
}

type jsonExtra struct {
	What    string `json:"what"`
	From    string `json:"from"`
	Writes  bool   `json:"writes"`
	Own     bool   `json:"own"` // of the principal itself, and not of a group
	Removes string `json:"removes"`
}

func ofCheck(host connector.Host, p partner.Partner, c partner.Comparison) jsonCheck {
	out := jsonCheck{
		Host: host.String(), Partner: p.Name, ApplicationID: c.Principal.ApplicationID.String(), DisplayName: c.Principal.DisplayName.String(), Done: c.Done(),
		Have: linesOf(c.Have), Missing: linesOf(c.Missing), Unknown: linesOf(c.Unknown), Extra: []jsonExtra{}, Asks: append([]string{}, c.Set.Asks...), Unseen: append([]string{}, c.Unseen...),
	}
	for _, e := range c.Extra {
		out.Extra = append(out.Extra, jsonExtra{e.What, e.Source, e.Writes, !e.Others, e.Revoke})
	}
	return out
}

func linesOf(lines []partner.Line) []jsonLine {
	out := []jsonLine{}
	for _, l := range lines {
		out = append(out, jsonLine{l.Title(), l.Sources, l.Unknown})
	}
	return out
}

type jsonProposal struct {
	Partner string       `json:"partner"`
	Plan    any          `json:"plan"`
	Unknown []jsonLine   `json:"unknown"`
	Catalog *jsonVerdict `json:"catalog,omitempty"`
	WhoCan  []string     `json:"who_can"`
	Asks    []string     `json:"asks"`
}

func (d group) ofProposal(p partner.Partner, proposal partner.Proposal, whoCan []string) jsonProposal {
	out := jsonProposal{Partner: p.Name, Plan: d.PlanJSON(proposal.Plan), Unknown: []jsonLine{}, WhoCan: append([]string{}, whoCan...), Asks: append([]string{}, p.Set.Asks...)}
	if proposal.Seen != nil {
		out.Unknown = linesOf(proposal.Seen.Unknown)
	}
	if proposal.Verdict != nil {
		v := ofVerdict(*proposal.Verdict)
		out.Catalog = &v
	}
	return out
}

type jsonVerdicts struct {
	Host     string        `json:"host"`
	Catalogs []jsonVerdict `json:"catalogs"`
}

type jsonVerdict struct {
	Catalog string `json:"catalog"`
	Owner   string `json:"owner,omitempty"`
	Can     bool   `json:"can"`
	Why     string `json:"why"`
	Without bool   `json:"without_unity_catalog"`
	WhyNot  string `json:"why_not_without,omitempty"`
}

func ofVerdict(v partner.Verdict) jsonVerdict {
	return jsonVerdict{v.Catalog.String(), v.Owner.String(), v.Can, v.Why, v.Without, v.WhyNot}
}

func ofVerdicts(host connector.Host, all []partner.Verdict) jsonVerdicts {
	out := jsonVerdicts{Host: host.String(), Catalogs: []jsonVerdict{}}
	for _, v := range all {
		out.Catalogs = append(out.Catalogs, ofVerdict(v))
	}
	return out
}

type jsonOrphans struct {
	Host    string       `json:"host"`
	Orphans []jsonOrphan `json:"orphans"`
	Unseen  []string     `json:"unseen"`
}

type jsonOrphan struct {
	Kind    string `json:"kind"`
	Name    string `json:"name"`
	Of      string `json:"of,omitempty"`
	Partner string `json:"partner,omitempty"`
	Do      string `json:"do"`
}

func ofOrphans(host connector.Host, all []partner.Orphan, unseen []string) jsonOrphans {
	out := jsonOrphans{Host: host.String(), Orphans: []jsonOrphan{}, Unseen: unseen}
	for _, o := range all {
		out.Orphans = append(out.Orphans, jsonOrphan{o.Kind, o.Name.String(), o.Of.String(), o.Partner, o.Do})
	}
	return out
}

type jsonEnding struct {
	Plan  any        `json:"plan"`
	Parts []jsonPart `json:"parts"`
	Stays []string   `json:"stays"`
	Sheet []string   `json:"sheet"`

	Unseen []string `json:"unseen"`
}

type jsonPart struct {
	What    string   `json:"what"`
	Goes    bool     `json:"goes"`
	Uses    []string `json:"uses"`
	Unknown []string `json:"unknown"`
}

func (d group) ofEnding(e partner.Ending) jsonEnding {
	out := jsonEnding{Plan: d.PlanJSON(e.Plan), Parts: []jsonPart{}, Stays: e.Stays, Sheet: e.Sheet, Unseen: append([]string{}, e.Unseen...)}
	for _, p := range e.Parts {
		out.Parts = append(out.Parts, jsonPart{p.What, p.Goes, append([]string{}, p.Uses...), append([]string{}, p.Unknown...)})
	}
	return out
}

type jsonMove struct {
	ApplicationID string     `json:"application_id"`
	DisplayName   string     `json:"display_name"`
	Steps         []jsonStep `json:"steps"`
	Plan          any        `json:"plan"`
}

type jsonStep struct {
	Title string        `json:"title"`
	State partner.State `json:"state"`
	Says  string        `json:"says"`
}

func (d group) ofMove(m partner.Move) jsonMove {
	out := jsonMove{ApplicationID: m.Principal.ApplicationID.String(), DisplayName: m.Principal.DisplayName.String(), Plan: d.PlanJSON(m.Plan), Steps: []jsonStep{}}
	for _, s := range m.Steps {
		out.Steps = append(out.Steps, jsonStep(s))
	}
	return out
}
