package workspace

import (
	"cmp"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/letters"
)

// ProxySettingError is a variable, or an address that a person gave, that does not read as a proxy. None of its texts holds a password.
type ProxySettingError struct {
	Variable string // "HTTPS_PROXY", empty where a person gave it
	Shown    string // its value, with the password masked
	Wrong    string // "its password has # in it"
	Remedy   string // with the corrected setting where there is one
}

// Error names the variable and what is wrong with it.
func (e *ProxySettingError) Error() string {
	return fmt.Sprintf("%s does not read as a proxy: %s.", cmp.Or(e.Variable, "This"), e.Wrong)
}

// Unwrap says it with its remedy, for whoever knows no proxies.
func (e *ProxySettingError) Unwrap() error {
	return &connector.Error{Kind: connector.ErrInput, What: e.Error(), Remedy: e.Remedy}
}

// maskedPassword stands for a password, however long it is.
const maskedPassword = "•••"

// setting is the value of a proxy variable, taken apart as a person means it rather than as a URL reads: all before the last @ is a name
// and a password, whatever is in them.
type setting struct {
	variable string
	scheme   string // in lower case, "http" where none is given
	given    bool   // a scheme is given
	signsIn  bool
	user     string
	password string
	hasColon bool // between user and password
	host     string
	port     string
	path     string
}

// readProxy reads the value of a variable. Blanks around it are not part of it.
func readProxy(variable, value string) (*url.URL, error) {
	value = strings.TrimFunc(value, isBlank)
	s := takeApart(variable, unquoted(value))
	noteProxy(s.host, s.user)
	if wrong, remedy := s.fault(value); wrong != "" {
		return nil, &ProxySettingError{Variable: variable, Shown: shownSetting(s, value), Wrong: wrong, Remedy: remedy}
	}
	via := &url.URL{Scheme: s.scheme, Host: s.host}
	if s.port != "" {
		via.Host += ":" + s.port
	}
	if s.signsIn {
		user, _ := url.PathUnescape(s.user)         // what is no escape was refused
		password, _ := url.PathUnescape(s.password) // the same
		via.User = url.User(user)
		if s.hasColon {
			via.User = url.UserPassword(user, password)
		}
	}
	return via, nil
}

// noteProxy has the host of a proxy and who signs in there shown by aliases while sharing. A refused one is on a screen too; what may be a
// secret is left to those who refuse it.
func noteProxy(host, user string) {
	names := connector.Known()
	if _, strays := connector.FindStray(host); hostLike(host) && !strays {
		names.Note(connector.KindHost, strings.Trim(host, "[]"))
	}
	if plain, err := url.PathUnescape(user); err == nil {
		user = plain
	}
	if _, strays := connector.FindStray(user); strays {
		return
	}
	names.Note(connector.KindUser, user)
	if domain, name, found := strings.Cut(user, `\`); found {
		names.Note(connector.KindName, domain)
		names.Note(connector.KindUser, name)
	}
}

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || letters.Steers(r)
}

const quotes = "\"'`“”‘’„"

func unquoted(value string) string {
	return strings.TrimFunc(strings.Trim(value, quotes), isBlank)
}

func takeApart(variable, value string) setting {
	s := setting{variable: variable, scheme: "http"}
	rest := value
	if scheme, after, found := strings.Cut(value, "://"); found && !strings.ContainsFunc(scheme, notOfScheme) {
		s.scheme, s.given, rest = strings.ToLower(scheme), true, after
	}
	if at := strings.LastIndex(rest, "@"); at >= 0 {
		s.signsIn = true
		s.user, s.password, s.hasColon = strings.Cut(rest[:at], ":")
		rest = rest[at+1:]
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest, s.path = rest[:end], rest[end:]
	}
	s.host = rest
	if colon := strings.LastIndex(rest, ":"); colon > strings.LastIndex(rest, "]") {
		s.host, s.port = rest[:colon], rest[colon+1:]
	}
	return s
}

func notOfScheme(r rune) bool {
	return r >= 0x80 || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+-.", r)
}

// speaks are the kinds of proxies that are known, each with the port that is taken where none is given.
var speaks = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}

// fault is the first thing that is wrong, and what to do about it.
func (s setting) fault(value string) (wrong, remedy string) {
	odd := s.odd()
	switch {
	case value == "":
		return "it holds blanks alone", "Set " + cmp.Or(s.variable, "it") + " to your proxy, or unset it."
	case value != unquoted(value):
		return "quotation marks are part of it", "Set it without them: " + s.corrected()
	case s.host == "" && s.port == "":
		return "no host is in it", "Give the proxy's host and port: " + s.assigned(ProxyExample)
	case strings.HasSuffix(strings.ToLower(s.path), ".pac"):
		return "it is the address of a script that chooses proxies", "Ask for the proxy that the script chooses, and give that: " + s.assigned(ProxyExample)
	case speaks[s.scheme] == "" && strings.HasPrefix(s.scheme, "socks"):
		s.scheme = "socks5"
		return "of the SOCKS proxies only version 5 is spoken", "If yours speaks it, set " + s.corrected()
	case speaks[s.scheme] == "":
		s.scheme = "http"
		return "it begins as no proxy does", "A proxy begins with http://, https:// or socks5://: " + s.corrected()
	case !s.given && !s.signsIn && speaks[schemeOf(s.host)] != "":
		return "the :// behind its scheme is missing", "Write it as " + s.assigned(schemeOf(s.host)+"://proxy.example.com:3128")
	case len(odd) > 0:
		return "its user name or password has " + strings.Join(names(odd), " and ") + " in it",
			"Percent-encode " + strings.Join(encodings(odd), " and ") + ": " + s.corrected()
	case !s.signsIn && cutShort(s.port, s.path):
		return "it has a " + s.path[:1] + " before its host has come to an end",
			"If that belongs to a password, percent-encode it as " + url.QueryEscape(s.path[:1]) + ": " + s.assigned("http://NAME:PASSWORD@HOST:PORT")
	case strings.ContainsFunc(s.host+s.port, isBlank):
		return "a blank is in it", "Write it without blanks: " + s.assigned(ProxyExample)
	case strings.ContainsAny(s.host, ",;"):
		return "several proxies are in it", "Give one of them: " + s.assigned(ProxyExample)
	case isIPv6(s.host):
		s.host = "[" + s.host + "]"
		return "an IPv6 address stands in brackets", "Write it as " + s.corrected()
	case !hostLike(s.host):
		return "what should be its host is none", "Give the proxy's host and port: " + s.assigned(ProxyExample)
	}
	if number, err := strconv.Atoi(s.port); s.port != "" && (err != nil || number < 1 || number > 65535) {
		return "its port is no number from 1 to 65535", "Give the port as a number: " + s.assigned(s.scheme+"://"+s.login()+s.host+":3128")
	}
	return "", ""
}

// schemeOf is what stands before the first colon.
func schemeOf(host string) string {
	scheme, _, _ := strings.Cut(strings.ToLower(host), ":")
	return scheme
}

func isIPv6(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Is6()
}

// cutShort tells a name and a password that end in what begins a path: "maria:pa" and "/ss".
func cutShort(port, path string) bool {
	return path != "" && path != "/" && strings.ContainsFunc(port, func(r rune) bool { return !unicode.IsDigit(r) })
}

func hostLike(host string) bool {
	if inner, found := strings.CutPrefix(host, "["); found {
		return strings.HasSuffix(inner, "]") && isIPv6(strings.TrimSuffix(inner, "]"))
	}
	return host != "" && !strings.ContainsFunc(host, func(r rune) bool {
		return r < 0x80 && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("-._", r)
	})
}

// corrected is how the setting should read, with the password masked.
func (s setting) corrected() string {
	if s.host == "" || !hostLike(s.host) || strings.ContainsFunc(s.port, func(r rune) bool { return !unicode.IsDigit(r) }) {
		return s.assigned(ProxyExample)
	}
	text := s.scheme + "://" + s.login() + s.host
	if s.port != "" {
		text += ":" + s.port
	}
	return s.assigned(text)
}

// assigned is an address as it is to be written where the setting is made.
func (s setting) assigned(address string) string {
	if s.variable == "" {
		return address
	}
	return s.variable + "=" + address
}

// login is the part in front of the host, encoded, and with the password masked.
func (s setting) login() string {
	if !s.signsIn {
		return ""
	}
	user := encodeOdd(s.user)
	if s.hasColon {
		user += ":" + maskedPassword
	}
	return user + "@"
}

// shownSetting is a setting as it may be seen: without a password, and without what may be one.
func shownSetting(s setting, value string) string {
	text := ""
	if s.given {
		text = s.scheme + "://"
	}
	switch {
	case s.signsIn:
		text += s.user
		if s.hasColon {
			text += ":" + maskedPassword
		}
		text += "@" + s.host
	default:
		text += s.host
	}
	if s.port != "" {
		port := s.port
		if strings.ContainsFunc(port, func(r rune) bool { return !unicode.IsDigit(r) }) {
			port = maskedPassword
		}
		text += ":" + port
	}
	if value != unquoted(value) {
		text = "\"" + text + "\""
	}
	return connector.CleanLine(text, 120)
}
