package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/saved"
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
			found, err := a.principalCalled(c.Context(), args[0], &at, &signIn)
			if err != nil {
				return err
			}
			if asJSON {
				return a.printJSON(found)
			}
			return a.sayPrincipal(found)
		},
	}
	at.register(c)
	signIn.register(c)
	c.Flags().BoolVar(&asJSON, "json", false, "as JSON")
	return c
}

func (a *app) principalCalled(ctx context.Context, who string, at *workspaceFlags, signIn *adminFlags) (report.Principal, error) {
	_, all, err := a.everyConnection(ctx)
	if err != nil {
		return report.Principal{}, err
	}
	known, found := saved.With(all, who)
	switch {
	case !signIn.given() && !found:
		return report.Principal{}, usage(fmt.Sprintf("No saved connection signs in as %s.", connector.CleanLine(who, 80)),
			meant.Nearest(who, callable(all))+"Ask the workspace as an admin: --host and --admin, --admin-profile or --admin-client-id.")
	case !signIn.given():
		return report.OfPrincipal(known.Host, saved.Principal(known), all), nil
	case at.host == "" && found:
		return a.principalSeen(ctx, setup.PrincipalOf(known), setup.TargetOf(known), signIn, all)
	}
	to, err := at.target(a, signIn)
	if err != nil {
		return report.Principal{}, err
	}
	return a.principalSeen(ctx, who, to, signIn, all)
}

// callable are the names that principals and saved connections are called by.
func callable(all []connector.Connection) (names []string) {
	for _, c := range all {
		names = append(names, c.Name, c.Principal.DisplayName.Raw(), string(c.Credentials.ClientID))
	}
	return names
}

// principalSeen asks the workspace, which tells about the secrets too.
func (a *app) principalSeen(
	ctx context.Context, who string, to setup.WorkspaceTarget, signIn *adminFlags, all []connector.Connection,
) (report.Principal, error) {
	s, err := a.session(ctx, signIn, to)
	if err != nil {
		return report.Principal{}, err
	}
	defer s.Close()
	p, err := s.Find(ctx, who)
	if err != nil {
		return report.Principal{}, workspaceError(ctx, "", err)
	}
	seen := report.OfPrincipal(to.Host, p, all)
	secrets, err := s.Secrets(ctx, p.ID)
	if err != nil {
		return report.Principal{}, workspaceError(ctx, "", s.Refused(ctx, err, "Seeing the OAuth secrets of a service principal"))
	}
	seen.See(secrets)
	return seen, nil
}

func (a *app) sayPrincipal(p report.Principal) error {
	if err := a.printTable(p.Table()); err != nil {
		return err
	}
	a.sayList("OAuth secrets", p.SecretLines())
	a.sayList("Saved connections that sign in as it", p.Connections)
	return nil
}
