package model

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"path"
	"slices"
	"strconv"
	"strings"
)

// tree is where things lie.
type tree struct {
	at   map[string]Thing      // by path
	in   map[string][]string   // the paths in a folder, in the order they were added
	path map[Controlled]string // of each

	grove Grove             // what lies in them besides, and is not kept
	fates map[string]string // the names of now of principals by those from when the grove was planted, where they differ; empty of who is gone
}

func newTree() tree {
	return tree{at: map[string]Thing{}, in: map[string][]string{}, path: map[Controlled]string{}}
}

// above gives the folders that something lies in, the innermost first. What lies in none has nothing above it.
func (t tree) above(c Controlled) []Controlled {
	at, placed := t.pathOf(c)
	if !placed {
		return nil
	}
	var out []Controlled
	for at != "/" {
		at = path.Dir(at)
		folder, _ := t.lookup(at)
		out = append(out, folder.on())
	}
	return out
}

// place puts a thing where its path says. It returns an error for a path that is taken, or is in no folder.
func (w *World) place(t Thing) error {
	row, _ := t.Kind.Row()
	if row.InFolders != (t.Path != "") {
		return fmt.Errorf("the path %q does not go with the kind", t.Path)
	}
	if t.Path == "" {
		return nil
	}
	parent := path.Dir(t.Path)
	if _, taken := w.tree.lookup(t.Path); taken || t.Path != path.Clean(t.Path) {
		return fmt.Errorf("the path %s is taken, or is none", t.Path)
	}
	if folder, ok := w.tree.at[parent]; t.Path != "/" && (!ok || !folder.holds()) {
		return fmt.Errorf("there is no folder %s", parent)
	}
	t.Access = nil
	w.tree.at[t.Path], w.tree.path[t.on()] = t, t.Path
	if t.Path != "/" {
		w.tree.in[parent] = append(w.tree.in[parent], t.Path)
	}
	return nil
}

// holds reports whether other things can lie in this one.
func (t Thing) holds() bool { return t.Kind == Folders || t.Kind == GitFolders }

// common reports whether a folder belongs to every workspace and shows to everybody in it. What lies in it need not.
func (t Thing) common() bool { return slices.Contains(commonFolders, t.Path) }

// commonFolders are the paths of these folders.
var commonFolders = []string{"/", "/Repos", "/Shared", "/Users"}

// addCommonFolders adds the folders that a workspace begins with. That all users manage what is in Shared is what the documents on access
// control say; in the others nobody has anything by default but workspace admins.
func (w *World) addCommonFolders() {
	for _, at := range commonFolders {
		_ = w.addThing(Thing{Kind: Folders, ID: pathID(at), Path: at}, acl{}) // nothing is in its way
	}
	w.lists[w.tree.at["/Shared"].on()][WorkspaceUsers] = CanManage
}

// addHome gives a user a folder of its own, which it manages; who comes back finds the one from before. A name that no folder can have has
// none.
func (w *World) addHome(p *Principal) {
	at := "/Users/" + p.Name
	if home, there := w.tree.at[at]; there {
		w.lists[home.on()][p.Name] = CanManage
		return
	}
	_ = w.addThing(Thing{Kind: Folders, ID: pathID(at), Path: at, Creator: p.Name}, acl{p.Name: CanManage}) // without a home nothing is lost
}

// folderName reports whether a folder can have this name in the one above it.
func folderName(name string) bool {
	return !strings.Contains(name, "/") && path.Clean("/"+name) == "/"+name
}

// pathID makes the id of a folder that a workspace makes by itself; it is the same in every run. The root has the id 0 in Databricks too.
func pathID(at string) string {
	if at == "/" {
		return "0"
	}
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(at)) // it never fails
	return strconv.FormatUint(hash.Sum64()%9e15+1e15, 10)
}

// At gives what lies at a path. What a principal has no permission on is not there for it: the error is the same.
func (w *World) At(who *Principal, at string) (Thing, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.lookAt(who, at)
}

func (w *World) lookAt(who *Principal, at string) (Thing, error) {
	clean, err := workspacePath(at)
	if err != nil {
		return Thing{}, err
	}
	t, ok := w.tree.lookup(clean)
	if !ok || !w.sees(w.identities(who), t) {
		return Thing{}, noResource("Path (%s) doesn't exist.", at)
	}
	return t, nil
}

// In lists what lies in a folder and a principal sees, by path; of anything but a folder it gives the thing itself.
func (w *World) In(who *Principal, at string) ([]Thing, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	t, err := w.lookAt(who, at)
	if err != nil {
		return nil, err
	}
	if !t.holds() {
		return []Thing{t}, nil
	}
	var out []Thing
	names := w.identities(who)
	open := w.highest(names, t.on()) > NoAccess // what is granted on the folder reaches all that is in it
	for _, inside := range w.tree.inside(t.Path) {
		if open || w.sees(names, inside) {
			out = append(out, inside)
		}
	}
	slices.SortFunc(out, func(a, b Thing) int { return cmp.Compare(a.Path, b.Path) })
	return out, nil
}

// sees tells whether somebody with these identities is shown t.
func (w *World) sees(identities []string, t Thing) bool {
	return t.common() || w.highest(identities, t.on()) > NoAccess
}

// workspacePath reads a path as the workspace API takes it: with /Workspace before it or without, with a slash at its end or without.
func workspacePath(text string) (string, error) {
	if !strings.HasPrefix(text, "/") {
		return "", invalidParameter("Path (%s) doesn't start with '/'", text)
	}
	clean := path.Clean(text)
	if inside, ok := strings.CutPrefix(clean, "/Workspace"); ok && (inside == "" || strings.HasPrefix(inside, "/")) {
		clean = cmp.Or(inside, "/")
	}
	return clean, nil
}
