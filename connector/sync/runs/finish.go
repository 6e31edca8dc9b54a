package runs

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Finish writes the manifest, gives the run its name and has "latest" lead to it. The name is what makes the run whole: until then the plan
// and the progress stay, so that one that is killed here goes on with everything it has.
func (p *Partial) Finish(m *Manifest) (*Run, error) {
	if err := p.progress.Close(); err != nil {
		return nil, Trouble("write", p.progress.Name(), err)
	}
	for _, scratch := range matching(p.dir, scratchName+"*") {
		_ = os.RemoveAll(scratch)
	}
	if err := p.tidy(m); err != nil {
		return nil, err
	}
	if err := m.write(p.dir); err != nil {
		return nil, err
	}
	whole := filepath.Join(p.store.dir, wholePrefix+p.ID)
	if err := os.Rename(p.dir, whole); err != nil {
		return nil, Trouble("write", whole, err)
	}
	if err := settle(p.store.dir); err != nil {
		return nil, err
	}
	unplan(whole)
	if err := p.store.point(p.ID); err != nil {
		return nil, err
	}
	return &Run{ID: p.ID, Folder: whole, Manifest: m}, nil
}

// unplan removes what a run that is whole does not need.
func unplan(folder string) {
	for _, pattern := range []string{planFile, "_progress*.ndjson", shardLock("*")} {
		for _, path := range matching(folder, pattern) {
			_ = os.Remove(path)
		}
	}
}

// matching are the files in a folder whose names match a pattern.
func matching(folder, pattern string) (paths []string) {
	entries, _ := os.ReadDir(folder) // what cannot be listed is not there for whoever looks for it
	for _, e := range entries {
		if is, _ := filepath.Match(pattern, e.Name()); is {
			paths = append(paths, filepath.Join(folder, e.Name()))
		}
	}
	return paths
}

// tidy leaves the files that the manifest names, and has the system write down their names. Whoever reads all files of a table's folder would
// read the rows of any other twice: those of a writer that was killed, or of a table that came to be read in another way.
func (p *Partial) tidy(m *Manifest) error {
	named := map[string]bool{}
	for _, t := range m.Tables {
		for _, f := range t.Files {
			named[f.Path] = true
			if !isThere(p.dir, f) {
				return Trouble("find", p.Path(f.Path), fs.ErrNotExist)
			}
		}
		if t.Changes != nil {
			named[t.Changes.File] = true
		}
	}
	var folders []string
	err := filepath.WalkDir(p.dir, func(path string, e fs.DirEntry, err error) error {
		within, known := filepath.Rel(p.dir, path)
		switch {
		case err != nil || known != nil:
			return err
		case e.IsDir():
			folders = append(folders, path)
		case filepath.Dir(path) != p.dir && !named[filepath.ToSlash(within)]:
			return os.Remove(path)
		}
		return nil
	})
	if err != nil {
		return Trouble("read", p.dir, err)
	}
	for _, folder := range slices.Backward(folders) { // those inside others first
		if folder != p.dir && os.Remove(folder) == nil { // which goes only where there is nothing in it
			continue
		}
		if err := settle(folder); err != nil {
			return err
		}
	}
	return nil
}
