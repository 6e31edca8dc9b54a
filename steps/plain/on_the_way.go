package plain

import (
	"context"
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/trust"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// trust has an authority trusted for the connection: by its file, or by the fingerprint of one that was seen.
func (p conversation) trust(ctx context.Context) error {
	p.Say("%s %s", p.TrustWhy(), trust.For)
	if told := p.NetworkTeam(); told != "" {
		p.Say("%s", told)
	}
	seen := p.Untrusted()
	if seen.IsZero() {
		return p.trustFile(ctx)
	}
	way, err := p.Choose("How do you know it?", []string{"By its file", "By its fingerprint", "Look at what was seen first"}, 0)
	for err == nil && way == 2 {
		p.Say("%s", seen.Text())
		way, err = p.Choose("How do you know it?", []string{"By its file", "By its fingerprint"}, 0)
	}
	switch {
	case err != nil:
		return err
	case way == 0:
		return p.trustFile(ctx)
	}
	return p.until("SHA-256 fingerprint of the authority, "+seen.Tells(), "", func(text, _ string) error {
		_, err := p.TrustSeen(text)
		return err
	})
}

// trustFile reads a file, says what is in it, and has that trusted when the person says so.
func (p conversation) trustFile(ctx context.Context) error {
	return p.until("Path of the CA file", "", func(text, _ string) error {
		found, err := prompt.Patiently(ctx, p.Asker, "reading the file", p.ReadAuthorities(text))
		if err != nil {
			return err
		}
		return p.agreeTo(found)
	})
}

func (p conversation) agreeTo(found trust.Authorities) error {
	p.Say("%s", found.Text())
	p.Say("%s", p.Untrusted().LookFirst())
	yes, err := p.Confirm("Trust it?", false)
	switch {
	case err != nil:
		return err
	case !yes:
		return prompt.ErrBack
	}
	p.Trust(found)
	return nil
}

// useProxy asks for a proxy for this run, beginning with the one that the way leads through now.
func (p conversation) useProxy() error {
	now, said := p.ProxyNow()
	p.Say("Now: %s. %s", said, workspace.ProxyForNow)
	asked, known := now.Asked()
	for {
		address, letter, err := p.LineOr("Proxy, such as "+workspace.ProxyExample, asked, prompt.Shortcut{Letter: "n", Does: "to go " + workspace.PastProxies})
		if err != nil {
			return err
		}
		user, password := "", connector.Secret{}
		if letter == "" && address != "" {
			if user, password, err = p.proxySignIn(address, known); err != nil {
				return err
			}
		}
		proxy, err := workspace.ReadProxy(address, user, password)
		if err == nil {
			p.UseProxy(proxy)
			return nil
		}
		p.complain(err)
	}
}

// errNoPassword is the answer of who signs in by a name alone.
var errNoPassword = errors.New("the proxy wants no password")

// proxySignIn asks for what a proxy may want and its address does not have. known is the user name that it has now.
func (p conversation) proxySignIn(address, known string) (user string, password connector.Secret, err error) {
	switch proxy, wrong := workspace.ReadProxy(address, "", connector.Secret{}); {
	case !workspace.SignsIn(address):
		if user, err = p.Line("User name, "+workspace.ProxyWants, known); err != nil || user == "" {
			return "", connector.Secret{}, err
		}
	case wrong != nil || !proxy.LacksPassword():
		return "", connector.Secret{}, nil
	}
	given, err := p.Passphrase("Password of the proxy", prompt.SecretWay{Letter: 'n', Does: "for none", Err: errNoPassword})
	if errors.Is(err, errNoPassword) {
		err = nil
	}
	return user, connector.NewSecret(given), err
}
