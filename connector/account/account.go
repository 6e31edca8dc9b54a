// Package account is a signed-in account of Databricks: it reads what the caller lists and nothing else, over the transport of a workspace,
// pinned to the one host that all accounts of a cloud share.
package account

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// ID is the number of an account, a UUID, as the account console shows it.
type ID string

var uuid = pattern.New(`^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)

// ParseID reads the ID of an account. The error is a *connector.Error of kind connector.ErrInput.
func ParseID(text string) (ID, error) {
	id := strings.ToLower(strings.TrimSpace(text))
	if !uuid().MatchString(id) {
		return "", &connector.Error{
			Kind: connector.ErrInput, What: connector.Refused(connector.KindID, text) + " is no account ID.",
			Remedy: "Copy it from the account console: it stands in the menu of your name, as 32 digits with dashes.",
		}
	}
	return ID(id), nil
}

// HostOf is the host of the account that a workspace belongs to. The error is a *connector.Error where it cannot be told from that of the workspace.
func HostOf(of connector.Host) (connector.Host, error) {
	host := of.Account()
	if host.IsZero() {
		return host, &connector.Error{
			Kind: connector.ErrInput, What: "Where the account is cannot be told from this workspace's host.", Remedy: "Name the host of the account with --account-host, as in accounts.azuredatabricks.net.",
		}
	}
	return host, nil
}

// Beside prepares a reader of the account that a workspace belongs to, and makes no request. line is how somebody signs in to the workspace. Errors
// are those of HostOf and of Open.
func Beside(line workspace.Config, id ID, reads []workspace.Rule) (*workspace.Reader, error) {
	host, err := HostOf(line.Host)
	if err != nil {
		return nil, err
	}
	line.Host, line.Admin = host, true
	return Open(line, id, reads)
}

// Open prepares a reader of the account at cfg.Host and makes no request. Errors are those of workspace.OpenReader.
func Open(cfg workspace.Config, id ID, reads []workspace.Rule) (*workspace.Reader, error) {
	cfg.Account = string(id)
	r, err := workspace.OpenReader(cfg, reads)
	if err != nil {
		return nil, fmt.Errorf("open the account: %w", err)
	}
	return r, nil
}
