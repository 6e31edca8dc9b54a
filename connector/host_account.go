package connector

import "strings"

// Account is the host of all accounts of the cloud that a workspace is in. It is zero for a host that was allowed by name, which tells of no
// account.
func (h Host) Account() Host {
	for _, d := range domains {
		if strings.HasSuffix(h.name, d.suffix) {
			return Host{name: "accounts" + d.suffix, port: 443}
		}
	}
	return Host{}
}
