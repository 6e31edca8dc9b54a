package connector

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Cloud is the platform a workspace host belongs to, told from its domain.
type Cloud string

// The clouds of the documented domains. CloudOther is a host that was allowed by name.
const (
	CloudAzure Cloud = "Azure"
	CloudAWS   Cloud = "AWS"
	CloudGCP   Cloud = "Google Cloud"
	CloudOther Cloud = "another domain"
)

// domains are the workspace domains that the Databricks SDK lists for its environments. Anything else must be allowed by name.
var domains = []struct {
	suffix string
	cloud  Cloud
	label  string
}{
	{".azuredatabricks.net", CloudAzure, "Azure"},
	{".databricks.azure.us", CloudAzure, "Azure Government"},
	{".databricks.azure.cn", CloudAzure, "Azure China"},
	{".cloud.databricks.com", CloudAWS, "AWS"},
	{".cloud.databricks.us", CloudAWS, "AWS GovCloud"},
	{".gcp.databricks.com", CloudGCP, "Google Cloud"},
}

var hostLabel = pattern.New(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// Host is a workspace host that passed the allow-list. Only ParseHost makes a usable one, so holding a Host means that
// a secret may be sent to it. The zero Host is empty and refused everywhere.
type Host struct {
	name        string
	port        int
	workspaceID WorkspaceID
	allowed     bool
}

// Name is the host name without scheme or port, in lower case.
func (h Host) Name() string { return h.name }

// Port is the TCP port, 443 unless a host was allowed with another.
func (h Host) Port() int { return h.port }

// WorkspaceID is the number in the host name or in a pasted ?o= parameter, or empty when neither told it.
func (h Host) WorkspaceID() WorkspaceID { return h.workspaceID }

// Same reports whether two hosts are one workspace, that is, one address: what a ?o= told beside it makes no other.
func (h Host) Same(other Host) bool { return h.name == other.name && h.port == other.port }

// IsZero reports whether no host was parsed yet.
func (h Host) IsZero() bool { return h.name == "" }

// ByAllowList reports whether the host is outside the Databricks domains and was allowed by name.
func (h Host) ByAllowList() bool { return h.allowed }

// Typed is the host as a person would type it: without the port of HTTPS.
func (h Host) Typed() string {
	if h.port == 443 {
		return h.name
	}
	return h.Addr()
}

// Addr is the address to dial, "name:port".
func (h Host) Addr() string { return net.JoinHostPort(h.name, strconv.Itoa(h.port)) }

// URL is the base URL of the workspace, always https and without a trailing slash.
func (h Host) URL() string { return "https://" + h.String() }

// String is the host as Databricks asks for it: no scheme, and a port only when it is not 443.
func (h Host) String() string {
	switch {
	case h.port != 443 && h.port != 0:
		return h.Addr()
	case strings.Contains(h.name, ":"): // an IPv6 address, allowed by name
		return "[" + h.name + "]"
	}
	return h.name
}

// Cloud tells the platform from the domain.
func (h Host) Cloud() Cloud {
	for _, d := range domains {
		if strings.HasSuffix(h.name, d.suffix) {
			return d.cloud
		}
	}
	return CloudOther
}

// Describe says in a few words what was recognised, for the line below the field. What a ?o= told is called so: nobody has confirmed it.
func (h Host) Describe() string {
	switch {
	case h.workspaceID == "":
		return h.domain()
	case azureHost().MatchString(h.name):
		return h.domain() + ", workspace " + h.workspaceID.String()
	}
	return h.domain() + ", ?o=" + h.workspaceID.String()
}

// Answered says in a few words which workspace answered at the host, and whether that is the one of the address. Where the answer does not
// tell its number, what was recognised stands.
func (h Host) Answered(as WorkspaceID) (seen string, same bool) {
	switch {
	case as == "":
		return h.Describe(), true
	case h.workspaceID == "" || h.workspaceID == as:
		return h.domain() + ", workspace " + as.String(), true
	}
	return fmt.Sprintf("workspace %s answers, and the address says %s: copy it from the address bar again", as, h.workspaceID), false
}

func (h Host) domain() string {
	for _, d := range domains {
		if strings.HasSuffix(h.name, d.suffix) {
			return d.label
		}
	}
	return "outside the Databricks domains"
}

// AllowList names hosts outside the Databricks domains that a person vouched for, with --allow-host or by typing one twice.
type AllowList []string

// Allow reads one --allow-host value, HOST or HOST:PORT, and returns the longer list. It returns an *Error of kind ErrInput for anything else.
func (l AllowList) Allow(value string) (AllowList, error) {
	if err := RefuseStray(value, "a host"); err != nil {
		return l, err
	}
	name, port, err := splitPort(lowerASCII(strings.TrimSpace(value)))
	if err != nil || name == "" || !plainName(name) {
		return l, &Error{
			Kind:   ErrInput,
			What:   fmt.Sprintf("%q is not a host", CleanLine(value, 80)),
			Remedy: "Give --allow-host a host name or HOST:PORT, without https://.",
		}
	}
	return append(l, net.JoinHostPort(name, strconv.Itoa(port))), nil
}

// ParseAllowList reads the values of --allow-host, each as Allow does.
func ParseAllowList(values []string) (AllowList, error) {
	var list AllowList
	for _, value := range values {
		var err error
		if list, err = list.Allow(value); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// AllowList is the list under which the host was let in: itself where it was allowed by name, and nothing otherwise. What it lets in beside
// the Databricks domains is this host alone.
func (h Host) AllowList() AllowList {
	if !h.allowed {
		return nil
	}
	return AllowList{h.Addr()}
}

func (l AllowList) has(name string, port int) bool {
	want := net.JoinHostPort(name, strconv.Itoa(port))
	for _, entry := range l {
		if entry == want {
			return true
		}
	}
	return false
}

func plainName(name string) bool {
	if addr, err := netip.ParseAddr(strings.Trim(name, "[]")); err == nil {
		return addr.Zone() == ""
	}
	if len(name) > 253 {
		return false
	}
	for _, label := range strings.Split(name, ".") {
		if !hostLabel().MatchString(label) {
			return false
		}
	}
	return true
}

// lowerASCII leaves other letters alone: some, such as the Kelvin sign, have an ASCII letter as their lower case and would be let in by it.
func lowerASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, text)
}

func splitPort(hostport string) (string, int, error) {
	if !strings.Contains(hostport, ":") || strings.HasSuffix(hostport, "]") {
		return strings.Trim(hostport, "[]"), 443, nil
	}
	name, portText, err := net.SplitHostPort(hostport)
	if err != nil {
		return "", 0, fmt.Errorf("split host and port: %w", err)
	}
	port, err := strconv.Atoi(portText)
	if err != nil || port < 1 || port > 65535 {
		return "", 0, fmt.Errorf("port %q is out of range", portText)
	}
	return name, port, nil
}
