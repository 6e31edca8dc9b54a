package setup

import (
	"errors"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

// Host is the parsed host, zero while what was typed does not parse; HostText is what was typed.
func (d *Draft) Host() connector.Host { return d.host }

// HostText is the host as typed.
func (d *Draft) HostText() string { return d.hostText }

// SetHost takes the host in any form that ParseHost accepts, and returns the notes of what was left out. A host that differs from the
// last good one clears everything that was learnt from the old workspace. The error is a *connector.Error of kind ErrInput. Where that is a
// connector.ErrForeign, the host is not taken before it was typed a second time; see ConfirmHost.
func (d *Draft) SetHost(text string, from Source) (notes, cleared []string, err error) {
	d.hostText = d.shownText(lint.Host, text)
	host, notes, err := d.parseHost(text)
	d.host, d.hostErr, d.foreign, d.foreignFrom = host, err, connector.Host{}, from
	if err != nil {
		d.consider(text, err)
		return notes, nil, d.hostErr
	}
	if cleared = d.takeHost(host, from); from == FromFlag && host.ByAllowList() {
		d.confirmed = host // a command line that gives a host and allows it by name has said it twice
	}
	return notes, cleared, nil
}

// takeHost takes a host that was parsed, and clears what was learnt from another workspace.
func (d *Draft) takeHost(host connector.Host, from Source) (cleared []string) {
	d.host, d.hostErr = host, nil
	if host.Same(d.lastHost) {
		d.lastHost = host
		return nil
	}
	cleared = d.forget(Warehouse, true)
	if !d.secretOf.IsZero() && !d.secretOf.Same(d.host) {
		d.dropSecret()
		cleared = append(cleared, "the saved secret")
	}
	d.lastHost, d.sources["host"] = d.host, from
	if d.authorities.Leave(d.host) {
		cleared = append(cleared, "the certificate authority that was trusted for it")
	}
	return cleared
}

// parseHost reads a host under the rules of this set-up, without taking it. Its results are those of connector.ParseHost.
func (d *Draft) parseHost(text string) (connector.Host, []string, error) {
	return connector.ParseHost(text, d.allow)
}

// HostProblem says why what was typed is no host, or is nil.
func (d *Draft) HostProblem() error { return d.hostErr }

// Method is how the connection signs in.
func (d *Draft) Method() connector.AuthMethod { return d.method }

// SetMethod chooses between an OAuth secret and a personal access token. What was pasted for the one is not tried as the other.
func (d *Draft) SetMethod(m connector.AuthMethod) (cleared []string) {
	if m == d.method {
		return nil
	}
	d.method = m
	d.dropSecret()
	return d.forget(Connect, false)
}

// ClientID is the application ID, empty while what was typed is none.
func (d *Draft) ClientID() connector.ClientID { return d.clientID }

// ClientIDText is the client ID as typed.
func (d *Draft) ClientIDText() string { return d.idText }

// ClientIDProblem says why what was typed is no client ID, or is nil.
func (d *Draft) ClientIDProblem() error { return d.idErr }

// SetClientID takes the application ID. The error is a *connector.Error of kind ErrInput.
func (d *Draft) SetClientID(text string, from Source) (cleared []string, err error) {
	d.idText = d.shownText(lint.ClientID, text)
	id, err := connector.ParseClientID(text)
	if d.idErr = err; err != nil {
		id = ""
	}
	if id == d.clientID {
		return nil, err
	}
	d.clientID, d.sources["client"] = id, from
	return d.forget(Connect, false), err
}

// Secret is the OAuth secret or token, zero when none was given.
func (d *Draft) Secret() connector.Secret { return d.secret }

// SecretGiven is what was given as the secret, which need not be one.
func (d *Draft) SecretGiven() connector.Secret { return d.secretGiven }

func (d *Draft) dropSecret() {
	d.secret, d.secretGiven, d.secretErr, d.secretOf = connector.Secret{}, connector.Secret{}, nil, connector.Host{}
}

// SetSecret takes the secret in any form that connector.ParseSecret takes. Giving the same one again changes nothing.
func (d *Draft) SetSecret(s connector.Secret) (cleared []string) {
	if s.Equal(d.secretGiven) {
		return nil
	}
	d.secretGiven = s
	if s, d.secretErr = s.Tidied(); s.Equal(d.secret) {
		return nil
	}
	reach := d.reach && d.method == connector.OAuth // another secret of the same principal changes no privilege
	d.secret, d.secretOf, d.secretExpires = s, connector.Host{}, time.Time{}
	cleared = d.forget(Connect, false)
	d.reach = reach
	return cleared
}

// ErrTakesToken and ErrTakesOAuth are in the problem of a secret that is good for the other way to sign in; each face knows how to choose it.
// ErrNoSecret is in that of one that was not given yet.
var (
	ErrTakesToken = errors.New("a token was given")
	ErrTakesOAuth = errors.New("an OAuth secret was given")
	ErrNoSecret   = errors.New("no secret was given")
)

// SecretProblem says why the secret cannot be right, or is nil. One that is for the other way to sign in is told by its shape.
func (d *Draft) SecretProblem() error {
	shape := d.secret.Shape()
	looks := "This looks like " + shape.Called() + "."
	switch {
	case d.secretErr != nil:
		return d.secretErr
	case d.secret.IsZero() && d.method == connector.PAT:
		return &connector.Error{Kind: connector.ErrInput, What: "The token is empty.", Remedy: "Paste the personal access token; it starts with dapi.", Cause: ErrNoSecret}
	case d.secret.IsZero():
		return &connector.Error{Kind: connector.ErrInput, What: "The OAuth secret is empty.", Remedy: "Paste the secret from Service principals › your principal › Secrets.", Cause: ErrNoSecret}
	case d.method == connector.OAuth && shape.Method() == connector.PAT:
		return &connector.Error{Kind: connector.ErrInput, What: looks, Remedy: "Sign in with a token.", Cause: ErrTakesToken}
	case d.method == connector.PAT && shape.Method() == connector.OAuth:
		return &connector.Error{Kind: connector.ErrInput, What: looks, Remedy: "Sign in with an OAuth secret.", Cause: ErrTakesOAuth}
	}
	return nil
}

// Credentials are what the draft signs in with.
func (d *Draft) Credentials() connector.Credentials {
	id := d.clientID
	if d.method == connector.PAT {
		id = ""
	}
	return connector.Credentials{Method: d.method, ClientID: id, Secret: d.secret}
}

// Principal is who the tested values signed in.
func (d *Draft) Principal() connector.Principal { return d.principal }

// SetConnected keeps the results of a test of the present values. Only a ladder without a failure completes the step.
func (d *Draft) SetConnected(results []check.Result, who connector.Principal) {
	if check.Failure(results) == nil {
		d.connected, d.principal = results, who
	}
}

// Connected reports whether the present values passed the connection test.
func (d *Draft) Connected() bool { return d.connected != nil }
