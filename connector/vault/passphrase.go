package vault

import (
	"crypto/rand"
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"filippo.io/age"

	"github.com/draftt-io/draftt-databricks/connector"
)

const (
	sealedKeyFile = "key.age"
	// workFactor is scrypt's log N: 128 MiB and under half a second on an ordinary machine.
	workFactor = 17
	// maxWorkFactor bounds what a file may ask for; the library's own bound of 22 would let a hostile file take 4 GiB.
	maxWorkFactor   = 18
	minPassphrase   = 12 // characters
	maxPassphrase   = 1024
	minDistinct     = 5 // different characters
	generatedWords  = 6 // of 2,048 each: 66 bits
	generatedJoiner = "-"
)

// wordList is 2,048 common English words of four to seven letters, gathered for this program.
//
//go:embed words.txt
var wordList string

// GeneratePassphrase makes a passphrase of six random words joined by hyphens, 66 bits in all. It returns an error only when the system
// has no randomness to give.
func GeneratePassphrase() (connector.Secret, error) {
	words := strings.Fields(wordList)
	random := make([]byte, 2*generatedWords)
	if _, err := rand.Read(random); err != nil {
		return connector.Secret{}, fmt.Errorf("generate a passphrase: %w", err)
	}
	chosen := make([]string, generatedWords)
	for i := range chosen {
		chosen[i] = words[int(binary.BigEndian.Uint16(random[2*i:]))%len(words)]
	}
	return connector.NewSecret([]byte(strings.Join(chosen, generatedJoiner))), nil
}

// AtLeast says how long a passphrase has to be.
var AtLeast = fmt.Sprintf("at least %d characters", minPassphrase)

// CheckPassphrase returns a *connector.Error of kind ErrInput for a passphrase that is shorter than AtLeast says, of fewer than five different ones, with blanks at
// either end, or with characters that cannot be typed again. What counts is the form in which it seals. Every generated passphrase passes.
func CheckPassphrase(passphrase connector.Secret) error {
	text := string(normal(passphrase).Reveal())
	distinct := map[rune]bool{}
	for _, r := range text {
		distinct[r] = true
	}
	switch {
	case text == "":
		return &connector.Error{Kind: connector.ErrInput, What: "The passphrase is empty.", Remedy: "Type " + AtLeast + ", or use six generated words."}
	case !utf8.Valid(passphrase.Reveal()) || strings.ContainsFunc(text, unicode.IsControl):
		return &connector.Error{Kind: connector.ErrInput, What: "The passphrase has characters that cannot be typed again.", Remedy: "Use letters, digits, blanks and punctuation."}
	case strings.TrimSpace(text) != text:
		return &connector.Error{Kind: connector.ErrInput, What: "The passphrase starts or ends with a blank.", Remedy: "Leave the blank out."}
	case utf8.RuneCountInString(text) < minPassphrase:
		return &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("The passphrase is shorter than %d characters.", minPassphrase), Remedy: "Make it longer, or use six generated words."}
	case len(text) > maxPassphrase:
		return &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("The passphrase is longer than %d bytes.", maxPassphrase), Remedy: "Shorten it."}
	case len(distinct) < minDistinct:
		return &connector.Error{Kind: connector.ErrInput, What: "The passphrase repeats too few characters.", Remedy: "Use different words, or six generated ones."}
	}
	return nil
}

// sealKey encrypts a key with the normal form of a passphrase as an age file that age itself accepts as an identity: age -d -i key.age.
func sealKey(k key, passphrase connector.Secret, logN int) ([]byte, error) {
	recipient, err := age.NewScryptRecipient(string(normal(passphrase).Reveal()))
	if err != nil {
		return nil, fmt.Errorf("seal the key: %w", err)
	}
	recipient.SetWorkFactor(logN)
	return encrypt([]byte(k.text()+"\n"), recipient)
}

// openKey decrypts key.age with a passphrase, in any of the forms that it may have been sealed in. Its errors are those of openWith.
func openKey(sealed []byte, passphrase connector.Secret) (k key, err error) {
	for _, form := range formsOf(passphrase) {
		if k, err = openWith(sealed, form); !errors.Is(err, ErrWrongPassphrase) {
			return k, err
		}
	}
	return key{}, err
}

// PassphraseTries is how often a person is asked for the passphrase before it is given up.
const PassphraseTries = 3

// openWith decrypts key.age. It returns ErrWrongPassphrase for another passphrase and ErrDamaged for anything else; the caller has
// compared the checksum, without which the two could not be told apart.
func openWith(sealed []byte, passphrase connector.Secret) (key, error) {
	identity, err := age.NewScryptIdentity(string(passphrase.Reveal()))
	if err != nil {
		return key{}, wrongPassphrase(err)
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	text, err := decrypt(sealed, identity)
	if errors.Is(err, age.ErrIncorrectIdentity) {
		return key{}, wrongPassphrase(err)
	}
	if err != nil {
		return key{}, damaged(sealedKeyFile, "it cannot be opened")
	}
	k, err := parseKey(text)
	if err != nil {
		return key{}, damaged(sealedKeyFile, "there is no key inside")
	}
	return k, nil
}

func wrongPassphrase(cause error) error {
	return &connector.Error{Kind: ErrWrongPassphrase, What: "The passphrase is not the one that protects these connections.", Remedy: "Type it again. It cannot be reset.", Cause: cause}
}

// fromSealedKey reads key.age and opens it with the passphrase that the person gives.
func fromSealedKey(f *folder, p pin, passphrase connector.Secret) (key, error) {
	sealed, err := f.read(sealedKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return key{}, &connector.Error{Kind: ErrKeyMissing, What: sealedKeyFile + " is gone, and with it the key of the saved connections.", Remedy: "Restore " + sealedKeyFile + " from a backup.", Cause: err}
	}
	if err != nil {
		return key{}, storage("read "+sealedKeyFile, err)
	}
	if digest(sealed) != p.SealedKey {
		return key{}, damaged(sealedKeyFile, "it is not the file that was written")
	}
	return openKey(sealed, passphrase)
}
