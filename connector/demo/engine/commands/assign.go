package commands

import (
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// assigned are the columns that get other values. Without an expression it is the default, which is NULL: no column here has another.
type assigned []assignment

type assignment struct {
	column     int
	expression []dialect.Token
}

// assignments read what follows SET, up to one of the words or the end.
func assignments(p *dialect.Parser, t dialect.Target, def *objects.Table, operation string, ends ...string) (assigned, error) {
	var set assigned
	for {
		column, err := assignedColumn(p, t, def, operation)
		if err != nil {
			return nil, err
		}
		if err := p.Expect("="); err != nil {
			return nil, err
		}
		expression, err := p.Expression(append(slices.Clip(ends), ",")...)
		if err != nil {
			return nil, err
		}
		if len(expression) == 1 && expression[0].Is("DEFAULT") {
			expression = nil
		}
		for _, other := range set {
			if other.column == column {
				name := dialect.Backtick(def.Columns[column].Name)
				return nil, &values.Error{Class: "DELTA_CONFLICT_SET_COLUMN", SQLState: "42701", Message: fmt.Sprintf(
					"There is a conflict from these SET columns: [%s, %s].", name, name)}
			}
		}
		set = append(set, assignment{column, expression})
		if !p.Accept(",") {
			return set, nil
		}
	}
}

// assignedColumn reads the name of a column, with that of its table in front or without. A field of a STRUCT is refused by what it is.
func assignedColumn(p *dialect.Parser, t dialect.Target, def *objects.Table, operation string) (int, error) {
	var parts []string
	for {
		part, err := p.Identifier()
		if err != nil {
			return 0, err
		}
		parts = append(parts, part)
		if !p.Accept(".") {
			break
		}
	}
	place := func(name string) int {
		return slices.IndexFunc(def.Columns, func(c values.Column) bool { return strings.EqualFold(c.Name, name) })
	}
	first := 0
	if len(parts) > 1 && place(parts[0]) < 0 && t.Means(parts[0]) {
		first = 1
	}
	switch at := place(parts[first]); {
	case at < 0:
		return 0, dialect.UnresolvedColumn(parts...)
	case first < len(parts)-1:
		return 0, lacking(operation + " for a field of a STRUCT")
	default:
		return at, nil
	}
}

// lacking refuses a part of a statement that runs otherwise.
func lacking(what string) error {
	return &values.Error{Class: "UNSUPPORTED_FEATURE", SQLState: "0A000", Message: "The embedded workspace does not run " + what + "."}
}

// expressions are those that values are computed by.
func (a assigned) expressions() (list [][]dialect.Token) {
	for _, one := range a {
		if one.expression != nil {
			list = append(list, one.expression)
		}
	}
	return list
}

// rows are the rows of a result, whose values begin at a column, as rows of the table: with what they have in the other columns before.
func (a assigned) rows(result *values.Result, first int, def *objects.Table, before func(i int) []any) ([][]any, error) {
	if err := tooHeavy(result); err != nil {
		return nil, err
	}
	out := make([][]any, result.Rows)
	for r := range out {
		row := make([]any, len(def.Columns))
		if before != nil {
			copy(row, before(int(result.Vectors[0].Ints[r])))
		}
		from := first
		for _, one := range a {
			row[one.column] = nil
			if one.expression == nil {
				continue
			}
			v, err := castCell(result.Value(r, from), result.Columns[from].Type, def.Columns[one.column].Type)
			if err != nil {
				return nil, err
			}
			row[one.column] = v
			from++
		}
		if err := filled(row, def); err != nil {
			return nil, err
		}
		out[r] = row
	}
	return out, nil
}

// filled refuses a row that is NULL where it may not be.
func filled(row []any, def *objects.Table) error {
	for i, c := range def.Columns {
		if !c.Nullable && row[i] == nil {
			return &values.Error{Class: "DELTA_NOT_NULL_CONSTRAINT_VIOLATED", SQLState: "23502", Message: fmt.Sprintf(
				"NOT NULL constraint violated for column: %s.", c.Name)}
		}
	}
	return nil
}
