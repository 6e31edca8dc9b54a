package admin

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Reader reads what an inventory asks of the workspace, as this admin. It sends nothing that could change something. Close it when done.
func (s *Session) Reader(reads []workspace.Rule) (*workspace.Reader, error) {
	r, err := workspace.OpenReader(s.line, reads)
	if err != nil {
		return nil, fmt.Errorf("open a reader: %w", err)
	}
	return r, nil
}

// AccountReader reads what an inventory asks of an account, as this admin: who is an admin of both has the same credentials for both. Close it
// when done.
func (s *Session) AccountReader(host connector.Host, id account.ID, reads []workspace.Rule) (*workspace.Reader, error) {
	line := s.line
	line.Host = host
	return account.Open(line, id, reads)
}
