package admin

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Reader reads what an inventory asks of the workspace, as this admin. It sends nothing that could change something. Close it when done.
func (s *Session) Reader(reads []workspace.Rule) (*workspace.Reader, error) {
	return ReaderAs(s.line, reads)
}

// ReaderAs reads what an inventory asks of a workspace as whom a person named for it: the admin of its account, or the principal of a saved
// connection. It sends nothing that could change something. Close it when done. The errors are those of workspace.OpenReader.
func ReaderAs(line workspace.Config, reads []workspace.Rule) (*workspace.Reader, error) {
	r, err := workspace.OpenReader(line, reads)
	if err != nil {
		return nil, fmt.Errorf("open a reader: %w", err)
	}
	return r, nil
}

// Account reads the account that the workspace belongs to, as this admin. It sends nothing that could change something. Close it when done. The
// error is a *connector.Error where the account's host cannot be told from that of the workspace, and otherwise that of account.Open.
func (s *Session) Account(id account.ID, reads []workspace.Rule) (*workspace.Reader, error) {
	line := s.line
	if line.Host = s.host.Account(); line.Host.IsZero() {
		return nil, &connector.Error{
			Kind: connector.ErrInput, What: "Where the account is cannot be told from this workspace's host.", Remedy: "Use the command, and name the host of the account with --account-host.",
		}
	}
	r, err := account.Open(line, id, reads)
	if err != nil {
		return nil, fmt.Errorf("open a reader of the account: %w", err)
	}
	return r, nil
}

// Line is how this session signs in, for a reader of another host as the same admin.
func (s *Session) Line() workspace.Config { return s.line }
