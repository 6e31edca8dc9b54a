package vault

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"github.com/draftt-io/draftt-databricks/connector"
)

const (
	pinFile    = "key.json"
	pinVersion = 1
)

// pin is key.json: which keeper was chosen, and what tells the right key from a wrong one. Nothing in it is secret, and nothing in it
// helps to forge a file, because the check is itself sealed and does not contain the recipient.
type pin struct {
	Version    int        `json:"version"`
	Protection Protection `json:"protection"`
	Account    string     `json:"account"`              // names this vault's item in the keychain; random
	Check      []byte     `json:"check"`                // the account sealed to the key, so that another vault's key is recognised
	SealedKey  string     `json:"sealed_key,omitempty"` // SHA-256 of key.age, which tells a damaged file from a wrong passphrase
	Sum        string     `json:"sum"`                  // SHA-256 of the file with an empty sum: accidents only, not attackers
}

func newPin(p Protection, account string, k key) (pin, error) {
	check, err := k.seal([]byte(account))
	if err != nil {
		return pin{}, err
	}
	return pin{Version: pinVersion, Protection: p, Account: account, Check: check}, nil
}

// verify is nil when k is the key of this vault.
func (p pin) verify(k key) error {
	account, err := k.open(p.Check)
	if err != nil || string(account) != p.Account {
		return &connector.Error{Kind: ErrWrongKey, What: "This key belongs to other saved connections.", Remedy: "Use the key that was chosen when the first connection was saved.", Cause: err}
	}
	return nil
}

// same reports whether both pins name one key. The check differs whenever a key is sealed anew, even for equal accounts.
func (p pin) same(other pin) bool { return bytes.Equal(p.Check, other.Check) }

func (p pin) encode() ([]byte, error) {
	p.Sum = ""
	unsummed, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", pinFile, err)
	}
	p.Sum = digest(unsummed)
	content, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", pinFile, err)
	}
	return append(content, '\n'), nil
}

// decodePin accepts only what encode writes, byte for byte.
func decodePin(content []byte) (pin, error) {
	var p pin
	if err := json.Unmarshal(content, &p); err != nil {
		return pin{}, damaged(pinFile, "it is not the JSON that was written")
	}
	if p.Version > pinVersion {
		return pin{}, newer(pinFile)
	}
	again, err := p.encode()
	if err != nil || !bytes.Equal(again, content) {
		return pin{}, damaged(pinFile, "its content does not match its checksum")
	}
	if p.Version != pinVersion || !p.Protection.known() {
		return pin{}, damaged(pinFile, "it names no known protection")
	}
	return p, nil
}

// readPin returns ErrUnprotected for a folder without a pin, and ErrKeyMissing when there are connections that a pin must have existed for.
func readPin(f *folder) (pin, error) {
	content, err := f.read(pinFile)
	if errors.Is(err, fs.ErrNotExist) {
		return pin{}, unpinned(f)
	}
	if err != nil {
		return pin{}, storage("read "+pinFile, err)
	}
	return decodePin(content)
}

func unpinned(top *folder) error {
	f, err := top.inner(connectionsDir)
	if errors.Is(err, fs.ErrNotExist) {
		return errUnprotected
	}
	if err != nil {
		return storage("read the saved connections", err)
	}
	defer f.close()
	files, err := sealedFiles(f)
	if err != nil {
		return err
	}
	if len(files) > 0 {
		return &connector.Error{Kind: ErrKeyMissing, What: "There are saved connections, but " + pinFile + " is gone.", Remedy: "Restore " + pinFile + " from a backup, or move " + clean(top.path) + " away to start anew."}
	}
	return errUnprotected
}

var errUnprotected = &connector.Error{Kind: ErrUnprotected, What: "Nothing is saved yet.", Remedy: "Run draftt-databricks setup."}

func (p pin) write(f *folder) error {
	content, err := p.encode()
	if err != nil {
		return err
	}
	if err := f.write(pinFile, content); err != nil {
		return storage("save how the key is kept", err)
	}
	return nil
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
