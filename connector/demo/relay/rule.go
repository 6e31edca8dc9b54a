package relay

import (
	"encoding/json"
	"net/http"
	"time"
)

// Rule changes the answers to the requests that it matches. The parts combine: one with a delay and a status waits and then answers the
// status; one with a delay alone waits and then answers as the workspace does.
type Rule struct {
	// Which requests are meant. What is empty matches every request, but for the path: a rule has a Path, a Stage, or both.
	Method   string
	Path     string // an asterisk stands for any text, slashes included
	Stage    string // of the check ladder, told by the requests that it makes: S04 to S18
	Signed   bool   // only requests that carry a credential
	Unsigned bool   // only requests that carry none
	RPC      string // the method of a SQL driver's call, such as ExecuteStatement
	Holds    string // a text of the request's body, such as part of a statement, in any case
	After    int    // how many matching requests pass before the first that is changed
	Times    int    // how many are changed; 0: all from then on

	// What is answered in place of the workspace's own answer, when Status is not 0 or one of the parts below says so.
	Status  int
	Header  map[string]string // an empty value takes a header away
	Body    string
	Foreign bool // the answer is not from the workspace: it has none of the headers that every answer of a workspace has

	// These answer as Status does, with a status of their own where there is none.
	RetryAfter time.Duration // 429 with a Retry-After header in whole seconds
	RetryDate  bool          // with RetryAfter, the header is the date of the next try instead
	Page       string        // 200 with this HTML, as of a proxy's sign-in page or of a host that is not a workspace
	Redirect   string        // 302 to this address
	Raw        string        // bytes in place of the whole HTTP answer, after which the connection is closed

	// What the workspace's own answer is changed in. Status and Header then change that answer too.
	Rewrite  []Edit
	Replace  map[string]string // texts of the body, each by another, whatever else that breaks
	SQL      SQLChange
	SQLError string // the statement fails with this text
	SQLState string // with SQLError

	// How the answer's body is sent, whosever it is.
	Encode  []Encoding
	Repeat  int  // the body so many times in a row
	Endless bool // the body again and again, without an end
	Cut     int  // bytes of the body after which the connection is closed, when not 0
	Delay   time.Duration
	Trickle time.Duration // one byte, and this pause after it
	Close   bool          // the connection is closed without an answer
	Reset   bool          // the connection is reset: without an answer, or with Cut after so many bytes of the answer's body

	asWritten // what of a file is not in its place yet
}

// Edit changes one place of a JSON answer: sets it, or takes it away.
type Edit struct {
	At     string          // names and indexes, such as groups[0].display; [*] is every item and * every name
	Set    json.RawMessage // the new value
	Delete bool
}

// Encoding is a way in which a body is not the plain UTF-8 that it should be.
type Encoding string

// The encodings. Those that say so have no header that tells of them; Brotli is only said, and the bytes are what they are.
const (
	ByteOrderMark Encoding = "bom"
	UTF16Little   Encoding = "utf-16le"
	UTF16Big      Encoding = "utf-16be"
	Latin1        Encoding = "latin-1"
	Gzip          Encoding = "gzip"
	GzipUnsaid    Encoding = "gzip-unsaid"
	GzipSaid      Encoding = "gzip-said"
	BrotliSaid    Encoding = "br-said"
)

// own reports whether the rule answers in place of the workspace.
func (r Rule) own() bool { return r.status() != 0 && !r.rewrites() }

// rewrites reports whether the rule changes what is in the workspace's own answer.
func (r Rule) rewrites() bool {
	return len(r.Rewrite) > 0 || len(r.Replace) > 0 || r.SQL != "" || r.SQLError != ""
}

// passes reports whether the answer is the workspace's own, byte by byte.
func (r Rule) passes() bool {
	return !r.own() && !r.rewrites() && len(r.Encode) == 0 && r.Repeat == 0 && !r.Endless && r.Cut == 0 && r.Trickle == 0 && len(r.Header) == 0 && !r.Foreign
}

// status is what the rule answers, 0 when it leaves that to the workspace.
func (r Rule) status() int {
	switch {
	case r.Status != 0:
		return r.Status
	case r.RetryAfter > 0:
		return http.StatusTooManyRequests
	case r.Redirect != "":
		return http.StatusFound
	case r.Page != "" || r.Body != "":
		return http.StatusOK
	}
	return 0
}
