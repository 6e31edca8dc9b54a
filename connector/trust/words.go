package trust

import "github.com/draftt-io/draftt-databricks/connector"

// What is said where an authority is to be trusted.
const (
	Title = "Trust a certificate authority"
	For   = "What you trust is saved for this connection alone. No secret was sent yet."
)

// Whom is who can tell whether an authority is right, as it stands in the middle of a sentence.
type Whom string

// Whoever runs a host may have an authority of its own, and so may whoever runs the network on the way to it.
const (
	HostsOwner  Whom = "the host's owner"
	NetworkTeam Whom = "your network team"
)

// WhomToAsk is decided by the host: nobody but the network shows another certificate for a host of Databricks', and behind one that was
// allowed by name is an owner of its own.
func WhomToAsk(host connector.Host) Whom {
	if host.ByAllowList() {
		return HostsOwner
	}
	return NetworkTeam
}

// LookFirst is what to do before a file is trusted.
func (w Whom) LookFirst() string {
	return "Compare the fingerprint with what " + string(w) + " says of it."
}

// Tells is how a fingerprint is to be given.
func (w Whom) Tells() string { return "all of it, as " + string(w) + " tells it" }

// Whom is who can tell of what was seen. Nobody's certificate was seen where a proxy showed its own, which is the network's.
func (s Seen) Whom() Whom { return WhomToAsk(s.host) }
