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

// ParseAccountHost reads the host of accounts: that of a cloud, or one outside the Databricks domains that a person names, as HOST or HOST:PORT. It
// returns an *Error of kind ErrInput for anything else.
func ParseAccountHost(text string) (Host, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(lowerASCII(strings.TrimSpace(text)), "https://"), "/")
	for _, d := range domains {
		if name == "accounts"+d.suffix {
			return Host{name: name, port: 443}, nil
		}
	}
	allow, err := AllowList(nil).Allow(name)
	if err != nil {
		return Host{}, err
	}
	h, _, err := ParseHost(name, allow)
	return h, err
}
