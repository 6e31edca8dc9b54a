package registry

import "slices"

// ThingRow says all that the workspace has to know of a kind of thing: its routes, how its lists are paged, its errors and its permissions
// follow from it.
type ThingRow struct {
	Control  ControlRow
	Versions []string // of the REST API, such as "2.1"
	List     string   // the path of the list, after the version; empty where there is none
	Get      string   // that of one; {id} stands for the id, and without it the id is in the parameter ID; empty where there is none
	ID       string   // the field and parameter of the id
	Key      string   // the field and parameter of the name that Get has in place of the id
	Within   string   // the field that Get wraps one in
	Numeric  bool     // the id is a number in JSON
	Items    string   // the field of the list
	Size     string   // the parameter for the size of a page; empty where lists are not paged
	Usual    int      // the size of a page that nobody gave a size, and the largest
	Largest  int
	Absent   string // the error text for one that does not exist, with %s for the id
	Invalid  bool   // that error is 400 INVALID_PARAMETER_VALUE rather than 404

	View   bool              // a second look at things that have a row before this one
	Fields map[string]string // what a view calls the fields of the details that it has; nil where it has all of them as they are
	Post   bool              // the list is asked for by POST, its parameters in the body
	Bare   bool              // the list is an array
	Pages  bool              // pages are numbered
	Token  string            // the parameter for the token of a page, where that is not page_token
	Prefix string            // the parameter for the beginning of the paths to list
	Also   []string          // parameters that ask for more than is told anyway
	Asked  string            // a field of the details that Get alone tells, where the parameter include_ and its name asks for it, to who may edit
	Takes  Level             // the level that Get takes; any where it is 0
}

// thingRows are the rows. A new kind is a row in one of these lists, and its objects are in demo-workspace.yaml.
var thingRows = slices.Concat(computeRows, sqlRows, modelRows, folderRows)

// ThingRows lists the rows of all kinds.
func ThingRows() []ThingRow { return slices.Clone(thingRows) }

// HasThings reports whether things of a kind are no more than their row.
func HasThings(kind Kind) bool {
	return slices.ContainsFunc(thingRows, func(r ThingRow) bool { return r.Control.Kind == kind })
}
