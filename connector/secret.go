package connector

import (
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/draftt-io/draftt-databricks/redact"
)

// ErrSecretMarshal is returned by every encoder that is handed a Secret.
var ErrSecretMarshal = errors.New("a secret cannot be written out")

const hidden = redact.Mask

// Secret holds an OAuth secret or a personal access token. The bytes sit behind a function, because a formatter reaches into unexported
// fields of structs that contain one, and functions are the only values it cannot follow. Only these may call Reveal: signing in
// (workspace), sealing (vault), and two that hand out what was made a moment before, a generated passphrase and the demo's throw-away
// credentials. A test lists the callers.
type Secret struct {
	reveal func() []byte
}

// NewSecret keeps a copy of b.
func NewSecret(b []byte) Secret {
	kept := bytes.Clone(b)
	return Secret{reveal: func() []byte { return kept }}
}

// Reveal gives a copy of the bytes, nil for the zero Secret.
func (s Secret) Reveal() []byte {
	if s.reveal == nil {
		return nil
	}
	return bytes.Clone(s.reveal())
}

// IsZero reports whether there is no secret.
func (s Secret) IsZero() bool { return s.reveal == nil || len(s.reveal()) == 0 }

// Len is the length in bytes.
func (s Secret) Len() int {
	if s.reveal == nil {
		return 0
	}
	return len(s.reveal())
}

// Fingerprint is four hex digits that tell two secrets apart without giving either away. It is empty for the zero Secret.
func (s Secret) Fingerprint() string {
	if s.IsZero() {
		return ""
	}
	sum := sha256.Sum256(append([]byte("draftt-databricks fingerprint\x00"), s.reveal()...))
	return hex.EncodeToString(sum[:2])
}

// Equal reports whether two secrets are the same, in constant time for equal lengths.
func (s Secret) Equal(other Secret) bool {
	if s.reveal == nil || other.reveal == nil {
		return s.IsZero() && other.IsZero()
	}
	return subtle.ConstantTimeCompare(s.reveal(), other.reveal()) == 1
}

// String, GoString, Format and LogValue print a fixed mark; the Marshal methods refuse.
func (s Secret) String() string { return hidden }

// GoString prints a fixed mark for %#v.
func (s Secret) GoString() string { return hidden }

// Format prints a fixed mark for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// LogValue prints a fixed mark in structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalJSON always returns ErrSecretMarshal.
func (s Secret) MarshalJSON() ([]byte, error) { return nil, ErrSecretMarshal }

// MarshalText always returns ErrSecretMarshal.
func (s Secret) MarshalText() ([]byte, error) { return nil, ErrSecretMarshal }

// MarshalBinary always returns ErrSecretMarshal, which also stops encoding/gob.
func (s Secret) MarshalBinary() ([]byte, error) { return nil, ErrSecretMarshal }
