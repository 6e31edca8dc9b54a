package workspace

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// Oddity is what keeps an answer from being one that a workspace gives.
type Oddity string

// The oddities. Of a foreign answer only the workspace's own words count, of a page not even those: it may quote anything.
const (
	WebPage     Oddity = "a web page"                     // of a portal, a gateway, a site
	Foreign     Oddity = "an answer of something else"    // neither of a workspace's shape nor with its headers
	Gatekeeper  Oddity = "a request to sign in first"     // HTTP 407 or 511, which stand for a proxy or a network
	Unreadable  Oddity = "an answer that cannot be read"  // Odd says why
	OtherObject Oddity = "an answer about something else" // another object than was asked for
)

// AnswerError is an answer that no workspace gives to what was asked, or that cannot be read. Nothing about credentials or privileges
// follows from it.
type AnswerError struct {
	Oddity Oddity
	Status int    // HTTP status
	Odd    string // what is odd about it, as the end of a sentence
	Body   string // how it begins, cleaned; empty where that says nothing
}

func (e *AnswerError) Error() string {
	text := fmt.Sprintf("%s came back (HTTP %d)", e.Oddity, e.Status)
	if e.Odd != "" {
		text += ": " + e.Odd
	}
	if e.Body != "" {
		text += ": " + e.Body
	}
	return text
}

// Answered is what the transport made of an answer, without the addresses and the words that net/http and the SQL driver put before it, or
// nil where err is of something else: *AnswerError, *RedirectError, *StatusError or *BusyError.
func Answered(err error) error {
	var (
		odd      *AnswerError
		redirect *RedirectError
		refused  *StatusError
		busy     *BusyError
	)
	switch {
	case errors.As(err, &busy):
		return busy
	case errors.As(err, &odd):
		return odd
	case errors.As(err, &redirect):
		return redirect
	case errors.As(err, &refused):
		return refused
	}
	return nil
}

// Misread makes an *AnswerError of the error of reading an answer that came whole and is of the wrong type, or of another form than it
// says. Any other error stays itself.
func Misread(err error) error {
	var wrongType *json.UnmarshalTypeError
	var noJSON *json.SyntaxError
	odd := ""
	switch {
	case errors.Is(err, connector.ErrUnreadable), Answered(err) != nil:
		return err
	case errors.As(err, &wrongType):
		odd = fmt.Sprintf("%s is of type %s where another is expected", connector.CleanLine(cmp.Or(wrongType.Field, "it"), 80), connector.CleanLine(wrongType.Value, 40))
	case errors.As(err, &noJSON):
		odd = "it is not JSON"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum):
		odd = "it is not packed as it says"
	default:
		return err
	}
	return &AnswerError{Oddity: Unreadable, Status: http.StatusOK, Odd: odd}
}

const (
	// peeked is how much of an answer is looked at to tell what it is.
	peeked = 512
	// refusalSize bounds how much of a refusal is read. It is above what any workspace says in one.
	refusalSize = 256 << 10
)

// received is a response while it is found out who gave it.
type received struct {
	*http.Response
	path string
	text []byte // how it begins; all of it where it is a refusal or about signing in
}

// understand hands on an answer that a workspace may have given, and makes an error of any other: *AnswerError, *RedirectError, or the
// network's where the answer could not be received. A refusal of SQL becomes a *StatusError, because the driver drops its body.
func understand(r *http.Request, resp *http.Response, names *connector.Registry) (*http.Response, error) {
	a := received{Response: resp, path: r.URL.Path}
	err := a.read()
	if err == nil {
		err = a.judge(names)
	}
	if err != nil {
		_ = resp.Body.Close()
		return nil, err
	}
	return resp, nil
}

func (a *received) isSQL() bool    { return strings.HasPrefix(a.path, "/sql/") }
func (a *received) isSignIn() bool { return strings.HasPrefix(a.path, "/oidc/") }
func (a *received) isData() bool   { return a.StatusCode < http.StatusMultipleChoices }

// read looks at the beginning, and puts it back without the mark that some servers set before a text.
func (a *received) read() error {
	if encoding := a.Header.Get("Content-Encoding"); encoding != "" && !strings.EqualFold(encoding, "identity") {
		return a.odd(Unreadable, "it is encoded as "+connector.CleanLine(encoding, 40)+", which was not asked for")
	}
	most := int64(peeked)
	if !a.isData() || a.isSignIn() {
		most = refusalSize
	}
	text, err := io.ReadAll(io.LimitReader(a.Body, most))
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if marked := bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")); len(marked) < len(text) {
		text, a.ContentLength = marked, -1
	}
	a.text, a.Body = text, after(text, a.Body)
	return nil
}

func (a *received) judge(names *connector.Registry) error {
	switch {
	case a.StatusCode >= 300 && a.StatusCode < 400:
		return &RedirectError{Status: a.StatusCode, Location: connector.CleanLine(a.Header.Get("Location"), 200)}
	case a.StatusCode == http.StatusProxyAuthRequired, a.StatusCode == http.StatusNetworkAuthenticationRequired:
		return a.odd(Gatekeeper, "")
	case a.isData() && a.isSQL() && bytes.HasPrefix(a.text, []byte{thriftVersion}):
		return nil
	case wide(a.text):
		return a.odd(Unreadable, "it is in UTF-16")
	case a.isPage() && (a.StatusCode < 500 || filters().Match(a.text)): // a gateway reports the workspace's own trouble in a page
		return a.odd(WebPage, "")
	case a.isData():
		return a.judgeData(names)
	case !a.isOurs() && a.StatusCode < 500 && a.StatusCode != http.StatusTooManyRequests:
		return a.odd(Foreign, "")
	case a.isSQL():
		refused := refusal(names, a.Response, a.text)
		refused.SQL = true
		if pause, asked := pauseBefore(1, a.Response, time.Now()); asked {
			refused.After = pause
		}
		return refused
	}
	return nil
}

// thriftVersion is the first byte of every answer in the protocol of SQL.
const thriftVersion = 0x80

// judgeData looks at an answer that says it is what was asked for.
func (a *received) judgeData(names *connector.Registry) error {
	refused := startsAsError(a.text)
	switch {
	case refused && !(a.isSignIn() && strings.HasSuffix(a.path, "/token")): // whose refusals oauth2 reads
		refused := refusal(names, a.Response, a.text)
		refused.SQL = a.isSQL()
		return refused
	case a.isSQL() && len(a.text) == 0:
		return a.odd(Unreadable, "it is empty")
	case a.isSQL():
		return a.odd(Unreadable, "it is not in the protocol of SQL warehouses")
	case a.isSignIn() && !json.Valid(a.text):
		return a.odd(Unreadable, "it is not JSON")
	}
	return nil
}

// startsAsError reports a JSON object that begins as the errors of a workspace do.
func startsAsError(text []byte) bool {
	inner, isObject := bytes.CutPrefix(bytes.TrimSpace(text), []byte("{"))
	inner = bytes.TrimSpace(inner)
	return isObject && (bytes.HasPrefix(inner, []byte(`"error_code"`)) || bytes.HasPrefix(inner, []byte(`"error"`)) || bytes.HasPrefix(inner, []byte(`"errorCode"`)))
}

// wide reports a text of two bytes a letter: it begins with the mark of one, or every other byte is zero.
func wide(text []byte) bool {
	if bytes.HasPrefix(text, []byte("\xff\xfe")) || bytes.HasPrefix(text, []byte("\xfe\xff")) {
		return true
	}
	return len(text) >= 4 && (text[0] == 0 && text[2] == 0 || text[1] == 0 && text[3] == 0)
}

// filters finds the page of a filter, which may have the status of a gateway.
var filters = pattern.New(`(?i)` + pasted.PageThatBlocks)

// isPage reports an answer for people in place of one for programs.
func (a *received) isPage() bool { return isPage(a.Response, a.text) }

// isOurs reports a refusal that has the shape of a workspace's or one of its headers. One without a body has neither and may be anybody's,
// and is taken for the workspace's: it says nothing else either.
func (a *received) isOurs() bool {
	for name := range a.Header {
		if strings.HasPrefix(name, "X-Databricks-") || name == "X-Request-Id" || name == "X-Thriftserver-Error-Message" {
			return true
		}
	}
	text := bytes.TrimSpace(a.text)
	if len(text) == 0 {
		return true
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(text, &fields) != nil {
		return false
	}
	for _, name := range []string{"error_code", "errorCode", "error", "schemas"} { // REST, OAuth and SCIM
		if _, has := fields[name]; has {
			return true
		}
	}
	return false
}

func (a *received) odd(what Oddity, why string) error {
	body := ""
	if what == Foreign || what == WebPage {
		body = connector.CleanLine(strings.Join(strings.Fields(string(a.text)), " "), 300)
	}
	return &AnswerError{Oddity: what, Status: a.StatusCode, Odd: why, Body: body}
}
