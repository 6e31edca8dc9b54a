package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

func (a *app) principal() *cobra.Command {
	var at workspaceFlags
	var signIn adminFlags
	var asJSON bool
	c := &cobra.Command{
		Use: "principal WHO", Short: "Show the three names of a service principal and where each is used", Aliases: []string{"identity"},
		Long: "Show the display name, the application ID and the SCIM id of a service principal, and where each is used.\n" +
			"WHO is any of them, or the name of a saved connection. Without an admin it answers from the saved connections.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("Give one name of a service principal.", "The application ID, the SCIM id and the display name are all understood.")
			}
			return nil
		},
		ValidArgsFunction: a.completeNames,
		RunE: func(c *cobra.Command, args []string) error {
			card, err := a.card(c.Context(), args[0], &at, &signIn)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(card)
			}
			return a.sayCard(card)
		},
	}
	at.register(c)
	signIn.register(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

// card is a service principal in JSON.
type card struct {
	Host          string             `json:"host"`
	DisplayName   string             `json:"display_name"`
	ApplicationID connector.ClientID `json:"application_id"`
	ID            connector.SCIMID   `json:"scim_id"`
	Connections   []string           `json:"connections"`       // the saved ones that sign in as it
	Secrets       []cardSecret       `json:"secrets,omitempty"` // as an admin sees them
	lines         []admin.CardLine
}

type cardSecret struct {
	ID      string `json:"id"`
	Created string `json:"created,omitempty"`
	Expires string `json:"expires,omitempty"`
}

func cardOf(host connector.Host, p admin.ServicePrincipal) card {
	return card{
		Host: host.String(), DisplayName: p.DisplayName.String(), ApplicationID: p.ApplicationID, ID: p.ID, Connections: []string{}, lines: p.Card(),
	}
}

func (a *app) card(ctx context.Context, who string, at *workspaceFlags, signIn *adminFlags) (card, error) {
	_, saved, err := a.everyConnection(ctx)
	if err != nil {
		return card{}, err
	}
	found := slices.IndexFunc(saved, func(c connector.Connection) bool {
		return strings.EqualFold(c.Name, strings.TrimSpace(who)) || called(c.Principal, who)
	})
	if !signIn.given() {
		if found < 0 {
			return card{}, usage(fmt.Sprintf("No saved connection signs in as %s.", connector.CleanLine(who, 80)), "Ask the workspace as an admin: --host and --admin, --admin-profile or --admin-client-id.")
		}
		c := saved[found]
		known := cardOf(c.Host, admin.ServicePrincipal{ID: c.Principal.ID, ApplicationID: connector.ClientID(connector.CleanLine(setup.PrincipalOf(c), 64)), DisplayName: c.Principal.DisplayName})
		known.Connections = signingIn(saved, c.Host, known.ApplicationID)
		return known, nil
	}
	var to line
	if at.host == "" && found >= 0 {
		to, who = lineOf(saved[found]), setup.PrincipalOf(saved[found])
	} else if to, err = at.line(signIn); err != nil {
		return card{}, err
	}
	return a.adminCard(ctx, who, to, signIn, saved)
}

// adminCard asks the workspace, which tells about the secrets too.
func (a *app) adminCard(ctx context.Context, who string, to line, signIn *adminFlags, saved []connector.Connection) (card, error) {
	s, err := a.session(ctx, signIn, to)
	if err != nil {
		return card{}, err
	}
	defer s.Close()
	p, err := s.Find(ctx, who)
	if err != nil {
		return card{}, workspaceError(ctx, "", err)
	}
	seen := cardOf(to.host, p)
	seen.Connections = signingIn(saved, to.host, p.ApplicationID)
	secrets, err := s.Secrets(ctx, p.ID)
	if err != nil {
		return card{}, workspaceError(ctx, "", err)
	}
	for _, info := range secrets {
		seen.Secrets = append(seen.Secrets, cardSecret{info.ID, day(info.Created), day(info.Expires)})
	}
	return seen, nil
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.DateOnly)
}

// signingIn are the saved connections to a workspace that sign in as a principal.
func signingIn(saved []connector.Connection, host connector.Host, applicationID connector.ClientID) []string {
	names := []string{}
	for _, c := range saved {
		if c.Host.String() == host.String() && strings.EqualFold(setup.PrincipalOf(c), string(applicationID)) {
			names = append(names, c.Name)
		}
	}
	return names
}

func (a *app) sayCard(c card) error {
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	row := func(label, value, used string) {
		if value == "" {
			value = "not known here"
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\n", label, value, used)
	}
	_, _ = fmt.Fprintln(table, "NAME\tVALUE\tUSED FOR")
	for _, l := range c.lines {
		row(l.Label, l.Value, l.UsedFor)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	var secrets []string
	for _, s := range c.Secrets {
		text := s.ID
		if s.Created != "" {
			text += ", made " + s.Created
		}
		if s.Expires != "" {
			text += ", ends " + s.Expires
		}
		secrets = append(secrets, text)
	}
	a.sayList("OAuth secrets", secrets)
	a.sayList("Saved connections that sign in as it", c.Connections)
	return nil
}
