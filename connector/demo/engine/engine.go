package engine

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/demo/engine/commands"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/dialect"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/objects"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/run"
	"github.com/draftt-io/draftt-databricks/connector/demo/engine/values"
)

// Options adjusts an [Engine]. The zero value is ready to use.
type Options struct {
	// Lookup finds a table that was not given to CreateTable. It is called for
	// every statement that names the table, so that a change of owner counts
	// at once; with the same version, columns and rows must be the same.
	Lookup func(Name) (Table, bool)

	// Versions keeps the tables as they were, nil where they have no versions.
	Versions Versions

	// Catalog and Schema are where a new session starts when its client asks
	// for nothing else: "main" and "default" if empty.
	Catalog, Schema string

	// Connections is how many statements run at once, 8 if zero. More wait.
	Connections int

	// MaxValues is the largest result, in rows times columns: 50 million if
	// zero.
	MaxValues int64

	// MaxBytes is the largest result in bytes of its texts and binaries: 512
	// MiB if zero.
	MaxBytes int64
}

// Engine runs statements. It is safe for use by many goroutines.
type Engine struct {
	catalog, schema string
	store           *objects.Store
	desk            *commands.Desk
	database        *run.Database
}

// longResults is how many results are read page by page at once, beside the statements that run.
const longResults = 32

// New makes an engine without tables that asks auth for every privilege.
func New(auth Authority, opts Options) (*Engine, error) {
	if auth == nil {
		return nil, errors.New("SQL engine needs an authority")
	}
	store := objects.NewStore(opts.Lookup)
	most := cmp.Or(max(opts.MaxValues, 0), 50_000_000)
	desk := &commands.Desk{Authority: auth, Store: store, Versions: opts.Versions, MaxValues: most}
	return &Engine{
		catalog: cmp.Or(opts.Catalog, "main"), schema: cmp.Or(opts.Schema, "default"), store: store, desk: desk,
		database: run.New(run.Options{
			Authority: auth, Store: store, Information: desk.Information, Columns: desk.Columns, Versions: opts.Versions,
			Connections: cmp.Or(max(opts.Connections, 0), 8), Long: longResults, MaxValues: most, MaxBytes: cmp.Or(max(opts.MaxBytes, 0), 512<<20),
		}),
	}, nil
}

// Close frees the engine's memory. Statements at work finish first; new ones
// fail with [ErrClosed].
func (e *Engine) Close() error { return e.database.Close() }

// CreateTable adds a table or view. It is an error if the definition is
// unusable or the name is taken.
func (e *Engine) CreateTable(def Table) error { return e.store.Create(def) }

// Insert appends rows, which must not be changed afterwards, to a table made
// by [Engine.CreateTable]. Statements that already run do not see them.
func (e *Engine) Insert(name Name, rows [][]any) error { return e.store.Insert(name, rows) }

// NewSession starts a session of a principal in a namespace; what is empty is
// taken from the engine's options. The namespace need not exist.
func (e *Engine) NewSession(principal, catalog, schema string) *Session {
	return objects.NewSession(principal, cmp.Or(catalog, e.catalog), cmp.Or(schema, e.schema))
}

// Execute runs one statement to its end and returns all it returns. It may
// change the session's namespace. A statement that fails returns an [*Error];
// one whose context ends before it is done returns an error that wraps the
// context's.
func (e *Engine) Execute(ctx context.Context, s *Session, sql string, params ...Param) (*Result, error) {
	result, err := e.execute(ctx, s, sql, params)
	if err := e.outcome(ctx, s, sql, err); err != nil {
		return nil, err
	}
	return result, nil
}

// outcome is the error of a statement as its client gets it.
func (e *Engine) outcome(ctx context.Context, s *Session, sql string, err error) error {
	if err == nil {
		return nil
	}
	if cause := ctx.Err(); cause != nil {
		return fmt.Errorf("%w (%w)", values.Canceled(), cause)
	}
	if errors.Is(err, ErrClosed) {
		return err
	}
	catalog, schema := s.Namespace()
	return dialect.Locate(AsError(err), catalog, schema, sql)
}

func (e *Engine) execute(ctx context.Context, s *Session, sql string, params []Param) (*Result, error) {
	tokens, err := dialect.Lex(sql)
	if err != nil {
		return nil, err
	}
	if dialect.IsQuery(tokens) {
		return e.database.Query(ctx, s, tokens, params)
	}
	desk := *e.desk
	desk.Query = func(query []dialect.Token, most int) (first *values.Result, err error) {
		err = e.database.Stream(ctx, s, query, params, Pages{First: most}, func(page *values.Result, _ bool) error {
			first = page
			return nil
		})
		return first, err
	}
	return desk.Run(ctx, s, tokens)
}

// Pages says how a result is cut that [Engine.Stream] gives.
type Pages = run.Pages

// Stream is [Engine.Execute] for results of any length: a query's comes page by
// page, with whether there is more, until take returns an error. What other
// statements return comes in one.
func (e *Engine) Stream(ctx context.Context, s *Session, sql string, pages Pages, take func(page *Result, more bool) error, params ...Param) error {
	tokens, err := dialect.Lex(sql)
	if err == nil && dialect.IsQuery(tokens) {
		return e.outcome(ctx, s, sql, e.database.Stream(ctx, s, tokens, params, pages, take))
	}
	result, err := e.Execute(ctx, s, sql, params...)
	if err != nil {
		return err
	}
	return take(result, false)
}

// List answers a call for metadata with what the session's principal sees.
// What does not exist or is hidden is left out and is no error.
func (e *Engine) List(ctx context.Context, s *Session, ask Metadata) (*Result, error) {
	return e.desk.List(ctx, s, ask)
}
