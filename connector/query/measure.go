package query

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Size is how many rows a table has, and between which values of a column they lie.
type Size struct {
	Rows      int64
	Low, High *Bound // nil: no column was named, it has no values but NULL, or none that a statement could name
}

// Extent runs the Extent statement.
func (s *Session) Extent(ctx context.Context, table connector.TableName, at Version, by Column, since Floor) (Size, error) {
	rows, err := s.run(ctx, Extent(table, at, by, since))
	if err != nil {
		return Size{}, err
	}
	if len(rows.Rows) != 1 || len(rows.Rows[0]) < 1 || by != "" && len(rows.Rows[0]) != 3 {
		return Size{}, malformed("the warehouse counted the rows with %d rows", len(rows.Rows))
	}
	var out Size
	cells := rows.Rows[0]
	if out.Rows, err = strconv.ParseInt(cells[0].Text.Raw(), 10, 64); err != nil {
		return Size{}, malformed("the warehouse counted %q rows", connector.CleanLine(cells[0].Text.Raw(), 40))
	}
	if by == "" || cells[1].Null || cells[2].Null {
		return out, nil
	}
	out.Low, out.High = bound(cells[1]), bound(cells[2])
	return out, nil
}

// bound is an end of a range, nil where it is none that a statement could name, such as a day of the year 12024.
func bound(c Cell) *Bound {
	text := c.Text.Raw()
	if n, err := strconv.ParseInt(text, 10, 64); err == nil {
		b := Number(n)
		return &b
	}
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		b := Day(day.Unix() / (24 * 60 * 60))
		return &b
	}
	return nil
}

// Newest runs the History statement and gives the newest version of the table.
func (s *Session) Newest(ctx context.Context, table connector.TableName) (Version, error) {
	rows, err := s.run(ctx, History(table))
	if err != nil {
		return NoVersion, err
	}
	if len(rows.Rows) == 0 {
		return NoVersion, fmt.Errorf("%w: the table has no history", connector.ErrUnreadable)
	}
	for i, c := range rows.Columns {
		if c.Name.Raw() == "version" {
			n, err := strconv.ParseInt(rows.Rows[0][i].Text.Raw(), 10, 64)
			if err != nil || n < 0 {
				return NoVersion, malformed("the version is %q", connector.CleanLine(rows.Rows[0][i].Text.Raw(), 40))
			}
			return Version(n), nil
		}
	}
	return NoVersion, malformed("the history of the table has no versions")
}
