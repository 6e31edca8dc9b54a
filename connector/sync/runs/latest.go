package runs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// point has "latest" lead to a run: a link, or where the system gives none to everybody a text with the name of its folder.
func (s *Store) point(id string) error {
	path, temporary := filepath.Join(s.dir, latestName), filepath.Join(s.dir, ".latest")
	if err := s.ownLatest(); err != nil {
		return err
	}
	if info, err := os.Lstat(temporary); err == nil && info.Mode().Type() == fs.ModeSymlink {
		_ = os.Remove(temporary) // of a run that ended in between
	}
	err := os.Symlink(wholePrefix+id, temporary)
	if errors.Is(err, fs.ErrExist) {
		return inTheWay(temporary)
	}
	if err != nil {
		return replace(path, []byte(wholePrefix+id+"\n"))
	}
	if err := os.Rename(temporary, path); err != nil {
		_ = os.Remove(temporary)
		return Trouble("write", path, err)
	}
	return nil
}

// mostPointed bounds the text that says where "latest" leads.
const mostPointed = 1 << 10

// pointed is the ID that "latest" leads to, empty where it leads to none.
func (s *Store) pointed() string {
	path := filepath.Join(s.dir, latestName)
	target, err := os.Readlink(path)
	if err != nil {
		if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() > mostPointed {
			return ""
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return ""
		}
		target = strings.TrimSpace(string(text))
	}
	id, _ := strings.CutPrefix(target, wholePrefix)
	return id
}

// straighten has "latest" lead to the newest whole run, where a run ended before it did so. What has its name and is somebody's own is refused
// before anything is read.
func (s *Store) straighten() error {
	if err := s.ownLatest(); err != nil {
		return err
	}
	newest, err := s.Latest()
	if err != nil || newest == nil {
		return err
	}
	unplan(newest.Folder)
	if s.pointed() == newest.ID {
		return nil
	}
	return s.point(newest.ID)
}
