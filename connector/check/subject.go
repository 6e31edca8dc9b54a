package check

import (
	"context"
	"fmt"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/query"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Subject is what is being checked, and what the stages found out about it. Fill in what is known; a stage whose subject is missing is
// skipped. Close it when done. One walk at a time may use a Subject.
type Subject struct {
	Workspace *workspace.Workspace
	Warehouse connector.WarehouseRef
	Start     bool // start the warehouse when it is stopped; a person agreed to what that costs
	Schema    connector.SchemaName
	Scope     connector.Scope
	Tables    []connector.TableName
	Rows      int // sample rows to read of each table

	Principal connector.Principal // found by Identity, or known beforehand
	Current   connector.Warehouse // found by Warehouse
	Reads     []Read              // found by Metadata and Select, in the order of Tables
	Held      []connector.Grant   // found by Read-only
	refusal   error               // what the warehouse answered when it was asked for
	open      sync.Once
	session   *query.Session
	openErr   error
}

// Read is what was found out about one table.
type Read struct {
	Name    connector.TableName
	Table   connector.Table // from the catalog: kind, owner, filters
	Columns []connector.Column
	Sample  query.Rows
	Err     error
}

// Session is the SQL session on the subject's warehouse, opened on first use.
func (s *Subject) Session() (*query.Session, error) {
	s.open.Do(func() { s.session, s.openErr = query.Open(s.Workspace, s.Warehouse.HTTPPath) })
	if s.openErr != nil {
		return nil, fmt.Errorf("open a SQL session: %w", s.openErr)
	}
	return s.session, nil
}

// Close ends the SQL session. It does not wait: closing asks the warehouse, which may not answer.
func (s *Subject) Close() {
	if s.session != nil {
		go s.session.Close()
	}
}

// grantTo is the GRANT for the needs, as text to copy, or empty when the principal is not known.
func (s *Subject) grantTo(needs []grants.Need) string {
	script, err := grants.Script(needs, s.Principal)
	if err != nil {
		return ""
	}
	return script
}

func (s *Subject) who(ctx context.Context) (connector.Principal, error) {
	if s.Principal.Name.Raw() != "" {
		return s.Principal, nil
	}
	me, err := s.Workspace.Me(ctx)
	if err != nil {
		return connector.Principal{}, err
	}
	s.Principal = me
	return me, nil
}
