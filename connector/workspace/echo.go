package workspace

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/redact"
)

// shortest is the length in bytes below which a value is no real secret, and replacing it would only garble the text.
const shortest = 8

// muffle takes the request's own credentials out of an answer that is not data. Debugging proxies and some error pages repeat what they
// were sent, and an error's text goes to the screen, to JSON and to transcripts.
func muffle(resp *http.Response, authorization string) error {
	hide := muffler(authorization)
	if hide == nil {
		return nil
	}
	text, err := io.ReadAll(io.LimitReader(resp.Body, maxPage))
	_ = resp.Body.Close()
	if err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	resp.Status = hide.in(resp.Status)
	for _, values := range resp.Header {
		for i := range values {
			values[i] = hide.in(values[i])
		}
	}
	resp.Body = io.NopCloser(strings.NewReader(hide.in(string(text))))
	resp.ContentLength = -1
	return nil
}

// muffledError takes the request's own credentials out of the error of an answer that could not be read, which quotes what came. Any other
// error stays itself.
func muffledError(err error, authorization string) error {
	text := err.Error()
	if quiet := muffler(authorization).in(text); quiet != text {
		return errors.New(quiet)
	}
	return err
}

// hidden is what stands for a secret.
const hidden = redact.Mask

// hiding are the texts that are taken out of others.
type hiding struct {
	forms    [][]rune
	alphabet alphabet
	begins   [256]bool // the bytes that one of them may begin with
}

// muffler hides the credentials of a request. It is nil where there are none.
func muffler(authorization string) *hiding {
	var forms []string
	for _, secret := range credentialsIn(authorization) {
		forms = append(forms, encoded(secret)...)
	}
	if forms == nil {
		return nil
	}
	h := &hiding{alphabet: alphabetFor(forms)}
	for i := range marks {
		h.begins[marks[i]] = true
	}
	for _, form := range forms {
		h.begins[form[0]] = true
		h.forms = append(h.forms, []rune(form))
	}
	return h
}

// often is how many times a server may unescape what it was sent, and repeat that. OAuth escapes a secret once before it encodes the pair.
const often = 3

// credentialsIn are the secret texts of an Authorization header.
func credentialsIn(authorization string) []string {
	_, value, _ := strings.Cut(authorization, " ")
	secrets := unescaped(value, often)
	if pair, err := base64.StdEncoding.DecodeString(value); err == nil {
		if _, secret, ok := strings.Cut(string(pair), ":"); ok {
			secrets = append(secrets, unescaped(secret, often)...)
		}
	}
	slices.Sort(secrets)
	return slices.DeleteFunc(slices.Compact(secrets), func(s string) bool { return len(s) < shortest })
}

// unescaped is a text, and what it becomes when it is taken for an escaped one up to so many times.
func unescaped(text string, times int) []string {
	all := []string{text}
	for _, unescape := range []func(string) (string, error){url.QueryUnescape, url.PathUnescape} {
		if plain, err := unescape(text); err == nil && plain != text && times > 0 {
			all = append(all, unescaped(plain, times-1)...)
		}
	}
	return all
}

// encoded are the forms of a text in which none of its characters stands. Base64 within a longer text begins at one of three positions; what
// it shares with its neighbours is left out.
func encoded(text string) []string {
	const perByte, perDigit = 8, 6 // bits
	forms := []string{text, hex.EncodeToString([]byte(text)), strings.ToUpper(hex.EncodeToString([]byte(text)))}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range 3 {
			digits := encoding.EncodeToString([]byte(strings.Repeat("x", before) + text))
			from, to := (before*perByte+perDigit-1)/perDigit, (before+len(text))*perByte/perDigit
			forms = append(forms, digits[from:to])
		}
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// in gives a text without what is hidden.
func (h *hiding) in(text string) string {
	if h == nil {
		return text
	}
	var out strings.Builder
	done := 0
	for at := 0; at < len(text); {
		n := h.at(text[at:])
		if n == 0 {
			at++
			continue
		}
		out.WriteString(text[done:at] + hidden)
		at += n
		done = at
	}
	if done == 0 {
		return text
	}
	return out.String() + text[done:]
}

// at is how many bytes at the beginning of a text are to be hidden.
func (h *hiding) at(text string) (longest int) {
	if !h.begins[text[0]] {
		return 0
	}
	for _, form := range h.forms {
		longest = max(longest, h.alphabet.spells(text, form))
	}
	return longest
}

// isData reports whether an answer is what was asked for, rather than an error or some page.
func isData(resp *http.Response) bool {
	kind := resp.Header.Get("Content-Type")
	return resp.StatusCode < 300 && (strings.HasPrefix(kind, "application/json") || strings.HasPrefix(kind, "application/x-thrift"))
}
