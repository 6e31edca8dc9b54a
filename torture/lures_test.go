package torture

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// lure is one way in which a host, or what stands before it, could try to get the secret or the token to somewhere else.
type lure struct {
	name   string
	handle map[string]http.HandlerFunc // what the host answers instead of the usual, by path
	// arrange changes the town, and reports that not even the named host may hear a secret, because nobody knows who answers for it.
	arrange func(t *testing.T, v *town, n *workspace.Network) (untrusted bool)
	slow    bool // it holds the client up until that gives up
}

func redirect(status int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(status)
	}
}

func says(status int, kind, body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// elsewhere are the places that a redirect could name for a path.
func elsewhere(path string) []string {
	return []string{
		"https://" + thiefName + path, "http://" + hostName + path, "https://" + hostName + ":8443" + path, "//" + thiefName + path,
		"https://" + hostName + "." + thiefName + path, "https://" + hostName + "@" + thiefName + path, "https://" + strings.ReplaceAll(hostName, "a", "а") + path,
		"https://" + hostName + "./elsewhere", "/elsewhere", "https://127.0.0.1" + path, `https://` + hostName + `\@` + thiefName + path,
	}
}

func lures() []lure {
	all := redirects()
	all = append(all, discoveries()...)
	all = append(all, answers()...)
	all = append(all, handshakes()...)
	return append(all, proxies()...)
}

func redirects() []lure {
	var all []lure
	for _, status := range []int{300, 301, 302, 303, 307, 308} {
		for _, path := range []string{discovery, tokenPath, mePath, sqlPath} {
			for _, to := range elsewhere(path) {
				all = append(all, lure{name: fmt.Sprintf("%s redirects with %d to %s", path, status, to), handle: map[string]http.HandlerFunc{path: redirect(status, to)}})
			}
		}
	}
	return all
}

func discoveries() []lure {
	var all []lure
	for _, endpoint := range append(elsewhere(tokenPath),
		"https://user:pw@"+hostName+tokenPath, "https://evil-"+hostName+tokenPath, "ftp://"+hostName+tokenPath, "javascript:alert(1)", "https://[::1]"+tokenPath,
		"https://"+hostName+"/oidc/v1/../../elsewhere", "https://"+hostName+"/elsewhere?x=", "https://"+hostName+"%2f@"+thiefName+"/", "https://"+hostName+"#@"+thiefName+"/",
		"https://"+hostName+"?@"+thiefName+"/", "https:"+thiefName+tokenPath, "https:///"+thiefName+tokenPath, "https://"+hostName+":443@"+thiefName+tokenPath, "https://"+hostName+":0443"+tokenPath,
		"https://"+hostName+":"+tokenPath, "https://ａdb-1234567890123456.7.azuredatabricks.net"+tokenPath, "https://"+strings.ReplaceAll(hostName, ".", "。")+tokenPath,
		"\x00", "https://", "", " https://"+thiefName+tokenPath, "https://"+hostName+"\r\nHost: "+thiefName+"\r\n/", "wss://"+hostName+tokenPath, "HTTPS://"+strings.ToUpper(thiefName)+tokenPath,
	) {
		body := fmt.Sprintf(`{"token_endpoint":%s,"issuer":"https://%s","authorization_endpoint":"https://%[2]s/a","oidc_endpoint":"https://%[2]s/oidc"}`, strconv.QuoteToASCII(endpoint), thiefName)
		body = strings.NewReplacer(`\x00`, `\u0000`).Replace(body)
		all = append(all, lure{name: fmt.Sprintf("discovery names the token endpoint %q", endpoint), handle: map[string]http.HandlerFunc{discovery: says(200, "application/json", body)}})
	}
	return all
}

func answers() []lure {
	evil := "https://" + thiefName
	header := []string{
		"Location", evil, "Content-Location", evil, "Refresh", "0; url=" + evil, "Link", "<" + evil + ">; rel=preload", "Alt-Svc", `h3="` + thiefName + `:443", h2="` + thiefName + `:443"`,
		"Set-Cookie", "a=b; Domain=" + thiefName, "Strict-Transport-Security", "max-age=0", "Access-Control-Allow-Origin", "*", "Upgrade", "h2c", "Proxy-Authenticate", "Basic",
	}
	var all []lure
	for _, path := range []string{discovery, tokenPath, mePath, sqlPath} {
		for _, challenge := range []string{
			`Bearer realm="` + evil + `", authorization_uri="` + evil + `/oidc", resource_metadata="` + evil + `/.well-known/x"`, `Basic realm="x"`, `Negotiate`, `Digest realm="x", nonce="y", domain="` + evil + `"`,
		} {
			all = append(all, lure{name: path + " demands " + challenge, handle: map[string]http.HandlerFunc{path: says(401, "application/json", "{}", "WWW-Authenticate", challenge)}})
		}
		for _, status := range []int{201, 204, 305, 306, 400, 407, 421, 426, 500} {
			all = append(all, lure{name: fmt.Sprintf("%s answers %d with headers that point elsewhere", path, status), handle: map[string]http.HandlerFunc{path: says(status, "application/json", "", header...)}})
		}
		all = append(all,
			lure{name: path + " answers with a page that sends on", handle: map[string]http.HandlerFunc{path: says(200, "text/html", `<meta http-equiv="refresh" content="0; url=`+evil+`"><form action="`+evil+`">`)}},
			lure{name: path + " answers with three megabytes of headers", handle: map[string]http.HandlerFunc{path: says(200, "application/json", "{}", "X-Large", strings.Repeat("x", 3<<20))}},
			lure{name: path + " drips", handle: map[string]http.HandlerFunc{path: drip}, slow: true},
			lure{name: path + " hints at other places first", handle: map[string]http.HandlerFunc{path: func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Link", "<"+evil+"/x>; rel=preload")
				for range 4 {
					w.WriteHeader(http.StatusEarlyHints)
				}
				usual(w, r)
			}}},
		)
	}
	for _, answer := range []string{
		`{"access_token":"a\r\nHost: ` + thiefName + `\r\nX: ","token_type":"Bearer","expires_in":3600}`, `{"access_token":"` + access + `","token_type":"MAC","expires_in":-1}`,
		`{"access_token":"` + access + `","token_type":"Bearer","expires_in":99999999999999999999}`, `{"access_token":"` + access + `","token_endpoint":"` + evil + `","refresh_token":"x"}`,
		`{"access_token":"","expires_in":1}`, `{"error":"invalid_client","error_uri":"` + evil + `"}`, `access_token=` + access + `&token_type=bearer`,
	} {
		all = append(all, lure{name: "the token is " + answer, handle: map[string]http.HandlerFunc{tokenPath: says(200, "application/json", answer)}})
	}
	return all
}

// drip sends a byte now and then, for ever.
func drip(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	for {
		if _, err := io.WriteString(w, " "); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}
