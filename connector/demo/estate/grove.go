package estate

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
	"github.com/draftt-io/draftt-databricks/connector/demo/seed"
)

// firstObject is the id of the first object that grows.
const firstObject = 3_100_000_000_000_000

// grove grows what users have in their homes. Every home has the same shape; what is in it is called by the number of its owner and its own.
type grove struct {
	Size
	owners []string       // user names, in the order of their homes
	number map[string]int // of an owner
	groups []string

	shape []node
	count int // of all that grows; the last homes have less than the shape, or nothing
}

// node is a place in the shape of a home. What it lies in comes before it.
type node struct {
	in   int // the number of the folder, or home
	kind model.ControlledKind
	has  []int // what lies in it
}

// home stands for the home itself in place of a node's number.
const home = -1

// block is a folder with what lies in it.
const block = 12

// shaped gives a home of so many things: folders, every third in the home and the others in the one before, with notebooks and files.
func shaped(size int) []node {
	shape := make([]node, size)
	for i := range shape {
		folder := i - i%block
		n := node{in: folder, kind: registry.Notebooks}
		switch {
		case i == folder && i/block%3 == 0:
			n = node{in: home, kind: registry.Folders}
		case i == folder:
			n = node{in: folder - block, kind: registry.Folders}
		case i%block > 8:
			n.kind = registry.Files
		}
		shape[i] = n
		if n.in != home {
			shape[n.in].has = append(shape[n.in].has, i)
		}
	}
	return shape
}

// plant makes the folders of the workspace hold so many objects as there should be.
func (f *filling) plant() error {
	kept := -1 // the root is no object of its own
	for _, kind := range []model.ControlledKind{registry.Folders, registry.Notebooks, registry.Files, registry.GitFolders} {
		kept += len(f.Things(f.admin, kind))
	}
	g := &grove{Size: f.size, owners: f.users, number: map[string]int{}, groups: f.groups, count: max(0, f.size.Objects-kept)}
	for i, name := range g.owners {
		g.number[name] = i
	}
	g.shape = shaped((g.count + len(g.owners) - 1) / len(g.owners))
	f.Plant(model.Grove{In: g.inside, At: g.at, Find: g.find, Names: g.names})
	return nil
}

// names reports whether somebody is among those with whom something may be shared: the owners of homes, and the groups.
func (g *grove) names(principal string) bool {
	_, owner := g.number[principal]
	return owner || slices.Contains(g.groups, principal)
}

// grows reports whether there is a thing at a place of a home.
func (g *grove) grows(owner, place int) bool {
	return place >= 0 && place < len(g.shape) && owner*len(g.shape)+place < g.count
}

// name is what a thing is called in its folder. Its number, the last one in it, leads back.
func (g *grove) name(owner, place int) string {
	d := g.dice(owner, place)
	switch g.shape[place].kind {
	case registry.Folders:
		return of(d, projects, 0) + "-" + strconv.Itoa(place)
	case registry.Files:
		return of(d, verbs, 0) + "_" + of(d, entities, 1) + "_" + strconv.Itoa(place) + of(d, []string{".py", ".sql", ".csv", ".md"}, 2)
	}
	return of(d, verbs, 0) + "_" + of(d, entities, 1) + "_" + strconv.Itoa(place)
}

func (g *grove) dice(owner, place int) dice {
	return throw(g.Seed, forObjects, owner*len(g.shape)+place)
}

// numbered is the number in the name of a thing.
func numbered(name string) int {
	name, _, _ = strings.Cut(name, ".")
	n, err := strconv.Atoi(name[strings.LastIndexAny(name, "-_")+1:])
	if err != nil {
		return home
	}
	return n
}

// walk follows a path below the homes to whose it is and its place, which is home for a home itself.
func (g *grove) walk(path string) (owner, place int, ok bool) {
	rest, below := strings.CutPrefix(path, "/Users/")
	name, rest, deeper := strings.Cut(rest, "/")
	owner, ok = g.number[name]
	if place = home; !below || !ok {
		return 0, home, false
	}
	for deeper {
		name, rest, deeper = strings.Cut(rest, "/")
		next := numbered(name)
		if !g.grows(owner, next) || g.shape[next].in != place || g.name(owner, next) != name {
			return 0, home, false
		}
		place = next
	}
	return owner, place, true
}

func (g *grove) inside(folder string) []model.Thing {
	owner, place, ok := g.walk(folder)
	if !ok {
		return nil
	}
	var out []model.Thing
	for _, i := range g.within(place) {
		if g.grows(owner, i) {
			out = append(out, g.make(owner, i, folder+"/"+g.name(owner, i)))
		}
	}
	return out
}

// within are the places that lie in another.
func (g *grove) within(place int) []int {
	if place != home {
		return g.shape[place].has
	}
	var out []int
	for i := 0; i < len(g.shape); i += 3 * block {
		out = append(out, i)
	}
	return out
}

func (g *grove) at(path string) (model.Thing, bool) {
	owner, place, ok := g.walk(path)
	if !ok || place == home {
		return model.Thing{}, false
	}
	return g.make(owner, place, path), true
}

func (g *grove) find(kind model.ControlledKind, id string) (model.Thing, bool) {
	n, err := strconv.Atoi(id)
	if err != nil || strconv.Itoa(n) != id {
		return model.Thing{}, false // a number with a sign or a zero before it is no other id of the same thing
	}
	if n -= firstObject; n < 0 || n >= g.count {
		return model.Thing{}, false
	}
	owner, place := n/len(g.shape), n%len(g.shape)
	if g.shape[place].kind != kind {
		return model.Thing{}, false
	}
	path := g.name(owner, place)
	for in := g.shape[place].in; in != home; in = g.shape[in].in {
		path = g.name(owner, in) + "/" + path
	}
	return g.make(owner, place, "/Users/"+g.owners[owner]+"/"+path), true
}

// make makes a thing. Some folders are shared with a group, and few other things with somebody.
func (g *grove) make(owner, place int, path string) model.Thing {
	d, kind := g.dice(owner, place), g.shape[place].kind
	t := model.Thing{Kind: kind, ID: strconv.Itoa(firstObject + owner*len(g.shape) + place), Creator: g.owners[owner], Path: path}
	switch at := d.moment(3); {
	case kind == registry.Folders && d.inHundred(20, 4):
		t.Access = map[string]model.Level{of(d, g.groups, 5): of(d, folderLevels, 6)}
	case kind == registry.Folders:
	default:
		t.Details = maps.Clone(details[kind][d.below(len(details[kind]), 7)])
		t.Details["created_at"], t.Details["modified_at"] = at, min(at+int64(d.below(90*24*60*60*1000, 8)), seed.AsOf.UnixMilli())
		if kind == registry.Files {
			t.Details["size"] = d.below(400_000, 9)
		}
		if d.inHundred(3, 4) {
			t.Access = map[string]model.Level{of(d, g.owners, 5): model.CanEdit}
		}
	}
	return t
}

var folderLevels = []model.Level{model.CanRead, registry.CanRun, model.CanEdit}

// details are what the kinds are told apart by.
var details = map[model.ControlledKind][]map[string]any{
	registry.Notebooks: {{"language": "PYTHON"}, {"language": "PYTHON"}, {"language": "SQL"}, {"language": "SCALA"}},
	registry.Files:     {{}},
}
