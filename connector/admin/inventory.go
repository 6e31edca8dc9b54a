package admin

import (
	"fmt"

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

// Line is how this session signs in, for a reader of another host as the same admin.
func (s *Session) Line() workspace.Config { return s.line }
