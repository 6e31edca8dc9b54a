package vault

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"filippo.io/age"

	"github.com/draftt-io/draftt-databricks/letters"
)

// key is the identity that everything is sealed to. It sits behind a function because an age identity prints its secret key when it is
// formatted, and a formatter reaches into unexported fields but cannot follow a function.
type key struct {
	identity func() *age.HybridIdentity
}

func newKey() (key, error) {
	identity, err := age.GenerateHybridIdentity()
	if err != nil {
		return key{}, fmt.Errorf("generate a key: %w", err)
	}
	return keyOf(identity), nil
}

func keyOf(identity *age.HybridIdentity) key {
	return key{identity: func() *age.HybridIdentity { return identity }}
}

func (k key) isZero() bool { return k.identity == nil }

// errNotAKey replaces what the parser says, because its messages can quote what it read.
var errNotAKey = errors.New("not exactly one age hybrid identity (AGE-SECRET-KEY-PQ-1…)")

// parseKey reads what age calls an identities file: one hybrid identity, and lines that are empty or start with #. An editor may have put
// a byte order mark before it, and ends lines in its own way.
func parseKey(text []byte) (key, error) {
	var found []string
	for line := range strings.Lines(strings.TrimPrefix(string(text), letters.ByteOrderMark)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			found = append(found, line)
		}
	}
	if len(found) != 1 {
		return key{}, errNotAKey
	}
	identity, err := age.ParseHybridIdentity(found[0])
	if err != nil {
		return key{}, errNotAKey
	}
	return keyOf(identity), nil
}

// text is the secret key as age writes it. It may go only to the keychain, into key.age and into a key file.
func (k key) text() string { return k.identity().String() }

// seal encrypts content to the key.
func (k key) seal(content []byte) ([]byte, error) { return encrypt(content, k.identity().Recipient()) }

// open decrypts and verifies the whole of sealed.
func (k key) open(sealed []byte) ([]byte, error) { return decrypt(sealed, k.identity()) }

func encrypt(content []byte, to age.Recipient) ([]byte, error) {
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, to)
	if err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	if _, err := w.Write(content); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("seal: %w", err)
	}
	return sealed.Bytes(), nil
}

func decrypt(sealed []byte, with age.Identity) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(sealed), with)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	return content, nil
}
