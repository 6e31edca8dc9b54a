package compare

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/apache/arrow/go/v12/arrow"
)

// Type is what became of a row, in Databricks' own words.
type Type string

// The types of a change. A row that changed is told as it was and as it is.
const (
	Insert    Type = "insert"
	Delete    Type = "delete"
	Preimage  Type = "update_preimage"
	Postimage Type = "update_postimage"
)

var types = []Type{Insert, Delete, Preimage, Postimage}

// gone reports a row of before.
func (t Type) gone() bool { return t == Delete || t == Preimage }

func (t Type) side() uint64 { return bit(!t.gone()) }

// Change is a row that changed: one of a record.
type Change struct {
	Type   Type
	Record arrow.Record
	Index  int
}

// ErrParts says that a part has other rows than when it was compared.
var ErrParts = errors.New("a file has fewer rows than when it was compared, so something wrote to it: compare again")

// Rows gives the rows that changed: those of before, then those of after, each in the order of the parts and of the rows in them. It reads the
// parts again that have any, up to the last. It can be asked again until Close.
func (c *Changes) Rows(ctx context.Context) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		if c.closed {
			yield(Change{}, errors.New("the rows of a comparison that was closed: compare again"))
			return
		}
		found, err := c.found.sorted(ctx)
		if err != nil {
			yield(Change{}, err)
			return
		}
		r := reading{found: found, yield: yield}
		r.next()
		for r.more && r.err == nil {
			side, part := &c.before, r.at.part
			if r.at.after {
				side = &c.after
			}
			r.part(ctx, side.Parts[part])
		}
		if r.err != nil {
			yield(Change{}, r.err)
		}
	}
}

// place is where a change is.
type place struct {
	after bool
	part  int
	index int64
	kind  Type
}

type reading struct {
	found *merger
	yield func(Change, error) bool
	at    place
	more  bool // false at the end, and where nobody wants more
	err   error
}

func (r *reading) next() {
	e, ok, err := r.found.next()
	r.more, r.err = ok, err
	w := e[0]
	r.at = place{after: w>>63 == 1, part: int(w << 1 >> (indexBits + 3)), index: int64(w >> 2 & (1<<indexBits - 1)), kind: types[w&3]}
}

// part gives the changes of the part that the next one is in.
func (r *reading) part(ctx context.Context, open Part) {
	in, base := r.at, int64(0)
	here := func() bool { return r.more && r.err == nil && r.at.after == in.after && r.at.part == in.part }
	for batch, err := range open(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			r.err = fmt.Errorf("read the rows that changed: %w", err)
			return
		}
		rows := batch.Record.NumRows()
		for here() && r.at.index < base+rows {
			if !r.yield(Change{Type: r.at.kind, Record: batch.Record, Index: int(r.at.index - base)}, nil) {
				r.more = false
				return
			}
			r.next()
		}
		if base += rows; !here() {
			return
		}
	}
	if r.err == nil {
		r.err = ErrParts
	}
}
