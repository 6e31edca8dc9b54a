package commands

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// drop runs DROP for catalogs, schemas, tables and views, and refuses it for what else there is in Databricks.
func (d *Desk) drop(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	noun, known := d.makeable(p)
	if !known {
		return d.refuse(s, p)
	}
	p.Skip()
	tolerant := p.Accept("IF", "EXISTS")
	on, err := d.named(p, s, noun)
	if err != nil {
		return nil, err
	}
	cascade := false
	if noun.Parts < 3 && !p.Accept("RESTRICT") {
		cascade = p.Accept("CASCADE")
	}
	if err := p.End(); err != nil {
		return nil, err
	}
	err = d.Authority.Drop(s.Principal(), on, cascade)
	return &values.Result{}, tolerated(err, tolerant, "_NOT_FOUND", "NO_SUCH_CATALOG_EXCEPTION")
}

// insert runs INSERT INTO with VALUES or another query.
func (d *Desk) insert(s *objects.Session, p *dialect.Parser) (*values.Result, error) {
	start := *p
	if !p.Accept("INTO") {
		return d.refuse(s, &start)
	}
	p.Accept("TABLE")
	name, err := p.TableName(s.Namespace())
	if err != nil {
		return nil, err
	}
	if err := d.Authority.Write(s.Principal(), name); err != nil {
		return nil, err
	}
	def, err := d.Store.Table(name)
	if err != nil {
		return nil, err
	}
	into, err := insertColumns(p, def)
	if err != nil {
		return nil, err
	}
	query, _, err := p.Query()
	if err != nil {
		return nil, err
	}
	result, err := d.Query(query, 0)
	if err != nil {
		return nil, err
	}
	rows, err := insertedRows(result, def, into)
	if err != nil {
		return nil, err
	}
	if err := d.Authority.Insert(s.Principal(), name, rows); err != nil {
		return nil, err
	}
	columns := []values.Column{{Name: "num_affected_rows", Type: values.BigIntType}, {Name: "num_inserted_rows", Type: values.BigIntType}}
	return values.NewResult(columns, [][]any{{len(rows), len(rows)}})
}

// insertColumns are the places of the columns that a statement names, or of all.
func insertColumns(p *dialect.Parser, def *objects.Table) ([]int, error) {
	var into []int
	if !p.Peek().Is("(") || p.Ahead(1).Is("SELECT") || p.Ahead(1).Is("VALUES") {
		for i := range def.Columns {
			into = append(into, i)
		}
		return into, nil
	}
	for p.Skip(); ; p.Skip() {
		name, err := p.Identifier()
		if err != nil {
			return nil, err
		}
		at := -1
		for i, c := range def.Columns {
			if strings.EqualFold(c.Name, name) {
				at = i
			}
		}
		if at < 0 {
			return nil, dialect.UnresolvedColumn(name)
		}
		into = append(into, at)
		switch {
		case p.Accept(")"):
			return into, nil
		case !p.Peek().Is(","):
			return nil, p.Wrong()
		}
	}
}

// insertedRows are the rows of a result as rows of the table: columns that are not named are NULL.
func insertedRows(result *values.Result, def *objects.Table, into []int) ([][]any, error) {
	if len(result.Columns) != len(into) {
		class := "NOT_ENOUGH_DATA_COLUMNS"
		if len(result.Columns) > len(into) {
			class = "TOO_MANY_DATA_COLUMNS"
		}
		return nil, &values.Error{Class: "INSERT_COLUMN_ARITY_MISMATCH." + class, SQLState: "21S01", Message: fmt.Sprintf(
			"Cannot write to %s, the reason is that there are %d data columns for %d columns.", def.Name.Quoted(), len(result.Columns), len(into))}
	}
	var columns []values.Column
	for _, i := range into {
		columns = append(columns, def.Columns[i])
	}
	cast, err := castRows(result, columns)
	if err != nil {
		return nil, err
	}
	rows := make([][]any, len(cast))
	for r, from := range cast {
		rows[r] = make([]any, len(def.Columns))
		for i, at := range into {
			rows[r][at] = from[i]
		}
		if err := filled(rows[r], def); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// mostKept is how many bytes of text a statement may put into a table, which is kept in memory.
const mostKept = 64 << 20

func tooHeavy(result *values.Result) error {
	held := 0
	for _, v := range result.Vectors {
		for _, text := range v.Texts {
			held += len(text)
		}
		for _, blob := range v.Blobs {
			held += len(blob)
		}
	}
	if held > mostKept {
		return values.TooHeavy(mostKept)
	}
	return nil
}

// castRows are the rows of a result in the types of columns.
func castRows(result *values.Result, columns []values.Column) ([][]any, error) {
	if err := tooHeavy(result); err != nil {
		return nil, err
	}
	rows := make([][]any, result.Rows)
	for r := range rows {
		rows[r] = make([]any, len(columns))
		for i, c := range columns {
			v, err := castCell(result.Value(r, i), result.Columns[i].Type, c.Type)
			if err != nil {
				return nil, err
			}
			rows[r][i] = v
		}
	}
	return rows, nil
}

// castCell is a value in another type, as rows of tables have it.
func castCell(v any, from, to values.Type) (any, error) {
	if v == nil || from.Text == to.Text {
		return v, nil
	}
	if flag, ok := v.(bool); ok { // casts know flags as numbers, but for text
		switch {
		case to.Kind == values.String:
			return fmt.Sprint(flag), nil
		case flag:
			v = int64(1)
		default:
			v = int64(0)
		}
	}
	out, err := values.Cast(v, to)
	if err != nil {
		return nil, err
	}
	if n, ok := out.(int64); ok && to.Kind == values.Boolean {
		return n != 0, nil
	}
	if f, ok := out.(float64); ok && to.Kind == values.Decimal {
		return values.FormatDecimal(f, to.Scale), nil
	}
	return out, nil
}
