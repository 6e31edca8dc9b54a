package screentest

import (
	"context"
	"embed"
	"os"
	"path/filepath"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// Passphrase opens the saved connections of whoever was given one by ProtectByPassphrase.
const Passphrase = "a blue bird on the north wall"

//go:embed testdata/passphrase
var protected embed.FS

// ProtectByPassphrase does to a new vault what InitPassphrase does, with a key that was sealed at scrypt's smallest work factor: the real
// one, which the tests of the vault see to, costs a second of a core each time that a test opens it.
func ProtectByPassphrase(t testing.TB, v *vault.Vault) {
	t.Helper()
	if err := os.MkdirAll(v.Dir(), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"key.age", "key.json"} {
		content, err := protected.ReadFile("testdata/passphrase/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(v.Dir(), name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	typed := func(context.Context) (connector.Secret, error) { return SecretOf(Passphrase), nil }
	if err := v.Unlock(t.Context(), vault.Keys{Passphrase: typed}); err != nil {
		t.Fatal(err)
	}
}
