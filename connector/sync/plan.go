package sync

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"
	dbsqlerr "github.com/databricks/databricks-sql-go/errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/connector/sync/runs"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// Plan is what a run is to read. It is kept beside the parts of the run, so that one that was stopped goes on with the same versions.
type Plan struct {
	Request Request
	Since   string // the run that changes are told since, empty where there is none
	Tables  []TablePlan
}

// TablePlan is how one table is read, and what was found out about it.
type TablePlan struct {
	runs.Table
	Parts  [3]string
	Total  *int64 // rows, nil: not known before they are read
	From   *int64 // the version that the last run read, where the changes since are read
	Above  string // the highest value of the cursor in the last run, where the rows from it on are read
	Pieces []Piece
	AsText []string // what the format writes as text, column by column
	Owner  int      `json:",omitempty"` // the shard that reads it alone, 0: each reads some of its pieces
	Anew   int      `json:",omitempty"` // how often the shards planned it anew
	Stale  bool     `json:",omitempty"` // what was read by it did not fit together: the shard that comes first plans it anew
	slices int      // how many pieces there are, where these are some of them
}

// name is the table's name as it was chosen.
func (t *TablePlan) name() (connector.TableName, error) {
	var parts [3]connector.Ident
	for i, p := range t.Parts {
		ident, err := connector.RemoteIdent(connector.FromRemote(p))
		if err != nil {
			return connector.TableName{}, err
		}
		parts[i] = ident
	}
	return connector.SchemaName{Catalog: parts[0], Schema: parts[1]}.Table(parts[2]), nil
}

func (t *TablePlan) version() query.Version {
	if t.Version == nil {
		return query.NoVersion
	}
	return query.Version(*t.Version)
}

// Look plans a run without beginning it. It asks for each table what the workspace tells of it, its version, and how many rows it has.
// A table of which that cannot be had is told by an error of *TableError beside the plan of the others.
func (s *Sync) Look(ctx context.Context) (Plan, error) {
	plan := Plan{Request: s.request(), Since: s.since()}
	var err error
	plan.Tables, err = s.lookAt(ctx, s.options.Tables)
	plan.share()
	return plan, err
}

// lookAt finds out how tables can be read. Errors are those of Look, or the context's own.
func (s *Sync) lookAt(ctx context.Context, names []connector.TableName) (all []TablePlan, err error) {
	var lacks []error
	for _, name := range names {
		t, err := s.look(ctx, name)
		if ctx.Err() != nil {
			return all, ctx.Err() //nolint:wrapcheck // the context's own error is what callers test for
		}
		if err != nil {
			lacks = append(lacks, &TableError{Table: name.Full(), Err: err})
			continue
		}
		all = append(all, t)
	}
	if s.store != nil { // where a manifest tells them
		if err := s.tags(ctx, all); err != nil {
			return all, err
		}
	}
	return all, errors.Join(lacks...)
}

// look finds out how one table can be read.
func (s *Sync) look(ctx context.Context, name connector.TableName) (TablePlan, error) {
	detail, err := s.detail(ctx, name)
	if err != nil {
		return TablePlan{}, err
	}
	t := TablePlan{
		Table: runs.Table{
			Name: name.Full(), ID: detail.ID, Folder: s.folders[name], Kind: string(detail.Kind), Owner: detail.Owner.Raw(), Comment: detail.Comment.Raw(), Key: s.options.Key,
			Only: s.options.Columns, Limit: s.options.Limit, Through: detail.Limits(), Mode: string(Full),
		},
		Parts: [3]string{name.Catalog.Raw(), name.Schema.Raw(), name.Table.Raw()},
	}
	if len(t.Key) == 0 && t.reads(detail.Key) {
		t.Key = detail.Key
	}
	if err := t.describe(detail); err != nil {
		return TablePlan{}, err
	}
	if t.Reason, err = s.pin(ctx, &t, name, detail); err != nil {
		return TablePlan{}, err
	}
	if err := s.shape(ctx, &t, name); err != nil {
		return TablePlan{}, err
	}
	if err := s.cursor(ctx, &t, name); err != nil {
		return TablePlan{}, err
	}
	if is, why := s.byCursor(&t); !is {
		s.choose(&t, detail)
		if why != "" && t.Mode == string(Full) {
			t.Reason += ", " + why
		}
	}
	if s.options.Mode == Changes && t.Mode == string(Full) {
		return TablePlan{}, &connector.Error{
			Kind: ErrNoChanges, What: "The changes alone cannot be read: " + t.Reason + ".", Remedy: "Leave --mode out, and the table is read whole and compared.",
		}
	}
	if t.Mode == string(Full) {
		err = s.measure(ctx, &t, name, detail)
	}
	return t, err
}

// shape reads the columns as they will come, and refuses what the format cannot hold before anything is read.
func (s *Sync) shape(ctx context.Context, t *TablePlan, name connector.TableName) error {
	scan := query.Scan{Table: name, Columns: t.only(), At: t.version(), Bare: true}
	schema, err := ask(ctx, s, func(ctx context.Context) (*arrow.Schema, error) {
		result, err := s.reader.Read(ctx, scan.Statement(), firstRows)
		if err != nil {
			return nil, err
		}
		defer result.Close()
		return result.Schema, nil
	})
	if err != nil {
		return err
	}
	if err := distinct(schema); err != nil {
		return err
	}
	for _, lack := range format.Lacks(s.options.Format, schema) {
		said := fmt.Sprintf("Column %s (%s): %s", connector.CleanLine(lack.Column, 120), connector.CleanLine(lack.Type, 80), connector.CleanLine(lack.Why, 200))
		if lack.Refused {
			return &connector.Error{Kind: ErrFormat, What: said + ".", Remedy: words.UpperFirst(lack.Remedy) + "."}
		}
		t.AsText = append(t.AsText, said)
	}
	t.Schema, err = columnar.SchemaMessage(schema)
	return err
}

// ErrFormat is the kind of *connector.Error of a column that the format cannot hold.
var ErrFormat = errors.New("the format cannot hold the column")

func (t *TablePlan) only() (columns []query.Column) {
	for _, c := range t.Only {
		columns = append(columns, query.Column(c))
	}
	return columns
}

// ErrNoChanges is the kind of *connector.Error where changes alone were asked for and cannot be had.
var ErrNoChanges = errors.New("the changes of the table cannot be read")

// detail is what the workspace tells of a table.
func (s *Sync) detail(ctx context.Context, name connector.TableName) (workspace.TableDetail, error) {
	return ask(ctx, s, func(ctx context.Context) (workspace.TableDetail, error) {
		return s.source.Workspace.TableDetail(ctx, name)
	})
}

// ask bounds one question, and asks it again where that may help. One that took all of its time takes it again.
func ask[T any](ctx context.Context, s *Sync, question func(context.Context) (T, error)) (answer T, err error) {
	var late error
	err = s.again(ctx, patience{tries: asked}, func() (err error) {
		within, cancel := context.WithTimeout(ctx, asking)
		defer cancel()
		answer, err = question(within)
		if err != nil && within.Err() != nil {
			late, err = err, nil
		}
		return err
	})
	if late != nil {
		err = late
	}
	return answer, err
}

// pin finds the version that the table is read at, and gives the reason where there is none.
func (s *Sync) pin(ctx context.Context, t *TablePlan, name connector.TableName, detail workspace.TableDetail) (reason string, err error) {
	if why := noVersion(detail); why != "" {
		return why + ": one statement", nil
	}
	version, err := ask(ctx, s, func(ctx context.Context) (query.Version, error) { return s.session.Newest(ctx, name) })
	var refused dbsqlerr.DBExecutionError
	switch {
	case err != nil && errors.As(err, &refused) && !transient(err):
		return "its versions cannot be seen: one statement", nil
	case err != nil: // which says nothing of the table
		return "", err
	}
	n := int64(version)
	t.Version = &n
	return "", nil
}

// noVersion is why a table cannot be read at a version, empty where it can.
func noVersion(detail workspace.TableDetail) string {
	switch {
	case strings.Contains(string(detail.Kind), "VIEW"):
		return "a view has no versions"
	case detail.Kind == "FOREIGN":
		return "a foreign table has no versions"
	case detail.RowFilter || detail.ColumnMasks:
		return "with " + detail.Limits() + " it has no versions to read"
	case !detail.DeltaFormat:
		return "only tables of Delta Lake have versions"
	}
	return ""
}

// Sends are the statements that read the rows of the table as planned.
func (t *TablePlan) Sends() (all []string) {
	name, err := t.name()
	if err != nil {
		return nil
	}
	switch Mode(t.Mode) {
	case Unchanged:
		return nil
	case Changes:
		return []string{query.Changes(name, query.Version(*t.From+1), t.version()).SQL()}
	case Newer:
		return []string{t.newer(name).Statement().SQL()}
	}
	for _, p := range t.Pieces {
		all = append(all, t.scan(name, p).Statement().SQL())
	}
	return all
}

func (t *TablePlan) scan(name connector.TableName, p Piece) query.Scan {
	return query.Scan{Table: name, Columns: t.only(), At: t.version(), Within: p.within(), Since: t.floor(), Limit: t.Limit}
}
