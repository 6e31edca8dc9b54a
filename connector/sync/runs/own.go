package runs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ownLatest sees that what is called latest is nothing, or what a sync made: a link to a run of the folder, or a text that names one. Anything else
// is somebody's own and stays.
func (s *Store) ownLatest() error {
	path := filepath.Join(s.dir, latestName)
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return Trouble("read", path, err)
	case info.Mode().Type() == fs.ModeSymlink:
		if target, err := os.Readlink(path); err == nil && s.names(target) {
			return nil
		}
	case isID(s.pointed()):
		return nil
	}
	return inTheWay(path)
}

// names reports whether the target of a link in the folder is one of its runs.
func (s *Store) names(target string) bool {
	if !filepath.IsAbs(target) {
		target = filepath.Join(s.dir, target)
	}
	return filepath.Dir(filepath.Clean(target)) == filepath.Clean(s.dir) && isID(strings.TrimPrefix(filepath.Base(target), wholePrefix))
}

func inTheWay(path string) error {
	return &connector.Error{
		Kind: ErrFolder, What: connector.CleanLine(path, 300) + " is in the way: no sync made it.",
		Remedy: "Move it elsewhere, or name another folder with --to.",
	}
}

// made reports whether a folder that is named as a run that was stopped is one: it has a plan, or nothing but what a sync makes before and beside
// that.
func made(folder string) bool {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return false
	}
	if info, err := os.Lstat(filepath.Join(folder, planFile)); err == nil {
		return info.Mode().IsRegular()
	}
	return !slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		return !slices.ContainsFunc([]string{planFile, "_progress", scratchName, ".shard-"}, func(own string) bool { return strings.HasPrefix(e.Name(), own) })
	})
}

// remove removes a run that is not whole. It loses its name first: half of it could not be told from what a person put there.
func (p *Partial) remove() error {
	gone := filepath.Join(p.store.dir, gonePrefix+p.ID)
	if os.Rename(p.dir, gone) != nil { // there is one already, which could not be removed
		gone = p.dir
	}
	if err := os.RemoveAll(gone); err != nil {
		return Trouble("remove", gone, err)
	}
	return nil
}
