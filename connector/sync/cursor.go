package sync

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync/compare"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
)

// Cursor is a column of a table whose values never go down when a row changes. From the second run on the rows are read that have the highest
// value of the last run or a higher one, or none.
type Cursor struct {
	Table  connector.TableName
	Column string
}

// ParseCursor reads a cursor as a person names it: TABLE=COLUMN, or COLUMN alone where one table is read. It returns an *connector.Error of
// kind connector.ErrInput.
func ParseCursor(text string, tables []connector.TableName) (Cursor, error) {
	text = strings.TrimSpace(text)
	var fits []Cursor
	for _, t := range tables {
		if column, is := strings.CutPrefix(text, t.Full()+"="); is && column != "" {
			return Cursor{t, column}, nil
		}
		if column, is := strings.CutPrefix(text, t.Table.Raw()+"="); is && column != "" {
			fits = append(fits, Cursor{t, column})
		}
	}
	switch {
	case len(fits) == 1:
		return fits[0], nil
	case len(fits) > 1:
		return Cursor{}, &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("Several tables could have the cursor %s.", connector.CleanLine(text, 120)),
			Remedy: "Name it with all of the table's name: " + fits[0].Table.Full() + "=" + connector.CleanLine(fits[0].Column, 120) + ".",
		}
	case len(tables) == 1 && text != "":
		return Cursor{tables[0], text}, nil
	}
	return Cursor{}, &connector.Error{
		Kind: connector.ErrInput, What: fmt.Sprintf("It is not said which table's cursor %s is.", connector.CleanLine(text, 120)),
		Remedy: "Name it as TABLE=COLUMN, once for each table. The tables are " + connector.TableList(tables) + ".",
	}
}

// ErrCursor is the kind of *connector.Error of a cursor that no rows can be told by.
var ErrCursor = errors.New("the column is no cursor")

func named(cursors []Cursor) (all []string) {
	for _, c := range cursors {
		all = append(all, c.Table.Full()+"="+c.Column)
	}
	return all
}

// cursor looks at the column that was named for a table, and finds its highest value before any row is read: what comes meanwhile is read
// twice rather than never.
func (s *Sync) cursor(ctx context.Context, t *TablePlan, name connector.TableName) error {
	at := slices.IndexFunc(s.options.Cursors, func(c Cursor) bool { return c.Table == name })
	if at < 0 {
		return nil
	}
	column := s.options.Cursors[at].Column
	t.Cursor = &runs.Cursor{Column: column, Since: s.options.Since}
	if err := t.cursorFits(); err != nil || s.options.Since != "" {
		return err
	}
	found, err := ask(ctx, s, func(ctx context.Context) (*string, error) {
		return s.reader.Highest(ctx, name, t.version(), query.Column(column))
	})
	if err != nil {
		return err
	}
	if found != nil {
		if _, err := query.Parse(t.cursorType(), *found); err == nil { // else a day of the year 12024
			t.Cursor.Highest = found
		}
	}
	return nil
}

// cursorFits refuses what the rows of the table cannot be told by.
func (t *TablePlan) cursorFits() error {
	column := connector.CleanLine(t.Cursor.Column, 120)
	at := slices.IndexFunc(t.Columns, func(c runs.Column) bool { return c.Name == t.Cursor.Column })
	if at < 0 {
		return &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("There is no column %s that is read.", column), Remedy: "Name columns as the table spells them.",
		}
	}
	refused := func(what, remedy string) error { return &connector.Error{Kind: ErrCursor, What: what, Remedy: remedy} }
	typed := connector.CleanLine(t.Columns[at].Type, 80)
	switch {
	case t.Columns[at].Masked:
		return refused(fmt.Sprintf("Column %s has a mask, so its values say nothing of what is newer.", column), "Name another column, or leave --cursor out.")
	case !query.Ordered(t.Columns[at].Type):
		return refused(fmt.Sprintf("Column %s is %s, which has no exact order.", column, typed), "Name a column of whole numbers, DECIMAL, DATE, TIMESTAMP or STRING.")
	case t.Cursor.Since != "":
		if _, err := query.Parse(t.Columns[at].Type, t.Cursor.Since); err != nil {
			return &connector.Error{
				Kind: connector.ErrInput, What: fmt.Sprintf("“%s” is no value of column %s, which is %s.", connector.CleanLine(t.Cursor.Since, 60), column, typed),
				Remedy: "Give --since " + query.Takes(t.Columns[at].Type) + ".",
			}
		}
	case len(t.Key) == 0:
		return refused("A cursor tells which rows are newer, and nothing which rows they replace.", "Name the columns that tell rows apart with --key; the table declares no PRIMARY KEY.")
	}
	return nil
}

func (t *TablePlan) cursorType() string {
	for _, c := range t.Columns {
		if c.Name == t.Cursor.Column {
			return c.Type
		}
	}
	return ""
}

// floor leaves out what a person wants to be left out.
func (t *TablePlan) floor() query.Floor {
	if t.Cursor == nil || t.Cursor.Since == "" {
		return query.Floor{}
	}
	return t.from(t.Cursor.Since)
}

func (t *TablePlan) from(text string) query.Floor {
	value, err := query.Parse(t.cursorType(), text)
	if err != nil { // which was seen when it was planned
		return query.Floor{}
	}
	if quoted := value.Quoted(); quoted != "" { // a value of a row, as any other
		connector.Known().Note(connector.KindValue, quoted)
	}
	return query.Floor{By: query.Column(t.Cursor.Column), From: value}
}

// newer reads the rows that have the highest value of the last run or a higher one, or none. Those of the highest are read again: others may
// have come with the same value.
func (t *TablePlan) newer(name connector.TableName) query.Scan {
	return query.Scan{Table: name, Columns: t.only(), At: t.version(), Since: t.from(t.Above)}
}

// byCursor has a table read from its cursor on, where the last run can be gone on from. Where it cannot, or nothing changed, choose decides, and
// why is what that does not know of.
func (s *Sync) byCursor(t *TablePlan) (is bool, why string) {
	if t.Cursor == nil || t.Cursor.Since != "" || s.options.Mode == Full {
		return false, ""
	}
	last, why := s.alike(t)
	switch {
	case why != "" && t.Version != nil: // which choose finds as well
		return false, ""
	case why != "":
		return false, why
	case t.Version != nil && last.Version != nil && *t.Version <= *last.Version:
		return false, ""
	case last.Cursor == nil || last.Cursor.Column != t.Cursor.Column || last.Through != t.Through || len(last.Files) >= mostFiles:
		return false, ""
	case last.Cursor.Highest == nil:
		return false, "the last run found no highest value of its cursor"
	}
	t.Mode, t.Above = string(Newer), *last.Cursor.Highest
	t.Reason = "from the highest value of the last run on"
	if t.Version != nil {
		t.Reason = fmt.Sprintf("version %d, %s", *t.Version, t.Reason)
	}
	return true, ""
}

// cursorNote says what a cursor does not see.
func (t *TablePlan) cursorNote() string {
	column := connector.Shown(connector.KindColumn, connector.CleanLine(t.Cursor.Column, 120))
	switch {
	case t.Cursor.Since != "":
		return "by cursor " + column + ": rows below " + connector.Shown(connector.KindValue, connector.CleanLine(t.Cursor.Since, 60)) + " are left out, those without a value are read"
	case t.Mode == string(Newer):
		return "by cursor " + column + ": rows that were removed stay, and those that changed below it are not seen"
	}
	return "cursor " + column + " for the next run"
}

// newer reads the rows from the cursor on and puts them in place of those of the last run that have the same key.
func (r *reading) newer(ctx context.Context, name connector.TableName) error {
	last := r.latest.Manifest.Find(r.plan.Name)
	before, err := r.before(last)
	if err != nil {
		return err
	}
	statement := r.plan.newer(name).Statement()
	r.plan.Statements = []string{statement.SQL()}
	var net *compare.Net
	err = r.again(ctx, r.patience(), func() (err error) {
		net, err = r.upsert(ctx, before, statement)
		return err
	})
	if err != nil {
		return err
	}
	r.plan.ReadBy = r.plan.Cursor.Column
	return r.build(ctx, last, before, net, fromCursor)
}

// upsert reads the rows once.
func (r *reading) upsert(ctx context.Context, before compare.Side, statement query.Statement) (*compare.Net, error) {
	result, err := r.reader.Read(ctx, statement, firstRows)
	if err != nil {
		return nil, err
	}
	defer result.Close()
	is, err := columnar.SchemaMessage(result.Schema)
	if err != nil {
		return nil, err
	}
	if string(is) != string(r.plan.Schema) {
		return nil, fmt.Errorf("%w: its columns are not those that it was planned with", ErrChanged)
	}
	return compare.Upsert(ctx, before, result.Batches(), r.plan.Key, compare.Limit{Rows: feedRows, Bytes: feedBytes})
}

// noUpsert is why a table is read whole although its newer rows were planned for, empty where it is not.
func noUpsert(err error) string {
	switch {
	case errors.Is(err, compare.ErrTooManyChanges):
		return "more of it is newer than reading it whole would cost"
	case errors.Is(err, compare.ErrTwice):
		return "its key is in several rows"
	case errors.Is(err, compare.ErrFeed), errors.Is(err, compare.ErrKey):
		return "its columns do not fit the last run"
	}
	return ""
}
