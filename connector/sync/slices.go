package sync

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Piece is what one statement reads of a table: all of it, or a range of a column.
type Piece struct {
	Name  string // by which a part is known again
	By    string `json:",omitempty"`
	Day   bool   `json:",omitempty"`
	From  *int64 `json:",omitempty"`
	To    *int64 `json:",omitempty"`
	Nulls bool   `json:",omitempty"`
}

func (p Piece) within() query.Range {
	bound := func(n *int64) *query.Bound {
		if n == nil {
			return nil
		}
		b := query.Number(*n)
		if p.Day {
			b = query.Day(*n)
		}
		return &b
	}
	return query.Range{By: query.Column(p.By), From: bound(p.From), To: bound(p.To), Nulls: p.Nulls}
}

// sliceable are the types of columns that a table is read in slices of, and whether they are days.
var sliceable = map[string]bool{"bigint": false, "int": false, "smallint": false, "tinyint": false, "long": false, "integer": false, "date": true}

// ordering is a column whose ranges make the slices of a table.
type ordering struct {
	column string // none where it is empty
	day    bool
	nulls  bool // it may have some
}

// sliceBy is the first column of the key, or the first that has an order and no NULL, or that has an order.
func sliceBy(detail workspace.TableDetail) (by ordering) {
	best := 0
	for _, c := range detail.Columns {
		isDay, ordered := sliceable[strings.ToLower(c.Type.Raw())]
		rank := 0
		switch {
		case !ordered || c.Masked:
		case len(detail.Key) > 0 && detail.Key[0] == c.Name.Raw():
			rank = 3
		case c.NotNull:
			rank = 2
		default:
			rank = 1
		}
		if rank > best {
			best, by = rank, ordering{c.Name.Raw(), isDay, !c.NotNull}
		}
	}
	return by
}

// measure counts the rows of a table and cuts it into slices, where it can be pinned to a version and is long.
func (s *Sync) measure(ctx context.Context, t *TablePlan, name connector.TableName, detail workspace.TableDetail) error {
	t.Pieces = []Piece{{Name: "whole"}}
	var by ordering
	if t.Version != nil && s.options.Limit == 0 {
		by = sliceBy(detail)
	}
	extent, err := ask(ctx, s, func(ctx context.Context) (query.Size, error) {
		return s.session.Extent(ctx, name, t.version(), query.Column(by.column), t.floor())
	})
	switch {
	case ctx.Err() != nil:
		return ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
	case err != nil && transient(err): // counting takes longer than reading may: the rows of a view can be many
		return nil
	case err != nil:
		return err
	}
	total := extent.Rows
	if s.options.Limit > 0 {
		total = min(total, s.options.Limit)
	}
	t.Total = &total
	count := s.options.slices(extent.Rows)
	if by.column != "" && count > 1 && extent.Low != nil && extent.High != nil && extent.Low.Value() < extent.High.Value() {
		t.Pieces = by.cut(extent.Low.Value(), extent.High.Value(), count)
	}
	return nil
}

// cut makes count ranges of the same length of the values from low to high. The first and the last are open, for a version does not change,
// but what low and high were read with may round; the first takes the NULLs, if there can be any.
func (o ordering) cut(low, high, count int64) []Piece {
	span := uint64(high) - uint64(low) // of any two numbers
	if span < math.MaxUint64 && uint64(count) > span+1 {
		count = int64(span + 1)
	}
	step := span / uint64(count)
	pieces := make([]Piece, 0, count)
	from := (*int64)(nil)
	for i := int64(1); i <= count; i++ {
		p := Piece{Name: fmt.Sprintf("%d of %d", i, count), By: o.column, Day: o.day, From: from, Nulls: i == 1 && o.nulls}
		if i < count {
			to := int64(uint64(low) + step*uint64(i))
			p.To, from = &to, &to
		}
		pieces = append(pieces, p)
	}
	return pieces
}
