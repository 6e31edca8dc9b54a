package inventory

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// source is what is read.
type source struct {
	options estate.Options
	closing []func()
}

func (s *source) close() {
	for _, end := range s.closing {
		end()
	}
}

// begin is a source of a workspace of which nothing can be read yet.
func (r *runFlags) begin(host connector.Host, id string) *source {
	return &source{options: estate.Options{Budget: r.budget, Pace: r.pace, Place: estate.Place{Host: host.Typed(), Workspace: id}}}
}

// opened is the workspace that the flags name, as whoever signs in.
func (f Face) opened(ctx context.Context, r *runFlags) (*source, error) {
	line, err := r.signIn.Line()
	if err != nil {
		return nil, err
	}
	s := r.begin(line.Host, string(line.Host.WorkspaceID()))
	atAccount := line
	if !r.accountOnly {
		session, err := r.signIn.Open(ctx)
		if err != nil {
			return nil, err
		}
		s.closing = append(s.closing, session.Close)
		reader, err := session.Reader(estate.Reads(estate.AtWorkspace))
		if err != nil {
			return s, err
		}
		s.closing = append(s.closing, reader.Close)
		s.options.Workspace, s.options.Place.As = reader, session.Me().Name.Raw()
		atAccount = session.Line()
	}
	return s, f.openAccount(r, s, atAccount)
}

// openedAs is a workspace read with credentials that are known, and its account with the same or those of its admin.
func (f Face) openedAs(r *runFlags, line workspace.Config, id, as string) (*source, error) {
	s := r.begin(line.Host, id)
	reader, err := admin.ReaderAs(line, estate.Reads(estate.AtWorkspace))
	if err != nil {
		return s, err //nolint:wrapcheck // its errors have words
	}
	s.closing = append(s.closing, reader.Close)
	s.options.Workspace, s.options.Place.As = reader, as
	return s, f.openAccount(r, s, line)
}

// lineOf is how a saved connection signs in, and as whom.
func (f Face) lineOf(c connector.Connection) (line workspace.Config, as string) {
	env := f.Env(nil)
	line = workspace.Config{Host: c.Host, Credentials: c.Credentials, Network: setup.TargetOf(c).Network(env.Network), Version: env.Version}
	if as = c.Principal.Name.Raw(); as == "" {
		as = string(c.Credentials.ClientID)
	}
	return line, as
}

// openAccount adds the account to what is read, where one is named.
func (f Face) openAccount(r *runFlags, s *source, line workspace.Config) error {
	if r.account == "" {
		return nil
	}
	line, id, err := r.accountLine(line)
	if err != nil {
		return err
	}
	reader, err := account.Open(line, id, estate.Reads(estate.AtAccount))
	if err != nil {
		return err //nolint:wrapcheck // its errors have words
	}
	s.closing = append(s.closing, reader.Close)
	s.options.Account, s.options.Place.Account = reader, string(id)
	if ruler := string(line.Credentials.ClientID); r.accountClient != "" && ruler != s.options.Place.As {
		s.options.Place.As = strings.TrimPrefix(s.options.Place.As+" and "+ruler, " and ")
	}
	return nil
}

// accountLine is the way to the account: on the host of the accounts of the cloud of a workspace or the one that is named, as who signs in to the
// workspace or as the account's admin.
func (r *runFlags) accountLine(line workspace.Config) (workspace.Config, account.ID, error) {
	id, err := account.ParseID(r.account)
	if err != nil {
		return line, id, err //nolint:wrapcheck // its errors have words
	}
	if line.Host = line.Host.Account(); r.accountHost != "" {
		if line.Host, err = connector.ParseAccountHost(r.accountHost); err != nil {
			return line, id, err //nolint:wrapcheck // its errors have words
		}
	}
	if line.Host.IsZero() {
		return line, id, &connector.Error{
			Kind: connector.ErrInput, What: "The host of the account cannot be told from that of a workspace.", Remedy: "Name it with --account-host, as in accounts.azuredatabricks.net.",
		}
	}
	if r.accountClient != "" {
		if line.Credentials, err = r.accountAdmin(); err != nil {
			return line, id, err
		}
	}
	line.Admin = true
	return line, id, nil
}

// accountAdmin are the credentials of the account's admin, which come once and are kept while the program runs.
func (r *runFlags) accountAdmin() (c connector.Credentials, err error) {
	if !r.admin.Secret.IsZero() {
		return r.admin, nil
	}
	from := os.NewFile(uintptr(r.accountFD), "account-secret-fd")
	if from == nil {
		return c, &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("File descriptor %d is not open.", r.accountFD), Remedy: "Open it, for example with 3<secret.txt."}
	}
	defer func() { _ = from.Close() }()
	c.Method = connector.OAuth
	if c.ClientID, err = connector.ParseClientID(r.accountClient); err != nil {
		return c, err //nolint:wrapcheck // its errors have words
	}
	c.Secret, err = flatfile.ReadSecret(from, fmt.Sprintf("file descriptor %d", r.accountFD))
	r.admin = c
	return c, err //nolint:wrapcheck // its errors have words
}
