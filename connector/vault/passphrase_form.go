package vault

import (
	"bytes"
	"slices"

	"golang.org/x/text/unicode/norm"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/letters"
)

// normal is the one form of a passphrase, in which a key is sealed and opened: composed (NFC), and without line ends behind it and without
// what cannot be seen, a byte order mark above all. Editors, keyboards and systems differ in these, and nobody sees which it was.
func normal(passphrase connector.Secret) connector.Secret {
	return connector.NewSecret(norm.NFC.Bytes(visible(lineOf(passphrase.Reveal()))))
}

// SamePassphrase reports whether two passphrases open the same: one may have been pasted and the other typed.
func SamePassphrase(a, b connector.Secret) bool { return normal(a).Equal(normal(b)) }

// formsOf are what a given passphrase may have been when a key was sealed with it: the normal form first, and then those that the first
// release took as they came from a file or a keyboard. A mark or the other form of a letter locked people out of it.
func formsOf(given connector.Secret) []connector.Secret {
	line, composed := lineOf(given.Reveal()), normal(given).Reveal()
	decomposed := norm.NFD.Bytes(composed)
	var out []connector.Secret
	for _, form := range [][]byte{composed, line, decomposed, append([]byte(letters.ByteOrderMark), composed...), append([]byte(letters.ByteOrderMark), decomposed...)} {
		if s := connector.NewSecret(form); !slices.ContainsFunc(out, s.Equal) {
			out = append(out, s)
		}
	}
	return out
}

// lineOf is a text without the line ends behind it.
func lineOf(text []byte) []byte { return bytes.TrimRight(text, "\r\n") }

// visible is a text without what typing it into a field leaves out as well.
func visible(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if letters.Unseen(r) || letters.NoBreak(r) {
			return -1
		}
		return r
	}, text)
}
