package connector

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/letters"
	"github.com/draftt-io/draftt-databricks/pattern"
	"github.com/draftt-io/draftt-databricks/redact"
)

// longestSecret is in bytes, and more than any secret has.
const longestSecret = 4096

var (
	secretSetting = settingOf(`(?:oauth2?|client)?secret|access[_ -]?token|authorization|secret[_ -]?value|token|password|passwd|pwd|pat|key|auth`)
	bearer        = pattern.New(`(?i)^(?:bearer|token)\s+`)
	onlyDots      = pattern.New(`^[•●*·.…]{3,}$`)
)

// ParseSecret takes an OAuth secret or a token in any form that people paste, pipe or keep in a file: with a byte order mark or in UTF-16,
// with blanks, invisible characters, quotes, the name of a setting or the whole address of a driver around it. It returns an *Error of kind
// ErrInput, which repeats nothing, for what is not one secret; nothing at all is the zero Secret.
func ParseSecret(raw []byte) (Secret, error) {
	text := unwrapped(decoded(raw), secretSetting)
	text = unwrapped(bearer().ReplaceAllString(text, ""), secretSetting)
	if strings.ContainsAny(text, ";@") && !strings.ContainsAny(text, "\r\n") {
		if found, ok := redact.Find(text); ok { // within the address or the settings of a driver
			text = found.Secret
		}
	}
	blank := strings.IndexFunc(text, unicode.IsSpace)
	switch {
	case text == "":
		return Secret{}, nil
	case onlyDots().MatchString(text):
		return Secret{}, &Error{Kind: ErrInput, What: "What was given are the dots that a screen shows in place of a secret.", Remedy: "Create a new secret, and copy it while it is shown."}
	case strings.ContainsAny(text, "\r\n"):
		return Secret{}, &Error{Kind: ErrInput, What: "There is more than one line, so this is not one secret.", Remedy: "Give the secret alone, in one piece."}
	case blank >= 0:
		return Secret{}, &Error{Kind: ErrInput, What: fmt.Sprintf("There is a blank inside the secret, at position %d.", utf8.RuneCountInString(text[:blank])+1), Remedy: "Copy it again in one piece."}
	case strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }) >= 0, len(text) > longestSecret:
		return Secret{}, &Error{Kind: ErrInput, What: "What was given is not one secret.", Remedy: "Give the secret alone, as text."}
	}
	return NewSecret([]byte(text)), nil
}

// Tidied is the secret as ParseSecret reads what it holds.
func (s Secret) Tidied() (Secret, error) {
	if s.IsZero() {
		return Secret{}, nil
	}
	return ParseSecret(s.reveal())
}

// ClientID is the client ID that the secret is in truth, where the two were pasted into each other's place.
func (s Secret) ClientID() (ClientID, bool) {
	if s.IsZero() {
		return "", false
	}
	id := readID(string(s.reveal()), clientSetting)
	return ClientID(id), uuidForm().MatchString(id)
}

// decoded is a text in UTF-8, whichever of the encodings of Windows it came in.
func decoded(raw []byte) string {
	if text, is := letters.FromUTF16(raw); is {
		return text
	}
	return string(raw)
}

// HostText is what was given as a secret where that is the host of a workspace within the Databricks domains, and false where it is not.
func (s Secret) HostText() (string, bool) {
	if s.IsZero() || s.Len() > longestSecret {
		return "", false
	}
	host, is := WorkspaceHost(decoded(s.reveal()))
	return host.Typed(), is
}
