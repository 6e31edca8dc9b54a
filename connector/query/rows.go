package query

import (
	"database/sql"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
)

// Cell is one value as text. Null tells SQL NULL from an empty string.
type Cell struct {
	Text connector.Remote
	Null bool
}

// Shown is the cell as a face writes it: null for NULL, and an alias while the screen is shared, since a number of a row tells as much as a
// name does.
func (c Cell) Shown() string {
	if c.Null {
		return "null"
	}
	return connector.Shown(connector.KindValue, c.Text.String())
}

// Rows is a small result.
type Rows struct {
	Columns []connector.Column
	Rows    [][]Cell
	Large   bool // there are rows that are too large to read, or more than are kept
}

// mostCells is how many values of a result are kept.
const mostCells = 1 << 18

func (s *Session) read(found *sql.Rows) (Rows, error) {
	types, err := found.ColumnTypes()
	if err != nil {
		return Rows{}, fmt.Errorf("read the result's columns: %w", err)
	}
	var out Rows
	for _, t := range types {
		out.Columns = append(out.Columns, connector.Column{
			Name: s.names.Remote(connector.KindColumn, t.Name()), Type: s.names.Remote(connector.KindName, strings.ToLower(t.DatabaseTypeName())),
		})
	}
	for kept := 0; found.Next(); {
		if kept += len(types); kept > mostCells {
			out.Large = true
			return out, nil
		}
		values := make([]any, len(types))
		targets := make([]any, len(types))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := found.Scan(targets...); err != nil {
			return Rows{}, fmt.Errorf("read a row: %w", err)
		}
		row := make([]Cell, len(values))
		for i, v := range values {
			row[i] = cell(v, types[i].DatabaseTypeName())
		}
		out.Rows = append(out.Rows, row)
	}
	if err := found.Err(); err != nil {
		return Rows{}, fmt.Errorf("read the rows: %w", err)
	}
	return out, nil
}

// cell writes a driver value the way Databricks' own editor does.
func cell(value any, databaseType string) Cell {
	var text string
	switch v := value.(type) {
	case nil:
		return Cell{Null: true}
	case time.Time:
		text = v.Format("2006-01-02 15:04:05")
		if databaseType == "DATE" {
			text = v.Format(time.DateOnly)
		}
	case []byte:
		text = string(v)
		if databaseType == "BINARY" || !utf8.Valid(v) {
			text = "0x" + hex.EncodeToString(v[:min(len(v), textLimit)])
		}
	case sql.RawBytes:
		text = string(v)
	case float64:
		text = strconv.FormatFloat(v, 'g', -1, 64)
	case float32:
		text = strconv.FormatFloat(float64(v), 'g', -1, 32)
	case string:
		text = v
	default:
		text = fmt.Sprint(v)
	}
	if len(text) > textLimit {
		text = strings.Clone(strings.ToValidUTF8(text[:textLimit], "")) // a part would keep the whole in memory
	}
	return Cell{Text: connector.FromRemote(text)}
}
