package check

import (
	"crypto/x509"
	"fmt"
	"sync"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/contain"
)

// Subject is what is being checked, and what the stages found out about it. Fill in what is known; a stage whose subject is missing is
// skipped. Close it when done. One walk at a time may use a Subject. Stages never share it: each gets a copy, made when it starts, and what
// it found is put back by the goroutine that iterates over the walk, between two results. So a caller may read it there, and stages that
// run side by side have nothing to race for.
type Subject struct {
	Workspace     *workspace.Workspace
	Warehouse     connector.WarehouseRef
	Start         bool // start the warehouse when it is stopped; a person agreed to what that costs
	Schema        connector.SchemaName
	Scope         connector.Scope
	Tables        []connector.TableName
	Rows          int              // sample rows to read of each table
	SecretExpires time.Time        // when the credentials end; zero: not known
	Now           func() time.Time // nil: the machine's clock

	Principal connector.Principal // found by Identity, or known beforehand
	Current   connector.Warehouse // found by Warehouse and State
	Reads     []Read              // found by Columns and Rows, in the order of Tables
	Held      []connector.Grant   // found by Read-only
	Shown     []*x509.Certificate // found by Certificate, also where it was not trusted; the host's own first. Nothing vouches for them

	skew    time.Duration // found by Workspace: how far this machine's clock is ahead
	refusal error         // found by Warehouse: what it answered when it was asked for
	asked   *asked
	sql     *opener
}

// Read is what was found out about one table.
type Read struct {
	Name    connector.TableName
	Table   connector.Table // from the catalog: kind, owner, filters
	Columns []connector.Column
	Sample  query.Rows
	Err     error
	Finding *Finding // what Err means, by the stage that met it; nil without one
}

// Session is the SQL session on the subject's warehouse, opened on first use.
func (s *Subject) Session() (*query.Session, error) {
	if s.sql == nil {
		s.sql = &opener{}
	}
	return s.sql.open(s.Workspace, s.Warehouse.HTTPPath)
}

// Close ends the SQL session. It does not wait: closing asks the warehouse, which may not answer.
func (s *Subject) Close() {
	if s.sql != nil {
		s.sql.close()
	}
}

func (s *Subject) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// opener opens one SQL session for whoever comes first.
type opener struct {
	mu      sync.Mutex
	path    string
	session *query.Session
}

func (o *opener) open(at *workspace.Workspace, path string) (*query.Session, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.session != nil && o.path == path {
		return o.session, nil
	}
	session, err := query.Open(at, path)
	if err != nil {
		return nil, fmt.Errorf("open a SQL session: %w", err)
	}
	if o.session != nil {
		contain.Go("closing a session", o.session.Close)
	}
	o.session, o.path = session, path
	return session, nil
}

func (o *opener) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.session != nil {
		contain.Go("closing a session", o.session.Close)
	}
}
