package runs

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Kept is a run that was stopped, or that others read.
type Kept struct {
	*Partial
	Plan []byte // nil: there is none, and nobody goes on with it
}

// Kept are the runs of a folder that are not whole, with what is whole of them. It changes nothing, and needs no lock: a run that another
// process closes or drops meanwhile is not there any more. What is named alike and was not made by a sync is none.
func (s *Store) Kept() (all []Kept, err error) {
	for _, folder := range matching(s.dir, partPrefix+"*") {
		id := strings.TrimPrefix(filepath.Base(folder), partPrefix)
		at, _, is := moment(id)
		if !is || !made(folder) {
			continue
		}
		k, err := s.kept(folder, id, at)
		switch {
		case err == nil && exists(folder):
			all = append(all, k)
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return nil, err
		}
	}
	return all, nil
}

func (s *Store) kept(folder, id string, began time.Time) (Kept, error) {
	k := Kept{Partial: s.partial(id, began)}
	k.Plan, _ = os.ReadFile(filepath.Join(folder, planFile)) // without it the run is nobody's
	for _, path := range matching(folder, "_progress*.ndjson") {
		text, err := os.ReadFile(path)
		if err != nil {
			return Kept{}, Trouble("read", path, err)
		}
		k.read(wholeLines(text))
	}
	return k, nil
}

// wholeLines leaves out a line that was not written to its end.
func wholeLines(text []byte) []byte { return text[:bytes.LastIndexByte(text, '\n')+1] }

// Parts is how many parts of it are whole.
func (p *Partial) Parts() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.done) + len(p.tables)
}

// Others are those runs that were stopped of which something is whole, and that Alone drops.
func (p *Partial) Others() []Kept { return Losses(p.others) }

// Losses are those of runs that were stopped of which something is lost where they are dropped.
func Losses(of []Kept) (all []Kept) {
	for _, k := range of {
		if k.Plan != nil && k.Parts() > 0 {
			all = append(all, k)
		}
	}
	return all
}

// Alone drops all other runs that were stopped.
func (p *Partial) Alone() error {
	for _, k := range p.others {
		if err := k.remove(); err != nil {
			return err
		}
	}
	p.others = nil
	return nil
}

// Know notes all that the manifest says of a table. Whoever makes it finds it with Known, by the same mark.
func (p *Partial) Know(table, mark string, text []byte) error {
	return p.note(line{Part: Part{Table: table, Piece: mark}, Known: text})
}

// Known is what was noted of a table with a mark.
func (p *Partial) Known(table, mark string) ([]byte, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	text, known := p.tables[key(table, mark)]
	return text, known
}

// Beside notes that rows may come from these hosts, beside the workspace, before any is fetched.
func (p *Partial) Beside(hosts []string) error {
	for _, host := range hosts {
		if slices.Contains(p.Hosts(), host) {
			continue
		}
		if err := p.note(line{Host: host}); err != nil {
			return err
		}
	}
	return nil
}

// Hosts are all of those that were noted, by whatever process.
func (p *Partial) Hosts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.hosts))
}

// There reports whether a file of the run is as it was written down.
func (p *Partial) There(f File) bool { return isThere(p.dir, f) }

// brief is how long is waited for a lock that is held for moments.
const brief = 30 * time.Second
