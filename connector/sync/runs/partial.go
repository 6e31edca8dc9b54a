package runs

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	planFile     = "_plan.json"
	progressFile = "_progress.ndjson"
)

// Partial is a run that is not whole yet. Its parts are kept as they become whole, so that a run that was killed goes on behind the last of
// them. It is safe for concurrent use.
type Partial struct {
	store *Store
	ID    string
	dir   string
	Began time.Time

	resumed bool

	mu       sync.Mutex
	done     map[string]Part
	progress *os.File
	noted    int64 // the length of the progress up to its last whole line
}

// Part is a file that is whole.
type Part struct {
	File
	Table string `json:"table"`
	Piece string `json:"piece"` // what it holds of the table, by which a later run knows it
	Note  []byte `json:"note,omitempty"`
}

// line is one of the progress: a part that is whole, or that those of a table count for nothing any more.
type line struct {
	Part
	Forget bool `json:"forget,omitempty"`
}

// Begin begins a run, or goes on with the one that was stopped on the way, where that was begun by the same plan. fresh makes the plan of a
// new one; same reports whether a kept plan is still good. Whatever else is left of stopped runs is removed. Only whoever holds the lock may
// call it.
func (s *Store) Begin(now time.Time, same func(plan []byte) bool, fresh func() ([]byte, error)) (p *Partial, plan []byte, err error) {
	if err := s.sweep(); err != nil {
		return nil, nil, err
	}
	if err := s.straighten(); err != nil {
		return nil, nil, err
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil {
		return nil, nil, Trouble("read", s.dir, err)
	}
	for _, e := range entries {
		id, partial := strings.CutPrefix(e.Name(), partPrefix)
		if !partial {
			continue
		}
		folder := filepath.Join(s.dir, e.Name())
		kept, err := os.ReadFile(filepath.Join(folder, planFile))
		if p == nil && err == nil && isID(id) && same(kept) {
			if p, err = s.reopen(id, folder); err == nil {
				plan = kept
				continue
			}
			p = nil
		}
		if err := os.RemoveAll(folder); err != nil {
			return nil, nil, Trouble("remove", folder, err)
		}
	}
	if p != nil {
		return p, plan, nil
	}
	if plan, err = fresh(); err != nil {
		return nil, nil, err
	}
	p, err = s.begin(now, plan)
	return p, plan, err
}

func (s *Store) begin(now time.Time, plan []byte) (*Partial, error) {
	id, err := s.freeID(now)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(s.dir, partPrefix+id)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return nil, Trouble("make", dir, err)
	}
	if err := replace(filepath.Join(dir, planFile), plan); err != nil {
		return nil, err
	}
	p := &Partial{store: s, ID: id, dir: dir, Began: now, done: map[string]Part{}}
	return p, p.open()
}

// reopen goes on with a run that was stopped. A line that was being written when it ended counts for nothing, and neither does a part whose
// file is not as the line says.
func (s *Store) reopen(id, dir string) (*Partial, error) {
	began, err := time.Parse(stamp, id)
	if err != nil {
		return nil, fmt.Errorf("read the folder's name: %w", err)
	}
	p := &Partial{store: s, ID: id, dir: dir, Began: began, resumed: true, done: map[string]Part{}}
	text, err := os.ReadFile(filepath.Join(dir, progressFile))
	if err != nil && !os.IsNotExist(err) {
		return nil, Trouble("read", dir, err)
	}
	p.noted = int64(bytes.LastIndexByte(text, '\n') + 1)
	p.read(text[:p.noted])
	if err := p.open(); err != nil {
		return nil, err
	}
	if err := p.progress.Truncate(p.noted); err != nil {
		return nil, Trouble("write", dir, err)
	}
	return p, nil
}

// read takes in what was noted. Of a file that was written more than once the last line counts.
func (p *Partial) read(text []byte) {
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, len(text)+1)
	for lines.Scan() {
		var one line
		if json.Unmarshal(lines.Bytes(), &one) != nil {
			continue
		}
		p.drop(one)
		if !one.Forget && isThere(p.dir, one.File) {
			p.done[key(one.Table, one.Piece)] = one.Part
		}
	}
}

// drop takes away what a line puts an end to. The lock is held.
func (p *Partial) drop(one line) {
	for k, part := range p.done {
		if one.Forget && part.Table == one.Table || !one.Forget && part.Path == one.Path {
			delete(p.done, k)
		}
	}
}

func (p *Partial) open() (err error) {
	path := filepath.Join(p.dir, progressFile)
	p.progress, err = os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return Trouble("write", path, err)
	}
	return nil
}

func key(table, piece string) string { return table + "\x00" + piece }

// Resumed reports that the run was begun before, and goes on.
func (p *Partial) Resumed() bool { return p.resumed }

// Path is where a file of the run lies while it is not whole.
func (p *Partial) Path(within string) string { return filepath.Join(p.dir, filepath.FromSlash(within)) }

// Scratch is a folder for what is needed on the way. It is gone when the run is whole.
func (p *Partial) Scratch() string { return filepath.Join(p.dir, ".scratch") }

// Done gives a part of a table that is whole already.
func (p *Partial) Done(table, piece string) (Part, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	part, done := p.done[key(table, piece)]
	return part, done
}

// keep notes that a part is whole.
func (p *Partial) keep(part Part) error { return p.note(line{Part: part}) }

// Forget has all parts of a table count for nothing: it is planned anew, and what was read of it is not what is read then.
func (p *Partial) Forget(table string) error {
	return p.note(line{Part: Part{Table: table}, Forget: true})
}

// Replan keeps another plan of the same run. What it plans anew is to be forgotten first.
func (p *Partial) Replan(plan []byte) error { return replace(filepath.Join(p.dir, planFile), plan) }

func (p *Partial) note(one line) error {
	text, err := json.Marshal(one)
	if err != nil {
		return fmt.Errorf("note a part: %w", err)
	}
	text = append(text, '\n')
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, err = p.progress.Write(text); err == nil {
		err = p.progress.Sync()
	}
	if err != nil {
		_ = p.progress.Truncate(p.noted) // what stands there of the line would spoil the next
		return Trouble("write", p.progress.Name(), err)
	}
	p.noted += int64(len(text))
	p.drop(one)
	if !one.Forget {
		p.done[key(one.Table, one.Piece)] = one.Part
	}
	return nil
}

// Link takes a part of an earlier run over as it is: as another name of the same file, or as a copy where the system cannot.
func (p *Partial) Link(earlier *Run, from File, to Part) error {
	source, target := earlier.Path(from.Path), p.Path(to.Path)
	if err := os.MkdirAll(filepath.Dir(target), 0o700); err != nil {
		return Trouble("make", filepath.Dir(target), err)
	}
	_ = os.Remove(target) // of a run that was killed here
	if err := os.Link(source, target); err != nil {
		if err := copyFile(source, target); err != nil {
			return Trouble("write", target, err)
		}
	}
	to.Rows, to.Bytes, to.SHA256 = from.Rows, from.Bytes, from.SHA256
	return p.keep(to)
}

func copyFile(source, target string) error {
	from, err := os.Open(source)
	if err != nil {
		return err //nolint:wrapcheck // the caller says what it was
	}
	defer func() { _ = from.Close() }()
	to, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err //nolint:wrapcheck // as above
	}
	if _, err = io.Copy(to, from); err == nil {
		err = to.Sync()
	}
	return errors.Join(err, to.Close())
}

// Leave keeps what is whole for a later run. Where nothing is, and nothing was before, the next run is to plan anew.
func (p *Partial) Leave() {
	_ = p.progress.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.resumed && len(p.done) == 0 {
		_ = os.RemoveAll(p.dir) // what is left of it is removed by the next run
	}
}
