package compare

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"

	"github.com/draftt-io/draftt-databricks/connector/columnar"
)

// Part is a file of rows. It can be read again and again, and gives the same rows in the same order.
type Part func(context.Context) columnar.Batches

// Side is one of two sets of rows.
type Side struct {
	Schema *arrow.Schema
	Parts  []Part
}

// left begins the names of the folders that comparisons make. What a killed one left is nothing that another reads.
const left = ".compare-"

// Sweep removes what comparisons left in a folder that did not come to their end. None may be under way in it.
func Sweep(folder string) error {
	found, err := os.ReadDir(folder)
	if err != nil {
		return fmt.Errorf("look for what comparisons left: %w", err)
	}
	for _, f := range found {
		if !strings.HasPrefix(f.Name(), left) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(folder, f.Name())); err != nil {
			return fmt.Errorf("remove what a comparison left: %w", err)
		}
	}
	return nil
}

// ErrKey says that the key has a column that rows cannot be compared by.
var ErrKey = errors.New("of the key is not on both sides with the same type: name another key, or none to compare whole rows")

// Changes is what makes the rows of one side those of the other. Close it.
type Changes struct {
	// Added and Removed are rows of one side alone, Same those of both. Changed are rows whose key both sides have, with other values; there are
	// none where no key was named.
	Added, Changed, Removed, Same int64
	// Drift is what changed in the columns. Rows were compared over those that are the same on both sides.
	Drift []ColumnChange

	before, after Side
	scratch       scratch
	found         *sorter
	pending       stack
	closed        bool
}

// Close removes what the comparison keeps on disk.
func (c *Changes) Close() error {
	c.closed = true
	c.found = nil
	return c.scratch.remove()
}

const (
	leastMemory = 1 << 20
	entrySize   = 32
)

// Compare says what changed from one side to the other: by the key, or by whole rows where it names no column. Of rows that have the same key
// those that are equal are the same, of the others as many as both sides have are changed. It holds about as much memory as it is given, at
// least 1 MiB, beside one batch of rows, and what is more goes to a folder of its own in the scratch folder: up to 64 bytes for each row of
// both sides. A canceled context ends it between two batches of rows, or after a few thousand hashes.
func Compare(ctx context.Context, before, after Side, key []string, scratchFolder string, memory int64) (*Changes, error) {
	memory = max(memory, leastMemory)
	c := &Changes{before: before, after: after, Drift: Drift(before.Schema, after.Schema), scratch: scratch{parent: scratchFolder}}
	if err := c.compare(ctx, key, memory); err != nil {
		_ = c.Close() // the first error says why
		return nil, err
	}
	return c, nil
}

func (c *Changes) compare(ctx context.Context, key []string, memory int64) error {
	hashing, err := newHashing(drawn(), shared(c.before.Schema, c.after.Schema), key)
	if err != nil {
		return err
	}
	var sides [2]*merger
	var sorters [2]*sorter
	for i, side := range []Side{c.before, c.after} {
		s := &sorter{
			scratch: &c.scratch, name: []string{"before", "after"}[i], words: hashing.words(), most: int(min(memory/4/entrySize, mostHeld)), fan: int(max(2, memory/8/entrySize/packed)),
		}
		if err := hashing.side(ctx, side, s); err != nil {
			return err
		}
		if err := s.done(ctx); err != nil {
			return err
		}
		sorters[i] = s
	}
	for i, s := range sorters {
		if sides[i], err = s.sorted(ctx); err != nil {
			return err
		}
	}
	c.found = &sorter{scratch: &c.scratch, name: "found", words: 1, most: int(min(memory/8/entrySize, mostHeld)), fan: sorters[0].fan}
	c.pending = stack{scratch: &c.scratch, most: int(memory / 16 / 8)}
	if err := c.match(sides[0], sides[1], hashing); err != nil {
		return err
	}
	for _, s := range sorters {
		s.drop()
	}
	return c.found.done(ctx)
}

// drawn is a seed that nobody knows.
func drawn() Seed {
	var b [16]byte
	rand.Read(b[:])
	return Seed{binary.LittleEndian.Uint64(b[:]), binary.LittleEndian.Uint64(b[8:])}
}

// hashing makes entries of rows. Without a key they are the hash of the row, with one the hashes of both, and the position of the row at the end.
type hashing struct{ key, row *hasher }

func newHashing(seed Seed, fields []arrow.Field, key []string) (*hashing, error) {
	row, err := newHasher(seed, fields)
	if err != nil || len(key) == 0 {
		return &hashing{row: row}, err
	}
	var of []arrow.Field
	for _, name := range key {
		at := slices.IndexFunc(fields, func(f arrow.Field) bool { return f.Name == name })
		if at < 0 {
			return nil, fmt.Errorf("column %s %w", name, ErrKey)
		}
		of = append(of, fields[at])
	}
	keys, err := newHasher(seed, of)
	return &hashing{key: keys, row: row}, err
}

func (h *hashing) words() int {
	if h.key == nil {
		return 3
	}
	return 4
}

// each gives the entries of the rows of a record, without their positions.
func (h *hashing) each(rec arrow.Record, do func(row int, e entry) error) error {
	rows := int(rec.NumRows())
	for from := 0; from < rows; from += block {
		n := min(block, rows-from)
		states, err := h.row.rows(rec, from, n)
		if err != nil {
			return err
		}
		var keys []state
		if h.key != nil {
			if keys, err = h.key.rows(rec, from, n); err != nil {
				return err
			}
		}
		for i := range n {
			var e entry
			e[0], e[1] = states[i].sum()
			if h.key != nil {
				row, more := e[0], e[1]
				e[0], e[1] = keys[i].sum()
				e[1], e[2] = e[1]>>32<<32|more>>32, row
			}
			if err := do(from+i, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// A position is the number of a part and of a row in it.
const (
	indexBits = 40
	mostParts = 1 << 21
)

func (h *hashing) side(ctx context.Context, side Side, to *sorter) error {
	if len(side.Parts) > mostParts {
		return fmt.Errorf("%d files are more than %d, which is as many as can be compared: write larger ones", len(side.Parts), mostParts)
	}
	last := h.words() - 1
	for part, open := range side.Parts {
		at := uint64(part) << indexBits
		for batch, err := range open(ctx) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return fmt.Errorf("read rows to compare them: %w", err)
			}
			if err := h.each(batch.Record, func(row int, e entry) error {
				e[last] = at + uint64(row)
				return to.add(e)
			}); err != nil {
				return err
			}
			at += uint64(batch.Record.NumRows())
		}
	}
	return ctx.Err()
}
