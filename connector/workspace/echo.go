package workspace

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// shortest is the length in bytes below which a value is no real secret, and replacing it would only garble the text.
const shortest = 8

// muffle takes the request's own credentials out of an answer that is not data. Debugging proxies and some error pages repeat what they
// were sent, and an error's text goes to the screen, to JSON and to transcripts.
func muffle(resp *http.Response, authorization string) error {
	forms := credentialForms(authorization)
	if len(forms) == 0 {
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	_ = resp.Body.Close()
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	hide := strings.NewReplacer(forms...)
	for _, values := range resp.Header {
		for i := range values {
			values[i] = hide.Replace(values[i])
		}
	}
	resp.Body = io.NopCloser(strings.NewReader(hide.Replace(string(text))))
	resp.ContentLength = -1
	return nil
}

// credentialForms are the forms of a request's credentials, each followed by what to write instead.
func credentialForms(authorization string) []string {
	const hidden = "••••••"
	_, value, _ := strings.Cut(authorization, " ")
	if len(value) < shortest {
		return nil
	}
	forms := []string{value, hidden}
	pair, err := base64.StdEncoding.DecodeString(value)
	if _, secret, ok := strings.Cut(string(pair), ":"); err == nil && ok && len(secret) >= shortest {
		forms = append(forms, secret, hidden)
		if plain, err := url.QueryUnescape(secret); err == nil { // OAuth escapes both parts before it encodes them
			forms = append(forms, plain, hidden)
		}
	}
	return forms
}

// isData reports whether an answer is what was asked for, rather than an error or some page.
func isData(resp *http.Response) bool {
	kind := resp.Header.Get("Content-Type")
	return resp.StatusCode < 300 && (strings.HasPrefix(kind, "application/json") || strings.HasPrefix(kind, "application/x-thrift"))
}
