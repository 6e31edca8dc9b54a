package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd/inventory"
	"github.com/draftt-io/draftt-databricks/cmd/meant"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// adminFlags say how to sign in as an admin. What they lead to is used once and never saved; there is no flag for the secret itself.
type adminFlags struct {
	ask      bool
	profile  string
	clientID string
	secret   secretFlags
}

func (f *adminFlags) register(c *cobra.Command) {
	flags := c.Flags()
	flags.BoolVar(&f.ask, "admin", false, "sign in as an admin, whose credentials are asked for and never saved")
	flags.StringVar(&f.profile, "admin-profile", "", "sign in as the admin of this profile of ~/.databrickscfg")
	completesLive(c, "admin-profile", meant.Profiles)
	flags.StringVar(&f.clientID, "admin-client-id", "", "application ID of the admin; without it the secret is a personal access token")
	flags.BoolVar(&f.secret.stdin, "admin-secret-stdin", false, "read the admin's OAuth secret or token from standard input")
	flags.IntVar(&f.secret.fd, "admin-secret-fd", -1, "read the admin's OAuth secret or token from this file descriptor")
	f.secret.mark(c, "admin-secret")
}

// noAdmin are the flags of a command line that does not mention an admin.
func noAdmin() adminFlags { return adminFlags{secret: noSecret()} }

// anAdmin are the flags of a command line that asks for an admin.
func anAdmin() adminFlags { return adminFlags{secret: noSecret(), ask: true} }

// given reports whether the command line asks for an admin session.
func (f *adminFlags) given() bool {
	return f.ask || f.profile != "" || f.clientID != "" || f.secret.given()
}

// signsIn adds the flags of commands that work as an admin on a workspace to the one above them, and gives what signs in.
func (a *app) signsIn(above *cobra.Command) func(context.Context) (*admin.Session, error) {
	var at workspaceFlags
	var signIn adminFlags
	each := &cobra.Command{}
	at.register(each)
	signIn.register(each)
	above.PersistentFlags().AddFlagSet(each.Flags())
	return func(ctx context.Context) (*admin.Session, error) {
		to, err := at.target(a, &signIn)
		if err != nil {
			return nil, err
		}
		return a.session(ctx, &signIn, to)
	}
}

// session opens an admin session. Close it when done.
func (a *app) session(ctx context.Context, f *adminFlags, to setup.WorkspaceTarget) (*admin.Session, error) {
	if a.stage != nil {
		return a.stage.Demo.Admin(ctx)
	}
	if at := a.at.Load(); at == nil || !at.Host.Same(to.Host) {
		a.about(place.At{Host: to.Host})
	}
	credentials, err := a.adminCredentials(f, to.Host)
	if err != nil {
		return nil, err
	}
	s, err := a.environment(nil).OpenAdmin(to, setup.SignInWay{Creds: credentials})(ctx)
	if err != nil {
		return nil, workspaceError(ctx, "The admin's sign-in: ", err)
	}
	return s, nil
}

func (a *app) adminCredentials(f *adminFlags, host connector.Host) (connector.Credentials, error) {
	if f.profile != "" {
		if f.clientID != "" || f.secret.given() {
			return connector.Credentials{}, usage("The admin's credentials cannot come from two places.", "Give --admin-profile alone, or leave it out.")
		}
		return meant.ProfileCredentials(f.profile, host)
	}
	secret, err := f.secret.read(a, "")
	if err != nil {
		return connector.Credentials{}, err
	}
	id := f.clientID
	if secret.IsZero() {
		if id, secret, err = a.askAdmin(id); err != nil {
			return connector.Credentials{}, err
		}
	}
	if id == "" {
		return connector.Credentials{Method: connector.PAT, Secret: secret}, nil
	}
	client, err := connector.ParseClientID(id)
	if err != nil {
		return connector.Credentials{}, err
	}
	return connector.Credentials{Method: connector.OAuth, ClientID: client, Secret: secret}, nil
}

// askAdmin asks for what is not known yet, the secret without an echo.
func (a *app) askAdmin(id string) (string, connector.Secret, error) {
	if !a.asks() {
		return "", connector.Secret{}, usage("This takes an admin, whose credentials are asked for, and "+a.nobody()+".", "Give --admin-profile, or --admin-client-id and --admin-secret-stdin.")
	}
	ask := a.questions(
		"An admin may make service principals and their secrets, and grant.",
		"An OAuth secret comes with the application ID of its principal; a personal access token stands alone. --admin-profile takes either from ~/.databrickscfg.")
	var err error
	if id == "" {
		ask.Say("Sign in as an admin. What is typed here is never saved.")
		if id, err = ask.Line("Application ID of the admin, or nothing for a personal access token", ""); err != nil {
			return "", connector.Secret{}, left(err)
		}
	}
	label := "OAuth secret of the admin"
	if id == "" {
		label = "Personal access token of the admin"
	}
	raw, err := ask.Passphrase(label) // what stands around it may have blanks
	if err != nil {
		return "", connector.Secret{}, left(err)
	}
	secret, err := connector.ParseSecret(raw)
	return id, secret, err
}

// reaches adds the flags that say which workspace is read and how somebody signs in there, for an inventory.
func (a *app) reaches(c *cobra.Command) inventory.SignIn {
	at, who := workspaceFlags{}, noAdmin()
	at.register(c)
	who.register(c)
	return inventory.Ways(func() (setup.WorkspaceTarget, error) { return at.target(a, &who) }, func() (connector.AllowList, []byte, error) { return at.trust.read(a) },
		func() bool { return at.host != "" || who.given() }, a.environment,
		func(ctx context.Context, to setup.WorkspaceTarget) (*admin.Session, error) {
			return a.session(ctx, &who, to)
		})
}
