package connector

// Whom is who can tell whether a certificate is right, as it stands in the middle of a sentence.
type Whom string

// Whoever runs a host may have an authority of its own, and so may whoever runs the network on the way to it.
const (
	HostsOwner  Whom = "the host's owner"
	NetworkTeam Whom = "your network team"
)

// WhomToAsk is decided by the host: nobody but the network shows another certificate for a host of Databricks', and behind one that was
// allowed by name is an owner of its own.
func WhomToAsk(host Host) Whom {
	if host.ByAllowList() {
		return HostsOwner
	}
	return NetworkTeam
}
