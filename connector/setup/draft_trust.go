package setup

import (
	"errors"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/trust"
)

// What a person vouches for beside the answers: a host outside the Databricks domains, which is typed twice before a secret is sent there, and
// certificate authorities that this machine does not know. Both rules are here and nowhere else.

// What is to be done about a foreign host where somebody can be asked, and about what is no host at all.
const (
	typeAgain = "Check the host. If it is right, type it a second time to confirm that a secret may be sent there."
	// AskAgain asks for a foreign host once more, line by line.
	AskAgain = "It is not a Databricks domain. Type the host once more to confirm that a secret may be sent there"
	copyHost = "Copy the host from the address bar of your workspace."
)

// consider keeps a host outside the Databricks domains until it is typed a second time, where somebody can be asked for that.
func (d *Draft) consider(text string, err error) {
	if d.unasked || !errors.Is(err, connector.ErrForeign) {
		return
	}
	what, _ := connector.Words(err)
	refused := &connector.Error{Kind: connector.ErrInput, What: what, Remedy: copyHost}
	if host, ok := connector.Foreign(text); ok {
		d.foreign, refused.Remedy, refused.Cause = host, typeAgain, connector.ErrForeign
	}
	d.hostErr = refused
}

// Attend has somebody be asked from now on: a foreign host of a file is typed a second time like any other.
func (d *Draft) Attend() {
	if d.unasked = false; d.hostErr != nil {
		_, _, _ = d.SetHost(d.hostText, FromFile)
	}
}

// Foreign is the host that is to be typed, or was typed, a second time: nobody vouches for one outside the Databricks domains. It is zero for
// any other.
func (d *Draft) Foreign() connector.Host {
	switch {
	case !d.foreign.IsZero():
		return d.foreign
	case d.host.ByAllowList():
		return d.host
	}
	return connector.Host{}
}

// Confirmed reports whether the host was typed a second time, or a secret was sent to it before the set-up was interrupted or opened for a
// change.
func (d *Draft) Confirmed() bool { return !d.confirmed.IsZero() && d.confirmed.Same(d.host) }

// MustConfirm reports whether the host is to be typed a second time before a secret is sent there.
func (d *Draft) MustConfirm() bool {
	return !d.foreign.IsZero() || d.host.ByAllowList() && !d.Confirmed()
}

// ConfirmHost takes the host that was typed a second time, in any form that SetHost takes, and says what that cleared. The error is a
// *connector.Error of kind ErrInput.
func (d *Draft) ConfirmHost(text string) (cleared []string, err error) {
	first := d.Foreign()
	typed, _, err := connector.ParseHost(text, first.AllowList())
	if errors.Is(err, connector.ErrStray) {
		return nil, err
	}
	if err != nil || !typed.Same(first) {
		what := "The two hosts differ."
		if text == "" {
			what = "The host was typed once."
		}
		return nil, incomplete(what, "Type the host, "+first.Typed()+", once more to confirm that a secret may be sent there.")
	}
	if !d.foreign.IsZero() {
		d.allow = append(slices.Clip(d.allow), d.foreign.AllowList()...)
		cleared = d.takeHost(d.foreign, d.foreignFrom)
		d.foreign = connector.Host{}
	}
	d.confirmed = d.host
	return cleared, nil
}

// The sources of the authorities, of which some are given for any host and some are trusted for one.
const (
	sourceGiven = "trusts"
	sourceHere  = "trusts here"
)

// SetCA has certificate authorities trusted as well: PEM, and the file that it came from for the command that goes on with the same answers.
func (d *Draft) SetCA(pem []byte, path string) {
	d.authorities.Given, d.authorities.Path, d.sources[sourceGiven] = trust.NewSet(pem), path, FromFlag
}

// Trust has authorities trusted for this host alone, and says what that cleared. Whoever calls it has looked at them: see trust.Seen.
func (d *Draft) Trust(a trust.Authorities) (cleared []string) {
	d.authorities.For(d.host, a.PEM())
	d.sources[sourceHere] = FromTrust
	return d.forget(Connect, false)
}

// Trusted are the authorities that are trusted for the connection beside those of this machine, none where nothing is.
func (d *Draft) Trusted() []trust.Certificate { return d.authorities.Certificates() }
