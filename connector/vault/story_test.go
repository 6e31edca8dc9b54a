package vault

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The values below are searched for in every byte of a vault, so each must be long enough not to occur by chance.
const (
	hostText      = "adb-1234567890123456.7.azuredatabricks.net"
	clientID      = "11111111-2222-4333-8444-555555555555"
	secretText    = "dose-canary-0123456789abcdef0123456789abcdef"
	warehouseID   = "abcdef0123456789"
	warehouseName = "Starter Warehouse"
	goodPhrase    = "correct horse battery"
)

// newVault is a vault in a folder of its own, with a fake keychain and a passphrase that costs next to nothing to check.
func newVault(t *testing.T) *Vault {
	t.Helper()
	return reopen(filepath.Join(t.TempDir(), "vault"), &fakeKeychain{})
}

func reopen(dir string, k keychain) *Vault {
	v := Open(dir)
	v.keychain = k
	v.workFactor = 2
	v.lockWait = time.Hour // a busy machine makes a test slow, and does not fail it
	return v
}

// protected is a new vault with a key file, and the path of the key file.
func protected(t *testing.T) (*Vault, string) {
	t.Helper()
	v := newVault(t)
	path := filepath.Join(t.TempDir(), "key.txt")
	if err := v.InitKeyFile(t.Context(), path); err != nil {
		t.Fatalf("choose a key file: %v", err)
	}
	return v, path
}

// unlocked opens a vault's folder again, as the next run of the program would.
func unlocked(t *testing.T, dir, keyFile string) *Vault {
	t.Helper()
	v := reopen(dir, &fakeKeychain{})
	if err := v.Unlock(t.Context(), Keys{KeyFile: keyFile}); err != nil {
		t.Fatalf("unlock: %v", err)
	}
	return v
}

func must[T any](t *testing.T) func(T, error) T {
	t.Helper()
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func save(t *testing.T, v *Vault, c connector.Connection) connector.Connection {
	t.Helper()
	return must[connector.Connection](t)(v.Save(t.Context(), c))
}

// list lists a vault that is expected to be in order.
func list(t *testing.T, v *Vault) []connector.Connection {
	t.Helper()
	connections, broken, err := v.List(t.Context())
	if err != nil || len(broken) > 0 {
		t.Fatalf("list: %v, damaged: %v", err, broken)
	}
	return connections
}

func wantKind(t *testing.T, err, kind error) *connector.Error {
	t.Helper()
	var e *connector.Error
	if !errors.Is(err, kind) || !errors.As(err, &e) {
		t.Fatalf("got the error %v, want an *connector.Error of kind %q", err, kind)
	}
	if e.What == "" || e.Remedy == "" {
		t.Errorf("the error %+v does not say what happened and what to do", e)
	}
	return e
}

func host(t *testing.T, text string, allow ...string) connector.Host {
	t.Helper()
	var list connector.AllowList
	for _, a := range allow {
		list = must[connector.AllowList](t)(list.Allow(a))
	}
	h, _, err := connector.ParseHost(text, list)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func table(t *testing.T, name string) connector.TableName {
	t.Helper()
	return must[connector.TableName](t)(connector.ParseTable(name, connector.SchemaName{}))
}

// connection is one with every field filled in.
func connection(t *testing.T, name string) connector.Connection {
	t.Helper()
	assets := table(t, "inventory_prod.assets_schema.server_table")
	return connector.Connection{
		Name:        name,
		Host:        host(t, hostText),
		Credentials: connector.Credentials{Method: connector.OAuth, ClientID: clientID, Secret: connector.NewSecret([]byte(secretText))},
		Principal: connector.Principal{
			ID: "7012345678901234", Name: connector.FromRemote(clientID), DisplayName: connector.FromRemote("draftt connector principal"),
			Active: true, Entitlements: []string{connector.EntitlementSQL}, Groups: []connector.Remote{connector.FromRemote("readers group")},
		},
		CACerts:   []byte("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
		Warehouse: connector.WarehouseRef{ID: warehouseID, Name: connector.FromRemote(warehouseName), Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/" + warehouseID},
		Schema:    assets.SchemaName,
		Scope:     connector.ScopeTables,
		Tables:    []connector.TableName{assets, table(t, "inventory_prod.assets_schema.`odd``näme-1`")},
		Proof:     connector.Proof{At: time.Date(2026, 11, 3, 9, 30, 0, 5, time.UTC), Passed: true, Summary: "Read two tables as the connector.", ReadOnly: "No privilege beyond the contract."},
	}
}

// same compares two connections in every field, the secret by its bytes.
func same(a, b connector.Connection) bool {
	if string(a.Credentials.Secret.Reveal()) != string(b.Credentials.Secret.Reveal()) {
		return false
	}
	a.Credentials.Secret, b.Credentials.Secret = connector.Secret{}, connector.Secret{}
	return reflect.DeepEqual(a, b)
}

// files reads a whole vault, by path within it.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	content := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		content[must[string](t)(filepath.Rel(dir, path))] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func unchangedFiles(t *testing.T, dir string, before map[string]string) {
	t.Helper()
	if after := files(t, dir); !maps.Equal(before, after) {
		t.Errorf("the files changed: before %d, after %d", len(before), len(after))
	}
}

// fakeKeychain keeps items in memory. With err it refuses, with block it waits until block is closed before it does anything.
type fakeKeychain struct {
	mu    sync.Mutex
	items map[string]string
	err   error
	lossy bool // says yes and keeps nothing
	block chan struct{}
}

func (k *fakeKeychain) enter() error {
	if k.block != nil {
		<-k.block
	}
	return k.err
}

func (k *fakeKeychain) Set(service, account, secret string) error {
	if err := k.enter(); err != nil || k.lossy {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.items == nil {
		k.items = map[string]string{}
	}
	k.items[service+"/"+account] = secret
	return nil
}

func (k *fakeKeychain) Get(service, account string) (string, error) {
	if err := k.enter(); err != nil {
		return "", err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	secret, ok := k.items[service+"/"+account]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return secret, nil
}

func (k *fakeKeychain) Delete(service, account string) error {
	if err := k.enter(); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.items, service+"/"+account)
	return nil
}

func (k *fakeKeychain) size() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.items)
}

// phrase answers the question for a passphrase.
func phrase(text string) Keys {
	return Keys{Passphrase: func(context.Context) (connector.Secret, error) { return connector.NewSecret([]byte(text)), nil }}
}

func numbered(n int) string { return fmt.Sprintf("Connection %03d", n) }
