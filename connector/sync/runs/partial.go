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
	"slices"
	"sync"
	"time"
)

const planFile = "_plan.json"

// progressName is the file of the progress of a shard, or of who reads all of a run.
func progressName(shard int) string {
	if shard > 0 {
		return fmt.Sprintf("_progress-%d.ndjson", shard)
	}
	return "_progress.ndjson"
}

// Partial is a run that is not whole yet. Its parts are kept as they become whole, so that a run that was killed goes on behind the last of
// them. It is safe for concurrent use.
type Partial struct {
	store *Store
	ID    string
	dir   string
	Began time.Time

	resumed bool
	shard   int    // which part of the run this is, 0: all of it
	unlock  func() // of the shard, nil: the whole folder is locked
	others  []Kept // which go before this one is read

	mu       sync.Mutex
	done     map[string]Part
	tables   map[string][]byte
	hosts    map[string]bool
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

// line is one of the progress: a part that is whole, a table of which everything is known, that the parts of a table count for nothing, or a
// host beside the workspace that rows may come from.
type line struct {
	Part
	Host   string `json:"host,omitempty"`
	Forget bool   `json:"forget,omitempty"`
	Known  []byte `json:"known,omitempty"`
}

// Choose gives which of the runs that were kept is gone on with, -1 for a new one.
type Choose func(kept []Kept) (at int, _ error)

// Begin begins a run, or goes on with the one that was stopped on the way and that choose gives. fresh makes the plan of a new one. Whatever
// else is left of stopped runs goes with Alone. Only whoever holds the lock may call it.
func (s *Store) Begin(now time.Time, choose Choose, fresh func() ([]byte, error)) (p *Partial, plan []byte, err error) {
	if err := errors.Join(s.sweep(), s.straighten()); err != nil {
		return nil, nil, err
	}
	kept, err := s.Kept()
	if err != nil {
		return nil, nil, err
	}
	at, err := choose(kept)
	if err != nil {
		return nil, nil, err
	}
	if at >= 0 {
		k := kept[at]
		if err := k.resume(0); err != nil {
			return nil, nil, err
		}
		k.others = slices.Delete(kept, at, at+1)
		return k.Partial, k.Plan, nil
	}
	if plan, err = fresh(); err != nil {
		return nil, nil, err
	}
	if p, err = s.begin(now, plan); err != nil {
		return nil, nil, err
	}
	p.others = kept
	return p, plan, p.open()
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
	return s.partial(id, now), nil
}

func (s *Store) partial(id string, began time.Time) *Partial {
	return &Partial{store: s, ID: id, dir: filepath.Join(s.dir, partPrefix+id), Began: began, done: map[string]Part{}, tables: map[string][]byte{}, hosts: map[string]bool{}}
}

// resume opens the progress of a run that was kept. A line that was being written when it ended counts for nothing, and neither does a part
// whose file is not as the line says.
func (p *Partial) resume(shard int) error {
	p.shard, p.resumed = shard, true
	path := filepath.Join(p.dir, progressName(shard))
	text, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return Trouble("read", path, err)
	}
	p.noted = int64(bytes.LastIndexByte(text, '\n') + 1)
	if err := p.open(); err != nil {
		return err
	}
	if err := p.progress.Truncate(p.noted); err != nil {
		return Trouble("write", path, err)
	}
	return nil
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
		switch {
		case one.Forget:
		case one.Host != "":
			p.hosts[one.Host] = true
		case one.Known != nil:
			p.tables[key(one.Table, one.Piece)] = one.Known
		case isThere(p.dir, one.File):
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
	path := filepath.Join(p.dir, progressName(p.shard))
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
func (p *Partial) Scratch() string {
	if p.shard > 0 {
		return filepath.Join(p.dir, fmt.Sprintf("%s-%d", scratchName, p.shard))
	}
	return filepath.Join(p.dir, scratchName)
}

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
	switch {
	case one.Forget:
	case one.Host != "":
		p.hosts[one.Host] = true
	case one.Known != nil:
		p.tables[key(one.Table, one.Piece)] = one.Known
	default:
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
	if p.unlock != nil { // others read the run as well
		p.unlock()
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.resumed && len(p.done) == 0 {
		_ = p.remove() // what is left of it is removed by the next run
	}
}
