package trust

import "github.com/draftt-io/draftt-databricks/connector"

// What is said where an authority is to be trusted.
const (
	Title = "Trust a certificate authority"
	For   = "What you trust is saved for this connection alone. No secret was sent in this test."
)

// Whom is who can tell of what was seen. Nobody's certificate was seen where a proxy showed its own, which is the network's.
func (s Seen) Whom() connector.Whom { return connector.WhomToAsk(s.host) }

// LookFirst is what to do before a file is trusted.
func (s Seen) LookFirst() string {
	return "Compare the fingerprint with what " + string(s.Whom()) + " says of it."
}

// Tells is how a fingerprint is to be given.
func (s Seen) Tells() string { return "all of it, as " + string(s.Whom()) + " tells it" }
