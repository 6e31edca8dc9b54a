package inventory

import (
	"context"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/bulk"
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
	if r.account.Given() { // nobody signs in for an account that cannot be found
		if _, _, err := r.account.Where(line.Host); err != nil {
			return nil, err //nolint:wrapcheck // it has words of its own
		}
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
		if err := r.openWarehouse(s, session.Line()); err != nil {
			return s, err
		}
	}
	return s, r.openAccount(s, atAccount)
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
	if err := r.openWarehouse(s, line); err != nil {
		return s, err
	}
	return s, r.openAccount(s, line)
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

// openWarehouse has grants read on a SQL warehouse of the workspace, where one is named.
func (r *runFlags) openWarehouse(s *source, line workspace.Config) error {
	if r.warehouse == "" {
		return nil
	}
	given, err := connector.ParseWarehouse(r.warehouse)
	if err != nil {
		return err //nolint:wrapcheck // its errors have words
	}
	if given.ID == "" {
		return &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("“%s” is no ID of a SQL warehouse.", connector.CleanLine(given.Text, 60)), Remedy: "Copy its ID or its HTTP path from its page."}
	}
	grants, err := bulk.Open(line, given.ID)
	if err != nil {
		return err //nolint:wrapcheck // its errors have words
	}
	s.closing = append(s.closing, grants.Close)
	s.options.Bulk = grants
	return nil
}

// openAccount adds the account to what is read, where one is named.
func (r *runFlags) openAccount(s *source, line workspace.Config) error {
	if !r.account.Given() {
		return nil
	}
	line, id, err := r.account.Line(line)
	if err != nil {
		return err //nolint:wrapcheck // its errors have words
	}
	reader, err := account.Open(line, id, estate.Reads(estate.AtAccount))
	if err != nil {
		return err //nolint:wrapcheck // its errors have words
	}
	s.closing = append(s.closing, reader.Close)
	s.options.Account, s.options.Place.Account = reader, string(id)
	if ruler := string(line.Credentials.ClientID); r.account.Client() != "" && ruler != s.options.Place.As {
		s.options.Place.As = strings.TrimPrefix(s.options.Place.As+" and "+ruler, " and ")
	}
	return nil
}
