package plain

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

func (p conversation) connect(ctx context.Context) error {
	p.heading(setup.Connect, p.HeadlineOf(setup.Connect))
	p.hint(lint.CAFile, "")
	if err := p.complete(ctx); err != nil {
		return err
	}
	if err := p.confirmGivenHost(ctx); err != nil {
		return err
	}
	for {
		attempt, err := p.ProveConnection()
		if err != nil {
			return err
		}
		p.Say("Testing the connection. %s.", cmp.Or(p.Stays(), "Nothing is saved yet"))
		failed, err := p.climb(ctx, attempt)
		if err != nil {
			return err
		}
		if failed == nil {
			p.Say("Signed in as %s.", p.Draft().Principal().Label())
			return nil
		}
		if err := p.afterFailure(ctx, *failed); err != nil {
			return err
		}
	}
}

// afterFailure asks what to do about a failed test: first what comes next.
func (p conversation) afterFailure(ctx context.Context, failed check.Result) error {
	letters := map[setup.Way]string{setup.Edit: "e", setup.TestAgain: "r", setup.TrustAuthority: "t", setup.UseProxy: "p", setup.ChangeProxy: "p"}
	var ways []prompt.Shortcut
	for _, way := range p.Draft().WaysOut(failed) {
		ways = append(ways, prompt.Shortcut{Letter: letters[way], Does: "to " + way.Does()})
	}
	ways = slices.Insert(ways, 2, prompt.Shortcut{Letter: "a", Does: "to act as admin"})
	choice, err := p.decideOn(&failed, ways...)
	switch {
	case errors.Is(err, prompt.ErrBack), err == nil && choice == "e":
		return p.askConnect(ctx)
	case err == nil && choice == "a":
		return p.makePrincipal(ctx)
	case err == nil && choice == "t":
		err = p.trust(ctx)
	case err == nil && choice == "p":
		err = p.useProxy()
	}
	if errors.Is(err, prompt.ErrBack) { // of a question within these: the test says again what is at fault
		return nil
	}
	return err
}

// complete asks for what is missing: everything, or after an interruption the secret alone.
func (p conversation) complete(ctx context.Context) error {
	d := p.Draft()
	switch {
	case d.Secret().IsZero() && p.Resumed() && !p.returned:
		p.Say("Workspace host %s, client ID %s. The secret was not kept.", d.Host(), d.ClientID())
		if err := p.askSecret(ctx); !errors.Is(err, prompt.ErrBack) {
			return err
		}
		return p.askConnect(ctx)
	case d.Secret().IsZero() || p.returned || d.Check(setup.Connect) == nil || d.Method() == connector.OAuth && d.ClientID() == "":
		return p.askConnect(ctx)
	}
	p.Say("Workspace host %s, client ID %s, %s of %d characters.", cmp.Or(d.Host(), d.Foreign()), d.ClientID(), d.Method().Label(), d.Secret().Len())
	return nil
}

// confirmGivenHost has a host typed once more that nobody was asked for, because the command line or kept answers gave it.
func (p conversation) confirmGivenHost(ctx context.Context) error {
	if !p.Draft().MustConfirm() {
		return nil
	}
	if err := p.confirmHost(ctx); !errors.Is(err, prompt.ErrBack) {
		return err
	}
	return p.askConnect(ctx)
}

// askConnect asks for the values of the first step, one question after the other; going back from the first one asks it again.
func (p conversation) askConnect(ctx context.Context) error {
	asks := []func(context.Context) error{p.askHost, p.confirmHost, p.askMethod, p.askClientID, p.askSecret}
	for i, by := 0, 1; i < len(asks); i += by {
		err := asks[i](ctx)
		switch {
		case err == nil:
			p.KeepNow(ctx)
			by = 1
		case errors.Is(err, errSkip): // in the direction that the person goes
		case errors.Is(err, prompt.ErrBack) && i == 0:
			p.NothingBefore()
			by = 0
		case errors.Is(err, prompt.ErrBack):
			by = -1
		default:
			return err
		}
	}
	return nil
}

// errSkip says that a question does not arise. Going back passes it by as well.
var errSkip = errors.New("this question does not arise")

func (p conversation) askHost(context.Context) error {
	d := p.Draft()
	def, err := p.given(lint.Host, d.HostText(), d.HostProblem())
	if err != nil {
		return err
	}
	return p.until("Workspace host", def, func(text, letter string) error {
		if letter == "l" {
			host, err := p.knownHost()
			if err != nil {
				return err
			}
			text = host
		}
		_, _, err := d.SetHost(text, setup.FromYou)
		switch {
		case err == nil:
			p.Say("%s", d.Host().Describe())
			p.hint(lint.Host, "")
			return p.leftOut(lint.Host)
		case errors.Is(err, connector.ErrForeign): // it is asked for once more next
			return nil
		}
		return p.misplaced(p.better(lint.Host, err))
	}, prompt.Shortcut{Letter: "l", Does: "to list those that the Databricks CLI knows"})
}

// knownHost lets a person choose a host from the file of the Databricks CLI, which is only read when they ask.
func (p conversation) knownHost() (string, error) {
	hosts, err := p.ProfileHosts()
	if err != nil {
		return "", err
	}
	var names []string
	for _, h := range hosts {
		names = append(names, h.Profile+", "+h.Host.Typed())
	}
	i, err := p.Choose("Workspace hosts of .databrickscfg. Only the host is taken from the profile.", names, -1)
	if err != nil {
		return "", err
	}
	return hosts[i].Host.Typed(), nil
}

func (p conversation) confirmHost(context.Context) error {
	d := p.Draft()
	if d.Foreign().IsZero() {
		return errSkip
	}
	return p.until(setup.AskAgain, "", func(text, _ string) error {
		_, err := d.ConfirmHost(text)
		return err
	})
}

func (p conversation) askMethod(context.Context) error {
	methods := []connector.AuthMethod{connector.OAuth, connector.PAT}
	which, err := p.Choose("Sign in with", []string{"OAuth secret (recommended)", "personal access token (legacy). " + setup.PATReason}, slices.Index(methods, p.Draft().Method()))
	if err == nil {
		p.Draft().SetMethod(methods[which])
	}
	return err
}

func (p conversation) askClientID(ctx context.Context) error {
	d := p.Draft()
	for d.Method() == connector.OAuth {
		act := false
		def, err := p.given(lint.ClientID, d.ClientIDText(), d.ClientIDProblem())
		if err != nil {
			return err
		}
		err = p.until("Client ID", def, func(text, letter string) error {
			if act = letter == "a"; act {
				return nil
			}
			_, err := d.SetClientID(text, setup.FromYou)
			return p.misplaced(p.better(lint.ClientID, err))
		}, prompt.Shortcut{Letter: "a", Does: "to have an admin make a service principal"})
		if err != nil || !act {
			return err
		}
		if err := p.makePrincipal(ctx); err != nil {
			return err
		}
		if !d.Secret().IsZero() && d.ClientID() != "" {
			p.filled = true
			return nil
		}
	}
	return errSkip
}

// makePrincipal has an admin make or pick the service principal.
func (p conversation) makePrincipal(ctx context.Context) error {
	return p.act(ctx, setup.PrincipalTask(), func(out admin.Outcome) { p.Say("%s", p.TakeMade(out)) })
}

// askSecret keeps a secret that is there when the person says so, and asks for one without echo otherwise.
func (p conversation) askSecret(context.Context) error {
	d := p.Draft()
	if filled := p.filled; filled && !d.Secret().IsZero() {
		p.filled = false
		return nil
	}
	if !d.Secret().IsZero() {
		keep, err := p.Confirm(fmt.Sprintf("Keep the %s of %d characters?", d.Method().Label(), d.Secret().Len()), d.Connected())
		if err != nil || keep {
			return err
		}
	}
	for {
		secret, err := p.Passphrase(words.UpperFirst(d.Method().Label())) // what stands around it may have blanks
		if err != nil {
			return err
		}
		d.SetSecret(connector.NewSecret(secret))
		problem := d.SecretProblem()
		if problem == nil {
			p.hint(lint.Secret, "")
			return nil
		}
		if errors.Is(problem, setup.ErrTakesToken) || errors.Is(problem, setup.ErrTakesOAuth) {
			problem = &connector.Error{Kind: connector.ErrInput, What: problem.Error(), Remedy: "Paste the other one, or go back to choose how to sign in."}
			d.SetSecret(connector.Secret{})
		}
		p.complain(problem)
	}
}
