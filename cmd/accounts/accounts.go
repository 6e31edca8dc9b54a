// Package accounts has the flags by which a command reads the account of a workspace as well.
package accounts

import (
	"fmt"
	"os"
	"sync"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// Flags say which account is read, and as whom.
type Flags struct {
	id, host, client string
	fd               int
	admin            func() (connector.Credentials, error) // of the account; a file descriptor gives them once
}

// Of names an account and its admin without a command line.
func Of(id, host string, admin connector.Credentials) *Flags {
	return &Flags{id: id, host: host, client: string(admin.ClientID), admin: func() (connector.Credentials, error) { return admin, nil }}
}

// Register adds the flags to a command. does says what the account is read for.
func Register(c *cobra.Command, does string) *Flags {
	f := &Flags{}
	flags := c.Flags()
	flags.StringVar(&f.id, "account", "", does)
	flags.StringVar(&f.host, "account-host", "", "host of the account, where it cannot be told from the workspace's, as in accounts.azuredatabricks.net")
	flags.StringVar(&f.client, "account-client-id", "", "application ID of an account admin, where that is another principal than the workspace's admin")
	flags.IntVar(&f.fd, "account-secret-fd", -1, "read the account admin's OAuth secret from this file descriptor")
	f.admin = sync.OnceValues(f.credentials)
	return f
}

// Given reports whether an account is named.
func (f *Flags) Given() bool { return f.id != "" }

// Client is the application ID of the account admin that is named, empty for none.
func (f *Flags) Client() string { return f.client }

// Check refuses flags that do not belong together. Errors are *connector.Error.
func (f *Flags) Check() error {
	switch {
	case f.id == "" && (f.host+f.client != "" || f.fd >= 0):
		return refuse("No account is named.", "Give --account with its ID, which the account console shows.")
	case (f.client == "") != (f.fd < 0):
		return refuse("An account admin has an application ID and a secret.", "Give --account-client-id and --account-secret-fd together.")
	}
	return nil
}

// Where is the account that is named beside a workspace: its host and its ID, both known before anybody signs in. Errors are *connector.Error.
func (f *Flags) Where(of connector.Host) (connector.Host, account.ID, error) {
	id, err := account.ParseID(f.id)
	if err != nil {
		return of, "", err //nolint:wrapcheck // it has words of its own
	}
	if f.host != "" {
		of, err = connector.ParseAccountHost(f.host)
	} else {
		of, err = account.HostOf(of)
	}
	return of, id, err //nolint:wrapcheck // as above
}

// Line is the way to the account of a workspace, as its admin where one is named. line is how somebody signs in to the workspace. Errors are
// *connector.Error.
func (f *Flags) Line(line workspace.Config) (workspace.Config, account.ID, error) {
	var id account.ID
	var err error
	if line.Host, id, err = f.Where(line.Host); err != nil {
		return line, "", err
	}
	if f.client != "" {
		if line.Credentials, err = f.admin(); err != nil {
			return line, "", err
		}
	}
	line.Admin = true
	return line, id, nil
}

// Open prepares a reader of the account of a workspace and makes no request. line is how the admin of the workspace signs in. Errors are
// *connector.Error, and those of account.Open.
func (f *Flags) Open(line workspace.Config, reads []workspace.Rule) (*workspace.Reader, account.ID, error) {
	line, id, err := f.Line(line)
	if err != nil {
		return nil, "", err
	}
	reader, err := account.Open(line, id, reads)
	return reader, id, err //nolint:wrapcheck // it says what it is
}

// credentials reads those of the account admin that is named.
func (f *Flags) credentials() (connector.Credentials, error) {
	from := os.NewFile(uintptr(f.fd), "account-secret-fd")
	if from == nil {
		return connector.Credentials{}, refuse(fmt.Sprintf("File descriptor %d is not open.", f.fd), "Open it, for example with 3<secret.txt.")
	}
	defer func() { _ = from.Close() }()
	client, err := connector.ParseClientID(f.client)
	if err != nil {
		return connector.Credentials{}, err //nolint:wrapcheck // it has words of its own
	}
	secret, err := flatfile.ReadSecret(from, fmt.Sprintf("file descriptor %d", f.fd))
	return connector.Credentials{Method: connector.OAuth, ClientID: client, Secret: secret}, err //nolint:wrapcheck // it has words of its own
}

func refuse(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
