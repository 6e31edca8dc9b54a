package workspace

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/draftt-io/draftt-databricks/connector"
)

// awkward are secrets whose characters look different wherever they are escaped.
var awkward = []string{"dose0123456789abcdef", "dose%41b+c%2Bd/e=f", `dose"a\b'c<d>e&f`, "dose a  b+%20c", "doseé€😀~-._!*()", "%%%%%%%%25%2525", "+dose+%2B+canary+"}

// disguises are the ways in which a server may write down a secret that it was sent.
func disguises(secret string) map[string]string {
	quoted, _ := json.Marshal(secret) // a string can always be encoded
	raw := []byte(secret)
	forms := map[string]string{
		"as it is": secret, "escaped for a form": url.QueryEscape(secret), "escaped for a path": url.PathEscape(secret), "escaped twice": url.QueryEscape(url.QueryEscape(secret)),
		"in lower-case escapes": lowerEscapes(url.QueryEscape(secret)), "as JSON": strings.Trim(string(quoted), `"`), "as a Go string": strings.Trim(fmt.Sprintf("%+q", secret), `"`),
		"as HTML": html.EscapeString(secret), "JSON within HTML": html.EscapeString(strings.Trim(string(quoted), `"`)), "HTML of what was escaped for a form": html.EscapeString(url.QueryEscape(secret)),
		"in hex": hex.EncodeToString(raw), "in capital hex": strings.ToUpper(hex.EncodeToString(raw)), "half escaped": secret[:4] + url.QueryEscape(secret[4:]),
		"every character in JSON": everyRune(secret, `\u%04x`), "every character in capital JSON": everyRune(secret, `\u%04X`), "every character as a number": everyRune(secret, "&#%d;"),
		"every character as a hex number": everyRune(secret, "&#x%x;"), "every byte": everyByte(secret),
	}
	for before := range 3 {
		for name, encoding := range map[string]*base64.Encoding{"base64": base64.StdEncoding, "base64 of URLs": base64.URLEncoding, "base64 without an end": base64.RawStdEncoding} {
			forms[fmt.Sprintf("%s after %d bytes", name, before)] = encoding.EncodeToString([]byte(strings.Repeat("x", before) + secret + strings.Repeat("y", before)))
		}
	}
	return forms
}

func lowerEscapes(text string) string {
	parts := strings.Split(text, "%")
	for i := 1; i < len(parts); i++ {
		parts[i] = strings.ToLower(parts[i][:2]) + parts[i][2:]
	}
	return strings.Join(parts, "%")
}

func everyRune(text, format string) (out string) {
	for _, r := range text {
		if units := utf16.Encode([]rune{r}); strings.HasPrefix(format, `\u`) && len(units) == 2 {
			out += fmt.Sprintf(format+format, units[0], units[1])
			continue
		}
		out += fmt.Sprintf(format, r)
	}
	return out
}

func everyByte(text string) (out string) {
	for _, b := range []byte(text) {
		out += fmt.Sprintf("%%%02X", b)
	}
	return out
}

// signed are the Authorization headers that a secret is sent in.
func signed(secret string) map[string]string {
	return map[string]string{
		"a token":             "Bearer " + secret,
		"an escaped secret":   "Basic " + base64.StdEncoding.EncodeToString([]byte("id:"+url.QueryEscape(secret))),
		"an unescaped secret": "Basic " + base64.StdEncoding.EncodeToString([]byte("id:"+secret)),
	}
}

// remains is a piece that is left of a disguised secret in a text, or nothing where only what base64 shares with its neighbours is left.
func remains(text, disguised string) string {
	const shared = 8
	for from := 0; from+shared < len(disguised); from++ {
		if piece := disguised[from : from+shared+1]; strings.Contains(text, piece) {
			return piece
		}
	}
	return ""
}

func TestASecretThatIsRepeatedIsMuffledInEveryForm(t *testing.T) {
	for _, secret := range awkward {
		for how, authorization := range signed(secret) {
			hide := muffler(authorization)
			for form, disguised := range disguises(secret) {
				for before, after := range map[string]string{"": "", "you sent <": "> to us", disguised + " ": ""} {
					text := before + disguised + after
					quiet, want := hide.in(text), strings.ReplaceAll(text, disguised, hidden)
					if gone := quiet == want || strings.HasPrefix(form, "base64") && remains(quiet, disguised) == ""; !gone {
						t.Errorf("%s, %q %s: %q became %q", how, secret, form, text, quiet)
					}
				}
			}
			if text := "a page with 100% of nothing + more \\ & less, dose, " + secret[:3]; hide.in(text) != text {
				t.Errorf("%s, %q: %q became %q", how, secret, text, hide.in(text))
			}
		}
	}
}

// A server unescapes what it was sent once too often, and repeats that.
func TestASecretThatWasUnescapedTwiceIsMuffled(t *testing.T) {
	const secret = "dose%2541%2Bcanary"
	for how, authorization := range signed(secret) {
		for _, text := range []string{secret, "dose%41+canary", "dose%41 canary"} {
			if quiet := muffler(authorization).in(text); quiet != hidden {
				t.Errorf("%s: %q became %q", how, text, quiet)
			}
		}
	}
}

func TestAShortValueIsNoSecret(t *testing.T) {
	for _, authorization := range []string{"", "Bearer", "Bearer abc", "Negotiate"} {
		if text := "abc is a word"; muffler(authorization).in(text) != text {
			t.Errorf("%q garbles what is no secret", authorization)
		}
	}
}

// parrot is a server that repeats what it was sent, wherever an answer has room for it.
type parrot func(secret string, r *http.Request) (*http.Response, error)

func (f parrot) RoundTrip(r *http.Request) (*http.Response, error) {
	return f(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), r)
}

func page(r *http.Request, status int, line, body string, header http.Header) *http.Response {
	return &http.Response{StatusCode: status, Status: line, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: header, Request: r, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1}
}

// TestNoPartOfAnAnswerRepeatsTheToken has a server put the token into the status line, a header, a page, a refusal that asks to come back
// later, and an answer that is none.
func TestNoPartOfAnAnswerRepeatsTheToken(t *testing.T) {
	const token = "dapi%41+0123456789abcdef"
	escaped := url.QueryEscape(token)
	host, _, err := connector.ParseHost("adb-1234567890123456.7.azuredatabricks.net", nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, server := range map[string]parrot{
		"the status line": func(secret string, r *http.Request) (*http.Response, error) {
			return page(r, 403, "403 not with "+secret, "", http.Header{}), nil
		},
		"a header": func(secret string, r *http.Request) (*http.Response, error) {
			return page(r, 403, "403 Forbidden", "", http.Header{"X-Databricks-Reason-Phrase": {"not with " + url.QueryEscape(secret)}}), nil
		},
		"a redirect": func(secret string, r *http.Request) (*http.Response, error) {
			return page(r, 302, "302 Found", "", http.Header{"Location": {"/login?was=" + url.QueryEscape(secret)}}), nil
		},
		"a page": func(secret string, r *http.Request) (*http.Response, error) {
			return page(r, 200, "200 OK", "<p>"+html.EscapeString(secret), http.Header{"Content-Type": {"text/html"}}), nil
		},
		"a wait": func(secret string, r *http.Request) (*http.Response, error) {
			return page(r, 429, "429 Too Many Requests", "slow down, "+secret, http.Header{"Retry-After": {"3600"}}), nil
		},
		"no answer": func(secret string, _ *http.Request) (*http.Response, error) {
			return nil, fmt.Errorf("malformed HTTP response %q", "you sent "+secret)
		},
	} {
		t.Run(name, func(t *testing.T) {
			next := &retrying{next: server, sleep: func(context.Context, time.Duration) error { return errors.New("nobody waits here") }, now: time.Now, names: connector.NewRegistry()}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			r, err := http.NewRequestWithContext(ctx, http.MethodGet, "https://"+host.Name()+"/api/2.0/preview/scim/v2/Me", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer "+token)
			resp, err := (&pinned{host: host, next: next}).RoundTrip(r)
			told := fmt.Sprint(err)
			if err == nil {
				body, _ := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				told = fmt.Sprint(resp.Status, resp.Header, string(body))
			}
			for _, form := range []string{token, escaped, "0123456789abcdef"} {
				if strings.Contains(told, form) {
					t.Errorf("it is told: %q", told)
				}
			}
			if !strings.Contains(told, hidden) {
				t.Errorf("nothing was muffled: %q", told)
			}
		})
	}
}

func TestAnErrorWithoutASecretStaysItself(t *testing.T) {
	if err := fmt.Errorf("read: %w", io.ErrUnexpectedEOF); !errors.Is(muffledError(err, "Bearer dapi0123456789"), io.ErrUnexpectedEOF) {
		t.Error("it became another")
	}
}

func FuzzMuffle(f *testing.F) {
	for _, secret := range awkward {
		f.Add(secret, "before ", " after")
	}
	f.Fuzz(func(t *testing.T, secret, before, after string) {
		if len(secret) < shortest || strings.ToValidUTF8(secret, "") != secret || strings.Contains(hidden, secret[:1]) {
			return
		}
		for how, authorization := range signed(secret) {
			hide := muffler(authorization)
			for _, form := range []string{secret, url.QueryEscape(secret), html.EscapeString(secret)} {
				if quiet := hide.in(before + form + after); strings.Contains(quiet, form) {
					t.Errorf("%s: %q is told: %q", how, form, quiet)
				}
			}
		}
	})
}
