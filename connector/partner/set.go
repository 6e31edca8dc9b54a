// Package partner knows Databricks Partner Connect: what each partner is given by the document of Databricks, in Unity Catalog and in
// hive_metastore, what a service principal has and lacks of that, what is connected to a workspace and how sure that is, and what goes when a
// connection is reset.
//
// A set is data: assets/partners.yaml has those of the document and Draftt's own, and a file of a person's can be another. What the document
// leaves open is a question beside the set and never becomes a privilege.
package partner

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/partner/called"
	"github.com/draftt-io/draftt-databricks/connector/query/granting"
)

// Partner is a partner by name. Set is nil where the document has none for it.
type Partner struct {
	Name string
	Also []string // other names that people know it by
	Set  *Set
}

// Set is what a group of partners is given.
type Set struct {
	Name  string // of the group, in a few words that go on from "It": "reads one schema"
	From  string // where it comes from: the document, or a file
	Owns  bool   // it owns what it makes in the selected catalog
	Many  bool   // several schemas can be selected
	Ours  bool   // Draftt's own
	Rules []Rule
	Asks  []string // what the document leaves open, each a question
}

// Kind is the kind of a rule: where what it gives is held.
type Kind string

// The kinds of rule.
const (
	Token       Kind = "token"       // a level on personal access tokens
	Entitlement Kind = "entitlement" // of the workspace
	Warehouse   Kind = "warehouse"   // a level on the selected SQL warehouse
	Unity       Kind = "unity"       // a privilege in Unity Catalog
	Legacy      Kind = "legacy"      // a privilege in hive_metastore
)

// Rule is one line of a set.
type Rule struct {
	Kind Kind
	Word string                  // as the API writes it: CAN_USE, workspace-access, USE_CATALOG
	On   connector.SecurableType // of a privilege: catalog or schema
}

// Entitlements are those that a set may name, with the words that Databricks shows for them.
var Entitlements = []struct{ Value, Title string }{
	{"workspace-access", "Workspace access"},
	{connector.EntitlementSQL, "Databricks SQL access"},
	{createsWarehouses, "Unrestricted cluster creation, by which SQL warehouses are created"},
}

const createsWarehouses = "allow-cluster-create"

// Title says what a rule gives, on what that is not chosen yet: "USE CATALOG on the selected catalog".
func (r Rule) Title() string {
	switch r.Kind {
	case Token:
		return "CAN USE on personal access tokens"
	case Entitlement:
		for _, e := range Entitlements {
			if e.Value == r.Word {
				return e.Title
			}
		}
		return "the entitlement " + r.Word
	case Warehouse:
		return "CAN USE on the selected SQL warehouse"
	case Legacy:
		if r.On == connector.CatalogType {
			return strings.ReplaceAll(r.Word, "_", " ") + " on the catalog " + connector.HiveMetastore
		}
	}
	return strings.ReplaceAll(r.Word, "_", " ") + " on the selected " + string(r.On)
}

type entry struct {
	Name string
	Also []string
}

type document struct {
	Dated, Source string
	Groups        []group
	Others        []entry
}

type group struct {
	Name             string
	Owns, Many, Ours bool
	Needs            []ruleText
	Asks             []string
	Partners         []entry
}

// ruleText is a line of a set as a writer puts it down.
type ruleText struct{ Token, Entitlement, Warehouse, Unity, Legacy, On string }

// rule is the one thing that a line names. It says what is wrong with a line that names none, several, or what no set may name.
func (t ruleText) rule() (Rule, error) {
	var found []Rule
	for _, r := range []Rule{{Token, t.Token, ""}, {Entitlement, t.Entitlement, ""}, {Warehouse, t.Warehouse, ""}, {Unity, t.Unity, ""}, {Legacy, t.Legacy, ""}} {
		if r.Word != "" {
			found = append(found, r)
		}
	}
	if len(found) != 1 {
		return Rule{}, fmt.Errorf("it names %d things, and has to name one of token, entitlement, warehouse, unity and legacy", len(found))
	}
	r := found[0]
	switch r.Kind {
	case Token, Warehouse:
		if r.Word = strings.ReplaceAll(strings.ToUpper(r.Word), " ", "_"); r.Word != canUse || t.On != "" {
			return r, fmt.Errorf("a set can name %s there alone, and no on", canUse)
		}
	case Entitlement:
		known := slices.ContainsFunc(Entitlements, func(e struct{ Value, Title string }) bool { return e.Value == r.Word })
		if !known || t.On != "" {
			return r, fmt.Errorf("a set can name workspace-access, databricks-sql-access and allow-cluster-create as entitlements, and no on")
		}
	case Unity, Legacy:
		r.Word = strings.ReplaceAll(strings.ToUpper(r.Word), " ", "_")
		if r.On = connector.SecurableType(t.On); !granting.Allowed(connector.Privilege(r.Word), r.On, r.Kind == Legacy) {
			return r, fmt.Errorf("no set can name that privilege on that: on has to be catalog or schema")
		}
	}
	return r, nil
}

const canUse = "CAN_USE"

// Document is the one that the sets come from, and the day on which it was read.
func Document() (source, dated string) {
	read := known().document
	return read.Source, read.Dated
}

// All are the partners that are known, in the order of the document: those that have a set, Draftt among them, and then the rest.
func All() []Partner { return slices.Clone(known().partners) }

type catalogue struct {
	document document
	partners []Partner
}

var known = sync.OnceValue(func() catalogue {
	read, err := load()
	if err != nil {
		panic(err) // a fault of the build, as in assets.Must; a test reads the file too
	}
	return read
})

func load() (catalogue, error) {
	read, err := assets.Read[document]("partners.yaml")
	if err != nil {
		return catalogue{}, fmt.Errorf("the sets of partners: %w", err)
	}
	out := catalogue{document: read}
	for _, g := range read.Groups {
		set := &Set{Name: g.Name, From: read.Source, Owns: g.Owns, Many: g.Many, Ours: g.Ours, Asks: g.Asks}
		if g.Ours {
			set.From = "what Draftt reads"
		}
		for _, line := range g.Needs {
			rule, err := line.rule()
			if err != nil {
				return catalogue{}, fmt.Errorf("the set %q: %w", g.Name, err)
			}
			set.Rules = append(set.Rules, rule)
		}
		for _, e := range g.Partners {
			out.partners = append(out.partners, Partner{e.Name, e.Also, set})
		}
	}
	for _, e := range read.Others {
		out.partners = append(out.partners, Partner{e.Name, e.Also, nil})
	}
	return out, nil
}

// Find is the partner of a name, in any case and however it is separated. The error is a *connector.Error of kind ErrInput.
func Find(name string) (Partner, error) {
	want := called.Key(name)
	var names []string
	for _, p := range All() {
		for _, known := range append([]string{p.Name}, p.Also...) {
			if called.Key(known) == want {
				return p, nil
			}
		}
		names = append(names, p.Name)
	}
	remedy := "partners show lists them; a set of your own goes into a file, with --set FILE."
	if near := connector.Nearest(name, names, 1); len(near) > 0 {
		remedy = "Did you mean " + near[0] + "? " + remedy
	}
	return Partner{}, &connector.Error{Kind: connector.ErrInput, What: "No partner is called " + connector.Refused(connector.KindName, name) + ".", Remedy: remedy}
}

// User is the display name that Partner Connect gives the service principal of a partner: <PARTNER-NAME>_USER.
func (p Partner) User() string { return p.Upper() + called.UserEnd }

// Made are the names that Partner Connect gives what it makes for a partner.
func (p Partner) Made() []string {
	return []string{p.User(), p.Upper() + called.EndpointEnd}
}

// Upper is the name as Partner Connect writes it in names of its own: DBT_CLOUD.
func (p Partner) Upper() string {
	return strings.ToUpper(strings.Join(strings.FieldsFunc(p.Name, func(r rune) bool { return r == ' ' || r == '-' || r == '.' }), "_"))
}

// makes reports whether a set lets somebody make schemas or tables.
func (s *Set) makes() bool {
	return s.Owns || slices.ContainsFunc(s.Rules, func(r Rule) bool { return strings.HasPrefix(r.Word, "CREATE") })
}

// objectsOf are the objects that are selected for a partner.
func objectsOf(on connector.SecurableType, c Choice) []grants.Object {
	if on == connector.CatalogType {
		return []grants.Object{grants.Catalog(c.Catalog)}
	}
	var out []grants.Object
	for _, s := range c.Schemas {
		out = append(out, grants.Schema(s))
	}
	return out
}
