// Package estate takes an inventory of a workspace and of the account that it belongs to: everything that exists there, and who may do what with
// it, as far as whoever signed in may see it.
//
// A collector is data: what it asks for, how its pages go on, which collectors it stands on, what it takes to see all of it, and which part of an
// answer is kept. Run asks at the pace that Databricks documents and slows down where it is told to; what it has is written down page by page, so
// that whatever ends it, the next run goes on from there. Each collector ends in a State, and the Coverage of a run says how much of what exists
// was seen, what is missing, and which single right would show most of that.
package estate

import (
	"net/http"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Plane is the host that something is asked of.
type Plane string

// The planes.
const (
	AtWorkspace Plane = "workspace"
	AtAccount   Plane = "account"
)

// Right is what somebody needs in order to see all that a collector lists.
type Right string

// The rights, the nearest first. Anybody sees what takes none.
const (
	Anybody        Right = ""
	WorkspaceAdmin Right = "workspace admin"
	MetastoreAdmin Right = "metastore admin"
	AccountAdmin   Right = "account admin"
)

// Holder is whoever has a right, as in “an account admin”.
func (r Right) Holder() string {
	if strings.HasPrefix(string(r), "a") {
		return "an " + string(r)
	}
	return "a " + string(r)
}

// Paging is how the pages of a listing go on.
type Paging string

// The ways. Token and Cursor differ in the name of the parameter.
const (
	OnePage  Paging = ""
	Token    Paging = "page_token"      // the answer names the next page in next_page_token
	Cursor   Paging = "next_page_token" // the same, and the parameter is called so as well
	SCIM     Paging = "startIndex"      // pages begin at a number, and the answer has the total
	Numbered Paging = "page"            // pages are numbered, and the answer has the count
)

// Shape is what becomes of an answer.
type Shape string

// The shapes.
const (
	List    Shape = ""        // each item is a row
	One     Shape = "one"     // the answer itself is a row
	Values  Shape = "values"  // each item has values, each of which is a row
	Bare    Shape = "bare"    // the items are numbers or words
	Rules   Shape = "rules"   // each principal of each rule is a row
	Lists   Shape = "lists"   // the answer is an access control list, and that is a row
	Grants  Shape = "grants"  // each principal with privileges is a row
	Sources Shape = "sources" // the answer is a Genie space, and each table below it is a row
	Derived Shape = "derived" // nothing is asked: each row of For makes one, of its owner
)

// Collector lists one kind of thing.
type Collector struct {
	ID       string // also the kind of its rows, where Sorted is empty
	Resource string // the id of the Resource that it belongs to
	Plane    Plane
	Method   string // empty: GET
	Path     string // {account}, {workspace}, {id}, {name}, {parent} and {field} of the row that it asks about stand for those
	Query    string // of every page, in the same way
	Body     string // a JSON object, where the method is POST
	Paging   Paging
	For      []string // it asks once for each row of these kinds; nil: once
	Folders  bool     // its own rows are among those that it asks about
	Shape    Shape
	Items    string            // the field of the answer that has the items; empty: the answer is the list
	Key      []string          // the fields of an item that are its id, behind that of the row asked about where Within is set
	Within   bool              // ids are those of one row asked about
	Name     string            // the field that people know it by
	Keep     []string          // the fields that are kept
	Only     [2]string         // a field and the value that items have in it that are kept; empty: all
	Sorted   map[string]string // the kind of a row by its field object_type
	Sees     Right             // who sees all of it; others are not told that there is more
	Needs    Right             // who is answered at all
	Own      *Own              // what is asked where it is refused

	Here bool // where it is refused, the place that is read is its row

	// Everywhere says that each workspace, or each account, has it: an answer that it is not there tells nothing of what there is.
	Everywhere bool
}

// Kinds are the kinds of its rows.
func (c *Collector) Kinds() []string {
	if c.Sorted == nil {
		return []string{c.ID}
	}
	var out []string
	for _, kind := range c.Sorted {
		out = append(out, kind)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Part is where the document that the inventory follows has a resource.
type Part string

// The parts. Beyond is what the document describes and does not list, and who may do what with each thing.
const (
	OfAccount   Part = "account"
	OfWorkspace Part = "workspace"
	Planned     Part = "planned"
	Beyond      Part = "beyond"
)

// Resource is a row of the document's table of resources, or one that stands beside them.
type Resource struct {
	ID, Title string // the title as in the middle of a sentence
	Part      Part
	Priority  int // of the document; Unnumbered where it has none

	Note string `json:"-"` // what is to know of its rows, as a sentence
}

// Unnumbered is the priority of a resource that the document gives none.
const Unnumbered = -1

// Collectors lists all, in the order in which they are asked: by the priority of their resources, what others stand on first.
func Collectors() []Collector { return slices.Clone(collectors) }

// Find gives the collector of an id.
func Find(id string) (Collector, bool) {
	i := slices.IndexFunc(collectors, func(c Collector) bool { return c.ID == id })
	if i < 0 {
		return Collector{}, false
	}
	return collectors[i], true
}

// collectors are those of all parts, in order.
var collectors = ordered(slices.Concat(accountCollectors, workspaceCollectors, objectCollectors, unityCollectors, permissionCollectors()))

// ordered sorts by the place of the resources, and keeps the order within one.
func ordered(all []Collector) []Collector {
	place := map[string]int{}
	for i, r := range resources {
		place[r.ID] = i
	}
	for i, c := range all {
		all[i].Everywhere = c.Plane == AtAccount || c.ID == "me" || c.Resource == "objects" || c.Resource == "workspace-roles" ||
			c.For != nil && (c.Resource == "permissions" || c.Resource == "grants")
	}
	slices.SortStableFunc(all, func(a, b Collector) int { return place[a.Resource] - place[b.Resource] })
	return all
}

// makers are the collectors whose rows are of a kind.
func makers(kind string) []int {
	var out []int
	for i := range collectors {
		if slices.Contains(collectors[i].Kinds(), kind) {
			out = append(out, i)
		}
	}
	return out
}

// Reads are the requests of all collectors of a plane, for the list of what a reader may send.
func Reads(p Plane) []workspace.Rule {
	var out []workspace.Rule
	for _, c := range collectors {
		if c.Plane != p || c.Path == "" {
			continue
		}
		paths := []string{c.Path}
		if c.Own != nil && c.Own.Path != "" {
			paths = append(paths, c.Own.Path)
		}
		for _, path := range paths {
			segments := strings.Split(path, "/")
			for i, s := range segments {
				if strings.HasPrefix(s, "{") {
					segments[i] = "*"
				}
			}
			if rule := (workspace.Rule{Method: c.method(), Path: strings.Join(segments, "/")}); !slices.Contains(out, rule) {
				out = append(out, rule)
			}
		}
	}
	return out
}

func (c *Collector) method() string {
	if c.Method == "" {
		return http.MethodGet
	}
	return c.Method
}
