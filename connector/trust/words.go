package trust

import "github.com/draftt-io/draftt-databricks/connector"

// What is said where an authority is to be trusted.
const (
	Title      = "Trust a certificate authority"
	LookFirst  = "Compare the fingerprint with what your network team says of it."
	WholePrint = "SHA-256, all of it"
	For        = "What you trust is saved for this connection alone. No secret was sent in this test."
)

// What is wrong where the authority is given in no way, or in two.
var (
	ErrNoWay   = &connector.Error{Kind: connector.ErrInput, What: "Neither a file nor a fingerprint is given.", Remedy: "Ask your network team for one of the two."}
	ErrTwoWays = &connector.Error{Kind: connector.ErrInput, What: "A file and a fingerprint are given.", Remedy: "Empty one of the two."}
)
