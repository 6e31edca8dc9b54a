package cmd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
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
	flags.StringVar(&f.clientID, "admin-client-id", "", "application ID of the admin; without it the secret is a personal access token")
	flags.BoolVar(&f.secret.stdin, "admin-secret-stdin", false, "read the admin's OAuth secret or token from standard input")
	flags.IntVar(&f.secret.fd, "admin-secret-fd", -1, "read the admin's OAuth secret or token from this file descriptor")
}

// noAdmin are the flags of a command line that does not mention an admin.
func noAdmin() adminFlags { return adminFlags{secret: noSecret()} }

// given reports whether the command line asks for an admin session.
func (f *adminFlags) given() bool {
	return f.ask || f.profile != "" || f.clientID != "" || f.secret.given()
}

// line is the way to a workspace.
type line struct {
	host    connector.Host
	caCerts []byte
}

func (l line) network() workspace.Network { return workspace.Network{ExtraCAs: l.caCerts} }

func lineOf(c connector.Connection) line { return line{c.Host, c.CACerts} }

// session opens an admin session. Close it when done.
func (a *app) session(ctx context.Context, f *adminFlags, to line) (*admin.Session, error) {
	credentials, err := a.adminCredentials(f, to.host)
	if err != nil {
		return nil, err
	}
	s, err := admin.Open(ctx, admin.Config{Host: to.host, Credentials: credentials, Network: to.network(), Version: a.version})
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
		return fromProfile(f.profile, host)
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
	if !term.IsTerminal(a.in.Fd()) {
		return "", connector.Secret{}, usage("This takes an admin, and there is no terminal to ask for credentials on.", "Give --admin-profile, or --admin-client-id and --admin-secret-stdin.")
	}
	ask := a.questions(
		"An admin may make service principals and their secrets, and grant.",
		"An OAuth secret comes with the application ID of its principal; a personal access token stands alone. --admin-profile takes either from ~/.databrickscfg.")
	var err error
	if id == "" {
		ask.Say("Sign in as an admin. What is typed here is used once and never saved.")
		if id, err = ask.Line("Application ID of the admin, or nothing for a personal access token", ""); err != nil {
			return "", connector.Secret{}, left(err)
		}
	}
	label := "OAuth secret of the admin"
	if id == "" {
		label = "Personal access token of the admin"
	}
	raw, err := ask.Secret(label)
	return id, connector.NewSecret(raw), left(err)
}

// left turns a question that was left, or the end of the input, into leaving.
func left(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, prompt.ErrInterrupted) || errors.Is(err, prompt.ErrLeft) {
		return &exitError{code: exitLeft, quiet: true}
	}
	return err
}

func profiles() ([]admin.Profile, error) {
	path, err := admin.ProfileFile()
	if err != nil {
		return nil, err
	}
	return admin.Profiles(path)
}

// fromProfile takes the credentials of a profile, and only for the workspace that they belong to.
func fromProfile(name string, host connector.Host) (connector.Credentials, error) {
	p, err := profileNamed(name)
	if err != nil {
		return connector.Credentials{}, err
	}
	theirs, err := sameAllowed(p.Host, host)
	switch {
	case p.Unusable != "":
		return connector.Credentials{}, usage(fmt.Sprintf("The profile %s cannot be used: %s.", p.Name, p.Unusable), "Name another profile, or give --admin-client-id.")
	case err != nil || theirs.String() != host.String():
		return connector.Credentials{}, usage(fmt.Sprintf("The profile %s is for another workspace, %s.", p.Name, connector.CleanLine(p.Host, 100)), "Name a profile of "+host.String()+".")
	}
	return p.Credentials, nil
}

func profileNamed(name string) (admin.Profile, error) {
	all, err := profiles()
	if err != nil {
		return admin.Profile{}, err
	}
	var names []string
	for _, p := range all {
		if strings.EqualFold(p.Name, strings.TrimSpace(name)) {
			return p, nil
		}
		names = append(names, p.Name)
	}
	remedy := "There is none in " + filepath.Join("~", ".databrickscfg") + "."
	if len(names) > 0 {
		remedy = "There are: " + strings.Join(names, ", ") + "."
	}
	return admin.Profile{}, usage(fmt.Sprintf("There is no profile %q with a host.", connector.CleanLine(name, 60)), remedy)
}

// sameAllowed reads a host under the rule that let another one in.
func sameAllowed(text string, other connector.Host) (connector.Host, error) {
	var allow connector.AllowList
	if other.ByAllowList() {
		var err error
		if allow, err = allow.Allow(other.String()); err != nil {
			return connector.Host{}, err
		}
	}
	host, _, err := connector.ParseHost(text, allow)
	return host, err
}

// workspaceError names an error of the workspace or of the network by its cause. Errors that have words of their own pass.
func workspaceError(ctx context.Context, lead string, err error) error {
	var known *connector.Error
	var exit *exitError
	switch {
	case err == nil, errors.As(err, &known), errors.As(err, &exit):
		return err
	case ctx.Err() != nil:
		return &exitError{code: exitLeft, quiet: true}
	}
	f := check.Explain(err)
	if f.Pattern == "unknown" {
		f.Reason = connector.CleanLine(err.Error(), 300)
	}
	return &exitError{code: f.Exit, err: &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("%s%s. %s", lead, f.Cause, f.Reason), Remedy: f.Remedy.Text}}
}

// journal keeps what admin sessions changed, beside the saved connections.
func (a *app) journal() (*admin.Journal, error) {
	v, err := a.vault()
	if err != nil {
		return nil, err
	}
	return setup.Environment{Vault: v}.Journal()
}
