package plain

import (
	"context"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
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
		return told(err)
	})
}

// trustFile reads a file, says what is in it, and has that trusted when the person says so.
func (p conversation) trustFile(ctx context.Context) error {
	return p.until("Path of the CA file", "", func(text, _ string) error {
		found, err := prompt.Patiently(ctx, p.Asker, "reading the file", p.ReadAuthorities(text))
		if err != nil {
			return told(err)
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

// told is an error in the words of the causes table, where it is not one of ours already. That a person went away passes.
func told(err error) error {
	if err == nil || prompt.GoesAway(err) {
		return err
	}
	return &connector.Error{Kind: connector.ErrInput, What: setup.Trouble(err)}
}

// useProxy asks for a proxy for this run. An empty address is the way past any.
func (p conversation) useProxy() error {
	p.Say("Now: %s. %s", p.ProxyNow(), setup.ProxyForNow)
	for {
		address, err := p.Line("Proxy, such as http://proxy.example.com:3128", "")
		if err != nil {
			return err
		}
		user, password := "", connector.Secret{}
		if address != "" && !strings.Contains(address, "@") {
			if user, password, err = p.proxySignIn(); err != nil {
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

// proxySignIn asks for what a proxy may want.
func (p conversation) proxySignIn() (user string, password connector.Secret, err error) {
	if user, err = p.Line("User name, where the proxy wants one", ""); err != nil || user == "" {
		return "", connector.Secret{}, err
	}
	given, err := p.Passphrase("Password of the proxy")
	return user, connector.NewSecret(given), err
}
