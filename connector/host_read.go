package connector

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

const (
	hostExample = "Enter a host like adb-1234567890123456.7.azuredatabricks.net and nothing else."
	copyAgain   = "Copy it again from the address bar of your workspace."
)

var (
	azureHost = pattern.New(`^adb-(\d{5,20})\.\d{1,3}\.`)
	number    = pattern.New(`^(\d+|0x[0-9a-f]*)$`)

	hostSetting = settingOf(`host|hostname|server|instance|workspace|url|address|link`)
	// webScheme is http or https as it is typed, a letter, the colon or a slash short.
	webScheme   = pattern.New(`(?i)^ht{1,2}ps?(?:[:;][/\\]*|[/\\]{1,3})`)
	plainScheme = pattern.New(`(?i)^http[^s]`)
	otherScheme = pattern.New(`(?i)^[a-z][a-z0-9+.-]*://`)
	// driverURL is the address of a driver, JDBC or SQLAlchemy; its second group is the host.
	driverURL    = pattern.New(`(?i)^(?:jdbc:)+(?:[a-z0-9+]+:)*//([^/@;?\s]*@)?([^/;?@\s]+)|^(?:databricks|spark|hive)[a-z0-9+]*://(\S*@)?([^/;?@\s]+)`)
	moreSettings = pattern.New(`;\s*\w+\s*=`)
	// driverSetting is the host in the settings of an ODBC driver.
	driverSetting = pattern.New(`(?i)(?:^|[;\s])(?:host|server|server_?hostname)\s*=\s*["'{]?([^;"'\s]+)`)
)

// notes on what was left out of a host.
const (
	noteScheme = "http was dropped, only https is used"
	notePath   = "the path was left out"
	noteDriver = "only the host was taken of what a driver is given"
	noteStray  = "a secret in it was left out; if it was shown or written down elsewhere, replace it"
)

// ParseHost accepts a workspace host in any form that people paste: a bare host, a URL, a line of a settings file, a Markdown link, the
// address or the settings of a driver, with a path, ?o=, quotes, blanks or punctuation around it. It returns the host and a phrase for each
// thing it left out, or an *Error of kind ErrInput; that is also an ErrStray where a secret stands in the host's place.
// Only https is ever used; user information, other ports, addresses and unknown domains are refused unless allow names them.
// The host is noted for share mode, a refused one too unless it holds a secret.
func ParseHost(input string, allow AllowList) (Host, []string, error) {
	stray, strays := FindStray(input)
	text, notes := readHost(input)
	if text == "" {
		return Host{}, nil, &Error{Kind: ErrInput, What: "The workspace host is empty.", Remedy: "Copy it from the address bar of your workspace, for example adb-1234567890123456.7.azuredatabricks.net."}
	}
	u, err := url.Parse("https://" + text)
	switch {
	case err == nil && u.User != nil && strays:
		return Host{}, nil, &Error{Kind: ErrInput, What: "The address carries a user name and a secret.", Remedy: "Remove everything up to the @. " + Exposed, Cause: ErrStray}
	case strays && (err != nil || u.Host == "" || holdsStray(u.Host)):
		return Host{}, nil, stray.refusal("the workspace host")
	case otherScheme().MatchString(text):
		return Host{}, nil, &Error{Kind: ErrInput, What: fmt.Sprintf("%q is not a workspace address.", CleanLine(text, 80)), Remedy: hostExample}
	case strings.ContainsAny(strings.TrimSpace(text), " \t\r\n"):
		return Host{}, nil, &Error{Kind: ErrInput, What: "This does not read as a host: there is a blank or a line break in it.", Remedy: hostExample}
	case err != nil || u.Host == "":
		return Host{}, nil, &Error{Kind: ErrInput, What: "This does not read as a host.", Remedy: hostExample}
	case u.User != nil:
		return Host{}, nil, &Error{Kind: ErrInput, What: "The address carries a user name.", Remedy: "Remove everything up to the @."}
	}
	name, port, err := splitPort(lowerASCII(u.Host))
	if err != nil {
		return Host{}, nil, &Error{Kind: ErrInput, What: "The port is not a number.", Remedy: "Leave the port out."}
	}
	name = strings.TrimSuffix(name, ".")
	if strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		notes = append(notes, notePath)
	}
	if strays {
		notes = append(notes, noteStray)
	}
	host := Host{name: name, port: port, workspaceID: workspaceID(name, u.Query())}
	Known().Note(KindHost, name) // a refused one too: it is offered again, and may be on a shared screen
	Known().Note(KindWorkspace, string(host.workspaceID))
	if allow.has(name, port) {
		host.allowed = host.Cloud() == CloudOther || port != 443
		return host, notes, nil
	}
	if err := refuse(name, port); err != nil {
		return Host{}, notes, err
	}
	return host, notes, nil
}

// WorkspaceHost reads a text that was given as something else, and is false unless that is a host within the Databricks domains. Unlike
// ParseHost it notes nothing of other texts.
func WorkspaceHost(text string) (Host, bool) {
	if !strings.Contains(strings.ToLower(text), "databricks") || holdsStray(text) {
		return Host{}, false
	}
	host, _, err := ParseHost(text, nil)
	return host, err == nil
}

// readHost takes off what stands around a host, the scheme too, and says what of that was more than form. What is left may have a port, a
// path and a query.
func readHost(input string) (text string, notes []string) {
	if inner, ok := driverHost(strings.Map(visibly, input)); ok {
		return inner, []string{noteDriver}
	}
	text = unwrapped(input, hostSetting)
	for _, end := range []string{").", ">.", "].", `".`, "'.", "”.", "’.", ",.", ";."} {
		if strings.HasSuffix(text, end) {
			text = unwrapped(strings.TrimSuffix(text, "."), hostSetting)
		}
	}
	if inner, ok := driverHost(text); ok {
		return inner, []string{noteDriver}
	}
	for at := webScheme().FindString(text); at != ""; at = webScheme().FindString(text) {
		if plainScheme().MatchString(text) && len(notes) == 0 {
			notes = append(notes, noteScheme)
		}
		text = text[len(at):]
	}
	return text, notes
}

// driverHost finds the host in what a driver is given.
func driverHost(text string) (string, bool) {
	if at := driverURL().FindStringSubmatch(text); at != nil {
		return at[2] + at[4], true
	}
	if at := driverSetting().FindStringSubmatch(text); at != nil && moreSettings().MatchString(text) {
		return at[1], true
	}
	return "", false
}

func holdsStray(text string) bool {
	_, strays := FindStray(text)
	return strays
}

// refuse is nil for a host within the Databricks domains; otherwise it says which rule the host breaks.
func refuse(name string, port int) error {
	known := false
	for _, d := range domains {
		known = known || strings.HasSuffix(name, d.suffix) && len(name) > len(d.suffix)
	}
	address, ipErr := netip.ParseAddr(strings.Trim(name, "[]"))
	switch {
	case strings.HasPrefix(name, "accounts."):
		return &Error{Kind: ErrInput, What: "This is the account console, not a workspace.", Remedy: "Open your workspace and copy the host from its address bar."}
	case ipErr == nil && address.Is4() && address.IsLoopback():
		return refuseForeign(name, port)
	case ipErr == nil, numbered(name):
		return &Error{Kind: ErrInput, What: "This is an IP address, not a workspace host.", Remedy: "Use the workspace's own name. Private Link keeps that name."}
	case endsInNumber(name):
		return &Error{Kind: ErrInput, What: "This is not a host: no domain ends in a number.", Remedy: copyAgain}
	case !plainName(name):
		return &Error{Kind: ErrInput, What: "The host has characters that no workspace host has.", Remedy: copyAgain}
	case !known:
		return refuseForeign(name, port)
	case port != 443:
		return &Error{Kind: ErrInput, What: fmt.Sprintf("Port %d is not the workspace's.", port), Remedy: "Leave the port out."}
	}
	return nil
}

// numbered reports a name that resolvers read as an IPv4 address, such as 127.1, 0x7f.1 and 2130706433: up to four labels, all of them numbers
// that fit into what is left of it. The ID of a workspace does not.
func numbered(name string) bool {
	labels := strings.Split(name, ".")
	for i, label := range labels {
		bits := 8
		if i == len(labels)-1 {
			bits = 32 - 8*i
		}
		if len(labels) > 4 || !number().MatchString(label) || !fits(label, bits) {
			return false
		}
	}
	return true
}

// fits reports a number as resolvers read it, decimal, octal or hexadecimal, of no more than some bits.
func fits(label string, bits int) bool {
	_, err := strconv.ParseUint(label, 0, bits)
	return label == "0x" || !errors.Is(err, strconv.ErrRange)
}

// endsInNumber reports a name whose last label begins with a digit, as that of no domain does.
func endsInNumber(name string) bool {
	last := name[strings.LastIndex(name, ".")+1:]
	return last != "" && last[0] >= '0' && last[0] <= '9'
}

func workspaceID(name string, query url.Values) WorkspaceID {
	if m := azureHost().FindStringSubmatch(name); m != nil {
		return WorkspaceID(m[1])
	}
	for _, key := range []string{"o", "workspace_id", "w"} {
		if id := ReadWorkspaceID(query.Get(key)); id != "" {
			return id
		}
	}
	return ""
}
