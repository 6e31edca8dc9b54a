package compare

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// ErrScratch says that a file of the comparison is not what was written to it. Nothing that it would have told is told.
var ErrScratch = errors.New("a file of the comparison was changed or lost while it was under way: compare again, and look at the disk that the folder lies on")

// entry is what is sorted: up to four words, of which the last that is used is a position.
type entry [4]uint64

func (e *entry) compare(other *entry) int {
	for i := range e {
		if e[i] != other[i] {
			if e[i] < other[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

const (
	packed   = 512     // entries that are written and checked together
	mostHeld = 1 << 18 // entries that are sorted together: a person who cancels does not wait for more
)

// scratch is the folder of one comparison. It is made when the first thing has to leave the memory, and nothing in it is ever read by another.
type scratch struct {
	parent, folder string
	files          []*os.File
}

func (s *scratch) file(name string) (*os.File, error) {
	if s.folder == "" {
		folder, err := os.MkdirTemp(s.parent, left+"*")
		if err != nil {
			return nil, fmt.Errorf("make a folder to compare rows in: %w", err)
		}
		s.folder = folder
	}
	f, err := os.OpenFile(filepath.Join(s.folder, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make a file to compare rows in: %w", err)
	}
	s.files = append(s.files, f)
	return f, nil
}

func (s *scratch) remove() error {
	for _, f := range s.files {
		f.Close()
	}
	if s.folder == "" {
		return nil
	}
	if err := os.RemoveAll(s.folder); err != nil {
		return fmt.Errorf("remove the folder that rows were compared in: %w", err)
	}
	return nil
}

// run is a stretch of a file: sorted entries in blocks, each with its check.
type run struct{ at, entries int64 }

// sorter sorts any number of entries in bounded memory: those that it cannot hold go to a file in sorted runs.
type sorter struct {
	scratch *scratch
	name    string
	words   int // of each entry that are used
	most    int // entries that are held
	fan     int // runs that are merged at a time
	held    []entry
	file    *os.File
	end     int64
	runs    []run
}

func (s *sorter) add(e entry) error {
	if len(s.held) >= s.most {
		if err := s.spill(); err != nil {
			return err
		}
	}
	if len(s.held) == cap(s.held) { // never more than most, as append would
		s.held = append(make([]entry, 0, min(s.most, max(64, 2*cap(s.held)))), s.held...)
	}
	s.held = append(s.held, e)
	return nil
}

func (s *sorter) sort() {
	slices.SortFunc(s.held, func(a, b entry) int { return a.compare(&b) })
}

func (s *sorter) spill() error {
	s.sort()
	at := 0
	err := s.write(func() (entry, bool, error) {
		if at == len(s.held) {
			return entry{}, false, nil
		}
		at++
		return s.held[at-1], true, nil
	})
	s.held = s.held[:0]
	return err
}

// write adds a run of the entries that next gives.
func (s *sorter) write(next func() (entry, bool, error)) error {
	if s.file == nil {
		f, err := s.scratch.file(s.name)
		if err != nil {
			return err
		}
		s.file = f
	}
	written := run{at: s.end}
	out := bufio.NewWriterSize(io.NewOffsetWriter(s.file, s.end), 1<<16)
	pack := make([]byte, 0, s.size(packed))
	flush := func() error {
		pack = binary.LittleEndian.AppendUint64(pack, check(s.end, pack))
		s.end += int64(len(pack))
		_, err := out.Write(pack)
		pack = pack[:0]
		return err
	}
	for {
		e, ok, err := next()
		if err != nil {
			return err
		}
		if ok {
			for _, w := range e[:s.words] {
				pack = binary.LittleEndian.AppendUint64(pack, w)
			}
			written.entries++
		}
		if len(pack) > 0 && (!ok || written.entries%packed == 0) {
			if err := flush(); err != nil {
				return s.unwritten(err)
			}
		}
		if !ok {
			break
		}
	}
	if err := out.Flush(); err != nil {
		return s.unwritten(err)
	}
	s.runs = append(s.runs, written)
	return nil
}

func (s *sorter) unwritten(err error) error {
	return fmt.Errorf("write hashes of rows to compare them, about 64 bytes of each: %w", err)
}

// size is how long a block of n entries is.
func (s *sorter) size(n int64) int64 { return n*int64(s.words)*8 + 8 }

// check tells a block from another, and from itself elsewhere.
func check(at int64, pack []byte) uint64 {
	place := binary.LittleEndian.AppendUint64(nil, uint64(at))
	return uint64(crc32.Update(crc32.Checksum(place, castagnoli), castagnoli, pack))<<32 | uint64(len(pack))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// done ends what is added. What is left in runs can be merged at once.
func (s *sorter) done(ctx context.Context) error {
	s.sort()
	for len(s.runs) > s.fan {
		m, err := s.merge(ctx, s.runs[:s.fan], nil)
		if err != nil {
			return err
		}
		s.runs = slices.Clone(s.runs[s.fan:])
		if err := s.write(m.next); err != nil {
			return err
		}
	}
	return nil
}

// sorted gives all entries in order, as often as it is asked for.
func (s *sorter) sorted(ctx context.Context) (*merger, error) { return s.merge(ctx, s.runs, s.held) }

// drop gives back what the entries took on disk and in memory.
func (s *sorter) drop() {
	s.held, s.runs = nil, nil
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name()) // what cannot be removed now goes with the folder
	}
}
