package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Runs are the runs that are over, the oldest first. A manifest that cannot be read is left out.
func (f Folder) Runs() ([]Manifest, error) {
	over, err := f.ids(manifestExt)
	if err != nil {
		return nil, err
	}
	var out []Manifest
	for _, id := range over {
		var m Manifest
		text, err := os.ReadFile(f.path(id, manifestExt))
		if err != nil || json.Unmarshal(text, &m) != nil || m.ID != id {
			continue
		}
		m.Rows = plain(f.path(id, rowsExt)) == nil
		out = append(out, m)
	}
	slices.SortStableFunc(out, func(a, b Manifest) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

// Open opens a run that is over: the one of an id or of its beginning, or the last whole one where id is empty. torn are the newer ones that
// are not whole. Errors are ErrNone, ErrNewer and ErrTorn.
func (f Folder) Open(id string) (r *Run, m Manifest, broken []string, err error) {
	all, err := f.over()
	if err != nil {
		return nil, m, nil, err
	}
	for _, one := range slices.Backward(all) {
		if !strings.HasPrefix(one.ID, id) {
			continue
		}
		r, err := f.whole(one)
		if err == nil || id != "" || !errors.Is(err, ErrTorn) {
			return r, one.Manifest, broken, err
		}
		broken = append(broken, one.ID)
	}
	what := "There is no whole run of an inventory here."
	if id != "" {
		what = fmt.Sprintf("There is no run %s with its rows.", connector.CleanLine(id, 40))
	}
	return nil, m, broken, &connector.Error{Kind: ErrNone, What: what, Remedy: "draftt-databricks inventory run takes one; inventory status lists those that are there."}
}

// LastWhole is the newest whole run, or one that only a newer version of this program can open, and reports whether there is one.
func (f Folder) LastWhole() (m Manifest, found bool, err error) {
	all, err := f.over()
	if err != nil {
		return m, false, err
	}
	for _, one := range slices.Backward(all) {
		if f.damaged(one) == nil {
			return one.Manifest, true, nil
		}
	}
	return m, false, nil
}

// damaged is what is wrong with a run that is not whole any more, nil for one that only a newer version of this program can open.
func (f Folder) damaged(m candidate) error {
	if err := f.check(m); !errors.Is(err, ErrNewer) {
		return err
	}
	return nil
}

// whole opens a run whose file is as it was sealed.
func (f Folder) whole(m candidate) (*Run, error) {
	if err := f.check(m); err != nil {
		return nil, err
	}
	return open(f.path(m.ID, rowsExt), true)
}

// check refuses a run whose file is not as it was sealed.
func (f Folder) check(m candidate) error {
	path := f.path(m.ID, rowsExt)
	if !m.known {
		return torn(path, errors.New("its manifest cannot be read"))
	}
	if m.Version > Version {
		return &connector.Error{Kind: ErrNewer, What: "The run " + m.ID + " was written by a newer version of this program.", Remedy: "Update draftt-databricks."}
	}
	if err := checkHeader(path); err != nil {
		return err
	}
	size, sum, err := measure(path)
	if err != nil {
		return err
	}
	if size != m.Size || sum != m.SHA256 {
		return torn(path, nil)
	}
	return nil
}

// Shelf is the folder within the program's own that has the inventories, those of each host in a folder.
const Shelf = "inventory"

// Of is the folder of a place below a folder of the program's own.
func Of(dir, name string) Folder { return Folder{Dir: filepath.Join(dir, Shelf, name)} }

// Places are the folders of all places below a folder of the program's own, by name.
func Places(dir string) (out []Folder) {
	inside, err := os.ReadDir(filepath.Join(dir, Shelf))
	if err != nil {
		return nil
	}
	for _, entry := range inside {
		if entry.IsDir() {
			connector.Known().Note(connector.KindHost, strings.ReplaceAll(entry.Name(), "_", ":"), entry.Name()) // a host, with its port behind it
			out = append(out, Of(dir, entry.Name()))
		}
	}
	return out
}

// Names are those of the places of folders, as a sentence has them.
func Names(all []Folder) string {
	var names []string
	for _, f := range all {
		names = append(names, filepath.Base(f.Dir))
	}
	return strings.Join(names, ", ")
}
