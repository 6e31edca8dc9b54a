package query

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/thrift/lib/go/thrift"
	dbsql "github.com/databricks/databricks-sql-go"
	"github.com/databricks/databricks-sql-go/logger"

	"github.com/draftt-io/draftt-databricks/connector"
)

const (
	userAgent     = "draftt-databricks"
	serverTimeout = 60 * time.Second
	parallelReads = 4
	textLimit     = 4096 // characters kept of one cell; more would only be cut again on screen
)

// ErrNoStatement is returned for the zero Statement and for a table whose name is incomplete.
var ErrNoStatement = errors.New("no statement to run")

// Endpoint is the signed-in workspace that a session runs in: its pinned transport, the way to storages, its one credential, whose turn it is to have a large
// answer in memory, and where names are noted.
type Endpoint interface {
	Host() connector.Host
	RoundTripper() http.RoundTripper
	Storage(hosts []string) http.RoundTripper
	Authenticate(*http.Request) error
	Hold(ctx context.Context) (held context.Context, release func())
	Spacious(ctx context.Context, most int) context.Context
	Names() *connector.Registry
}

// Session runs statements on one SQL warehouse. It is safe for concurrent use; Close it.
type Session struct {
	db    *sql.DB
	at    Endpoint
	names *connector.Registry
}

// prepareDriver silences the driver, and has arrow look up the zone of its one shared timestamp type, which every result would otherwise
// do on its own without a lock.
var prepareDriver = sync.OnceValue(func() error {
	if shared, ok := arrow.FixedWidthTypes.Timestamp_us.(*arrow.TimestampType); ok {
		if _, err := shared.GetZone(); err != nil {
			return err
		}
	}
	return logger.SetLogLevel("disabled")
})

// Open prepares a session and makes no request. httpPath is the warehouse's own, for example /sql/1.0/warehouses/abc.
// The driver neither retries nor downloads from other hosts: results come inline over the pinned transport.
func Open(at Endpoint, httpPath string) (*Session, error) {
	if err := prepareDriver(); err != nil {
		return nil, fmt.Errorf("prepare the SQL driver: %w", err)
	}
	driver, err := dbsql.NewConnector(
		dbsql.WithServerHostname("https://"+at.Host().Name()), // without the scheme the driver speaks http to localhost
		dbsql.WithPort(at.Host().Port()),
		dbsql.WithHTTPPath(httpPath),
		dbsql.WithTransport(observed{answers{at.RoundTripper(), inColumns}}),
		dbsql.WithAuthenticator(authenticator{at}),
		dbsql.WithUserAgentEntry(userAgent),
		dbsql.WithRetries(-1, 0, 0),
		dbsql.WithCloudFetch(false),
		dbsql.WithTimeout(serverTimeout),
		dbsql.WithMaxRows(MaxPreview),
	)
	if err != nil {
		return nil, fmt.Errorf("prepare the SQL driver: %w", err)
	}
	db := sql.OpenDB(contained{driver})
	db.SetMaxOpenConns(parallelReads)
	db.SetMaxIdleConns(parallelReads) // one over the limit would be closed by the statement that used it, which costs a request
	return &Session{db: db, at: at, names: at.Names()}, nil
}

type authenticator struct{ at Endpoint }

func (a authenticator) Authenticate(r *http.Request) error { return a.at.Authenticate(r) }

// Close ends the session on the warehouse. It may take a request; errors of a session that is already gone are of no use to anyone.
func (s *Session) Close() { _ = s.db.Close() }

// Who is what Ping found out.
type Who struct{ User connector.Remote }

// Connect opens a session on the warehouse, which needs CAN_USE, and keeps it for the statements to come.
func (s *Session) Connect(ctx context.Context) error {
	ctx, release := s.at.Hold(calling(ctx))
	defer release()
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("open a session: %w", s.told(err))
	}
	if err := conn.Close(); err != nil {
		return fmt.Errorf("keep the session: %w", s.told(err))
	}
	return nil
}

// Ping runs the Ping statement.
func (s *Session) Ping(ctx context.Context) (Who, error) {
	rows, err := s.run(ctx, Ping())
	if err != nil {
		return Who{}, err
	}
	if len(rows.Rows) != 1 || len(rows.Rows[0]) != 2 {
		return Who{}, malformed("the warehouse answered SELECT 1 with %d rows", len(rows.Rows))
	}
	me := rows.Rows[0][1].Text
	s.names.NoteText(me.Raw())
	return Who{User: me}, nil
}

// Describe reads the columns of a table.
func (s *Session) Describe(ctx context.Context, table connector.TableName) ([]connector.Column, error) {
	if table.IsZero() {
		return nil, ErrNoStatement
	}
	rows, err := s.run(ctx, Describe(table))
	if err != nil {
		return nil, err
	}
	var columns []connector.Column
	for _, row := range rows.Rows {
		// DESCRIBE appends sections such as "# Partition Information" after an empty line.
		if len(row) < 2 || row[0].Text.Raw() == "" || row[0].Text.Raw()[0] == '#' {
			break
		}
		columns = append(columns, connector.Column{
			Name: s.names.Remote(connector.KindColumn, row[0].Text.Raw()), Type: s.names.Remote(connector.KindName, row[1].Text.Raw()),
		})
	}
	return columns, nil
}

// Preview reads the first rows of a table. Where they are too large to read it reads one, and then none: that the warehouse gives them is
// what counts, and Large tells of it.
func (s *Session) Preview(ctx context.Context, table connector.TableName, limit int) (Rows, error) {
	if table.IsZero() {
		return Rows{}, ErrNoStatement
	}
	found, err := s.run(ctx, Preview(table, limit))
	for fewer := 1; errors.Is(err, connector.ErrTooLarge) && fewer >= 0; fewer-- {
		if fewer < limit {
			found, err = s.run(ctx, Preview(table, fewer))
			found.Large = true
		}
	}
	for _, row := range found.Rows {
		for _, c := range row {
			s.names.NoteText(c.Text.Raw())
		}
	}
	return found, err
}

func (s *Session) run(ctx context.Context, statement Statement) (Rows, error) {
	if statement.sql == "" {
		return Rows{}, ErrNoStatement
	}
	ctx, state := withWaiting(ctx)
	ctx, release := s.at.Hold(calling(ctx))
	defer release()
	found, err := s.db.QueryContext(ctx, statement.sql)
	if errors.Is(err, context.DeadlineExceeded) && state.answers() {
		err = ErrWaiting
	}
	if err != nil {
		return Rows{}, fmt.Errorf("run %.20s: %w", statement.sql, s.told(err))
	}
	defer func() { _ = found.Close() }()
	rows, err := s.read(found)
	return rows, s.told(err)
}

// told notes what the text of an error quotes, as the workspace's own client does.
func (s *Session) told(err error) error {
	if err == nil {
		return nil
	}
	s.names.NoteQuoted(err.Error())
	var unsent *url.Error // with which nothing came that could be misread
	if misread := thrift.TProtocolException(nil); errors.As(err, &misread) && misread.TypeId() != thrift.UNKNOWN_PROTOCOL_EXCEPTION && !errors.As(err, &unsent) {
		return fmt.Errorf("%w: %w", connector.ErrUnreadable, err)
	}
	return err
}
