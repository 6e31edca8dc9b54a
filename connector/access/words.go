package access

import (
	"cmp"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Words are an answer in sentences, for a screen and for a program alike. Names in them are cleaned.
type Words struct {
	Verdict      string   `json:"verdict"`
	Says         string   `json:"says"`
	Because      []string `json:"because,omitempty"`       // of a yes, each part with its path
	Ends         []string `json:"ends,omitempty"`          // what would end it and for whom else, or which path would be left
	Missing      string   `json:"missing,omitempty"`       // of a no
	GivenBy      []string `json:"given_by,omitempty"`      // who can give what is missing
	Groups       []string `json:"groups,omitempty"`        // which group would
	NotCollected []string `json:"not_collected,omitempty"` // of an unknown
	Besides      []string `json:"besides,omitempty"`       // second checks
}

// Say puts an answer into words.
func (f *Facts) Say(a Answer) Words {
	w := Words{Verdict: a.Verdict.String(), Says: f.headline(a)}
	for _, step := range a.Steps {
		if said := f.sayStep(step); said != "" {
			w.Because = append(w.Because, said)
		}
	}
	for _, end := range a.Ends {
		w.Ends = append(w.Ends, f.sayEnd(end, w.Because))
	}
	if a.Verdict == No {
		w.Missing = f.SayNeed(a.Missing) + "."
		for _, g := range a.Givers {
			w.GivenBy = append(w.GivenBy, f.sayGiver(g))
		}
		for _, j := range a.ByGroups {
			w.Groups = append(w.Groups, f.sayJoining(j))
		}
	}
	w.NotCollected = f.SayDoubts(a.Doubts)
	for _, also := range a.Also {
		w.Besides = append(w.Besides, f.sayAlso(also))
	}
	return w
}

// Called is a principal as sentences have it.
func (f *Facts) Called(p Principal) string {
	m := f.people.list[p].Member
	name, display := called(m)
	switch {
	case m.Kind == Group && m.Place != Account:
		return "workspace group " + name
	case m.Kind == Group:
		return "group " + name
	case m.Kind == ServicePrincipal && m.Display != "":
		return "service principal " + display + " (" + name + ")"
	case m.Kind == ServicePrincipal:
		return "service principal " + name
	}
	return name
}

// CalledObject is an object as sentences have it.
func (f *Facts) CalledObject(o Object) string {
	kind := strings.ToLower(f.rules.KindName(f.Kind(o)))
	switch f.Kind(o) {
	case AccountKind:
		return "the account"
	case WorkspaceKind, MetastoreKind, TokensKind, PasswordsKind:
		return "the " + kind
	case WarehouseKind:
		kind = "SQL warehouse"
	}
	return kind + " " + f.titled(o)
}

// titled is the name of an object, each part of it an alias while the screen is shared.
func (f *Facts) titled(o Object) string {
	between, kinds := "/", []connector.Kind(nil)
	if f.row(o).class == unity {
		between, kinds = ".", []connector.Kind{connector.KindCatalog, connector.KindSchema, connector.KindTable}
	}
	parts := strings.Split(f.Title(o), between)
	for i := range parts {
		kind := connector.KindName
		if len(parts) > 1 && between == "/" {
			kind = connector.KindPath
		}
		if f.Kind(o) == WarehouseKind {
			kind = connector.KindWarehouse
		}
		if i < len(kinds) && f.row(o).in != MetastoreKind || i == 0 && f.Kind(o) == CatalogKind {
			kind = kinds[i]
		}
		parts[i] = shown(kind, parts[i])
	}
	return strings.Join(parts, between)
}

// shown is a name that came from a workspace, as it may be shown now.
func shown(kind connector.Kind, text string) string {
	if text == "" {
		return ""
	}
	return connector.Shown(cmp.Or(kind, connector.KindName), connector.FromRemote(text).String())
}

// CalledRight is a right as pages have it, with its name in the API where that is another one.
func (f *Facts) CalledRight(r Right, o Object) string {
	ui, api := f.rules.UI(r, f.Kind(o)), f.rules.API(r)
	if plain(ui) == plain(api) {
		return ui
	}
	return ui + " (" + api + ")"
}

func (f *Facts) headline(a Answer) string {
	has := map[Verdict]string{Yes: " has ", No: " does not have ", Unknown: ": it cannot be told whether there is "}[a.Verdict]
	return f.Called(a.Who) + has + f.CalledRight(a.Right, a.On) + " on " + f.CalledObject(a.On) + "."
}

// SayNeed is one part of what an answer takes, without a full stop.
func (f *Facts) SayNeed(n Need) string {
	on := f.CalledObject(n.On)
	switch n.Demand {
	case ToOwn:
		return "owning " + on
	case ToBeAdmin:
		return "being a workspace admin"
	case ToBeIn:
		return "being assigned to the workspace"
	case ToBeActive:
		return "being active"
	case ToBeEntitled:
		return "an entitlement: " + f.CalledRight(n.Right, n.On)
	case ToBeBound:
		return on + " is open in this workspace"
	case ToBeWritable:
		return on + " is not bound to this workspace for reading alone"
	case ToShareMetastore:
		return "the workspace has the metastore of " + on
	case ToBeChangeable:
		return "what can be changed: of " + on + " nobody changes that"
	case ToBeNoGroup:
		return "being a user or a service principal: a group never is the owner of a " + f.KindOf(n.On)
	case ToBeKnown:
		return "knowing what " + on + " is in"
	}
	return f.CalledRight(n.Right, n.On) + " on " + on
}

// sayStep is a part of a yes with its path; what holds for everybody goes without saying.
func (f *Facts) sayStep(s Step) string {
	if len(s.Way) == 0 {
		return ""
	}
	return f.SayNeed(s.Need) + ": " + f.sayWay(s.Way)
}

func (f *Facts) sayWay(way []Link) string {
	var parts []string
	for i, l := range way {
		switch l.Kind {
		case IsMember:
			if i == 0 {
				parts = append(parts, f.Called(l.From))
			}
			parts = append(parts, f.Called(l.To))
		case IsHolder:
			if i == 0 {
				parts = append(parts, f.Called(l.From))
			}
			parts = append(parts, f.CalledRight(l.Right, l.On)+" on "+f.CalledObject(l.On))
		case IsOwner:
			if i == 0 {
				parts = append(parts, f.Called(l.From))
			}
			parts = append(parts, "owner of "+f.CalledObject(l.On))
		case IsBound:
			parts = append(parts, f.CalledObject(l.On)+" is bound to "+f.placeName(l.In))
		}
	}
	return strings.Join(parts, " → ")
}

func (f *Facts) sayDoubt(d Doubt) string {
	switch who := f.people.list[d.Group]; {
	case d.Untold != 0:
		return "Not collected: who has " + f.CalledRight(d.Untold, d.On) + ", which no API tells."
	case d.Group != Nobody && who.Kind == 0 && !who.declared: // of whom no more is known than a name
		return "Not collected: who " + f.Called(d.Group) + " is, which may be a group."
	case d.Group != Nobody && !who.declared:
		return "Not collected: " + f.Called(d.Group) + "."
	case d.Group != Nobody:
		return "Not all members of " + f.Called(d.Group) + " were collected."
	}
	what := map[Seen]string{SeenEntries: "who was granted what on ", SeenOwner: "the owner of ", SeenPlace: "what holds ", SeenBindings: "the workspaces of "}[d.What]
	return "Not collected: " + what + f.CalledObject(d.On) + "."
}

func (f *Facts) sayAlso(a Also) string {
	said := f.rules.Roles.Said(a.ID)
	whose := ""
	if a.Answer != nil && a.Who != Nobody {
		whose = " for " + f.Called(a.Who)
	}
	switch {
	case a.Untold:
		return said + ": unknown, since that was not collected."
	case a.Answer == nil && a.Who != Nobody:
		return said + ": " + f.Called(a.Who) + "."
	case a.Answer == nil:
		return said + "."
	case a.Any && a.Answer.Verdict == No:
		return said + ": no, on none of those that were collected."
	}
	about := f.CalledObject(a.Answer.On)
	if a.Answer.Verdict == No {
		return said + ": no" + whose + ", missing is " + f.SayNeed(a.Answer.Missing) + "."
	}
	return said + ": " + a.Answer.Verdict.String() + whose + ", " + about + "."
}
