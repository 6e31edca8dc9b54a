package workspace

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/draftt-io/draftt-databricks/connector"
)

// What is asked where a proxy is given for one run, and what is said of it.
const (
	ProxyTitle   = "Use a proxy"
	ProxyForNow  = "For this run alone, and not saved; set HTTPS_PROXY for later ones."
	ProxyExample = "http://proxy.example.com:3128"
	ProxyWants   = "where the proxy wants one"
	PastProxies  = "without a proxy"
)

// Proxy is the way out that a person gave for one run: through a proxy, or with the zero value past any. It prints without its password,
// which stands behind a function as that of a Secret does.
type Proxy struct{ via func() *url.URL }

// ReadProxy reads the address of a proxy as the variables of the environment are read. A user name and a password that are given beside it
// need no encoding; they take the place of what stands in it, and a password alone goes with the user name that stands there. An empty
// address is the way past any proxy. The error is a *connector.Error of kind ErrInput, or wraps one; a secret of Databricks is none of a
// proxy, and its error is a connector.ErrStray.
func ReadProxy(address, user string, password connector.Secret) (Proxy, error) {
	noteProxy("", user)
	switch {
	case address == "" && user != "":
		return Proxy{}, &connector.Error{Kind: connector.ErrInput, What: "A user name is given, and no proxy.", Remedy: "Give the proxy's host and port as well."}
	case address == "" && password.IsZero():
		return Proxy{}, nil
	}
	via := &url.URL{}
	if address != "" {
		read, err := readProxy("", address)
		if err != nil {
			return Proxy{}, err
		}
		via = read
	}
	if user == "" && !password.IsZero() {
		user = via.User.Username()
	}
	switch {
	case user == "" && !password.IsZero():
		return Proxy{}, &connector.Error{Kind: connector.ErrInput, What: "A password is given, and no user name.", Remedy: "Give both, or neither."}
	case user != "" && password.IsZero():
		via.User = url.User(user)
	case user != "":
		via.User = url.UserPassword(user, string(password.Reveal()))
	}
	if err := errors.Join(connector.RefuseStray(via.Hostname(), "the proxy"), connector.RefuseStray(via.User.Username(), "a user name")); err != nil {
		return Proxy{}, err
	}
	if word, _ := via.User.Password(); word != "" {
		if err := connector.RefuseStray(word, "the proxy's password"); err != nil {
			return Proxy{}, err
		}
	}
	return Proxy{via: func() *url.URL { return via }}, nil
}

// SignsIn reports whether the address of a proxy has a sign-in in it, which needs none beside it then.
func SignsIn(address string) bool { return takeApart("", address).signsIn }

// IsZero reports whether the way leads past any proxy.
func (p Proxy) IsZero() bool { return p.via == nil }

// LacksPassword reports a proxy with a user name and no password.
func (p Proxy) LacksPassword() bool {
	if p.IsZero() || p.via().User.Username() == "" {
		return false
	}
	_, given := p.via().User.Password()
	return !given
}

// String is the address without a password.
func (p Proxy) String() string {
	if p.IsZero() {
		return "no proxy"
	}
	return connector.CleanLine(withoutPassword(p.via()), 120)
}

// GoString is String, for %#v.
func (p Proxy) GoString() string { return p.String() }

// Through is the network by the way that a person gave, whatever the environment says. This machine itself is reached past any proxy, as the
// environment has it: another machine would take its names for its own.
func (n Network) Through(p Proxy) Network {
	n.Proxy = func(r *http.Request) (*url.URL, error) {
		if p.IsZero() || (*exemptions)(nil).keeps(r.URL, "") {
			return nil, nil
		}
		return p.via(), nil
	}
	n.ProxyVariable, n.exemptions, n.given = "", nil, true
	return n
}
