package vault

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/draftt-io/draftt-databricks/connector"
)

// privateWords are the words of a connection that may not be found anywhere in a vault's folder.
var privateWords = []string{
	hostText, "adb-1234567890123456", "1234567890123456", clientID, secretText, "dose-", "7012345678901234", "draftt connector principal",
	"readers group", warehouseID, warehouseName, "inventory_prod", "assets_schema", "server_table", "näme", "CERTIFICATE",
	"Quarterly Stocktake", "Read two tables", "oauth-m2m", connector.EntitlementSQL,
}

func TestNothingOfAConnectionCanBeReadInTheFolder(t *testing.T) {
	protections := map[string]func(*Vault) error{
		"keychain":   func(v *Vault) error { return v.InitKeychain(t.Context()) },
		"passphrase": func(v *Vault) error { return v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))) },
		"key file":   func(v *Vault) error { return v.InitKeyFile(t.Context(), filepath.Join(t.TempDir(), "key.txt")) },
	}
	for name, choose := range protections {
		t.Run(name, func(t *testing.T) {
			v := newVault(t)
			if err := choose(v); err != nil {
				t.Fatal(err)
			}
			saved := save(t, v, connection(t, "Quarterly Stocktake"))
			save(t, v, saved)
			k, _ := v.held()
			forbidden := append([]string{k.text(), k.identity().Recipient().String(), "AGE-SECRET-KEY", "age1pq", goodPhrase}, privateWords...)
			for path, content := range files(t, v.Dir()) {
				for _, word := range forbidden {
					for _, form := range forms(word) {
						if strings.Contains(strings.ToLower(path+"\n"+content), strings.ToLower(form)) {
							t.Errorf("%s gives away %q", path, form)
						}
					}
				}
			}
		})
	}
}

// forms are the shapes in which a word could stand in a file.
func forms(word string) []string {
	return []string{word, hex.EncodeToString([]byte(word)), strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(word)), "=")}
}

func TestEveryFileAndFolderIsPrivate(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes; the profile's access list decides")
	}
	v := newVault(t)
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))); err != nil {
		t.Fatal(err)
	}
	save(t, v, connection(t, "prod"))
	found := 0
	err := filepath.WalkDir(v.Dir(), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		found++
		want := fs.FileMode(0o600)
		if d.IsDir() {
			want = fs.ModeDir | 0o700
		}
		if mode := must[fs.FileInfo](t)(d.Info()).Mode(); mode != want {
			t.Errorf("%s has mode %v, want %v", path, mode, want)
		}
		return nil
	})
	if err != nil || found != 6 {
		t.Errorf("walked over %d names, %v", found, err)
	}
}

func TestAFolderPreparedByAPersonIsMadePrivateWhenItIsEmpty(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes")
	}
	v := newVault(t)
	openToAll(t, v.Dir())
	if err := v.InitKeychain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if mode := must[fs.FileInfo](t)(os.Stat(v.Dir())).Mode().Perm(); mode != 0o700 {
		t.Errorf("the folder has mode %v", mode)
	}

	used := newVault(t)
	openToAll(t, used.Dir())
	if err := os.Mkdir(filepath.Join(used.Dir(), "something else"), 0o755); err != nil {
		t.Fatal(err)
	}
	wantKind(t, used.InitKeychain(t.Context()), ErrUnsafe)
	if entries := must[[]fs.DirEntry](t)(os.ReadDir(used.Dir())); len(entries) != 1 {
		t.Errorf("something was put into a folder that is open to others: %v", entries)
	}
}

// openToAll makes a folder that everybody may read, whatever the umask of whoever runs the tests.
func openToAll(t *testing.T, dir string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestFilesThatAreNotPrivateOrNotPlainAreRefused(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no modes, and links need a privilege")
	}
	spoil := map[string]func(dir, path string) error{
		"readable by the group": func(_, path string) error { return os.Chmod(path, 0o640) },
		"writable by others":    func(_, path string) error { return os.Chmod(path, 0o602) },
		"a link to itself elsewhere": func(dir, path string) error {
			if err := os.Rename(path, filepath.Join(dir, "elsewhere")); err != nil {
				return err
			}
			return os.Symlink("../elsewhere", path)
		},
		"a link to nothing": func(_, path string) error { return replace(path, func() error { return os.Symlink("nothing", path) }) },
		"a folder":          func(_, path string) error { return replace(path, func() error { return os.Mkdir(path, 0o700) }) },
		"a pipe": func(_, path string) error {
			return replace(path, func() error { return exec.Command("mkfifo", path).Run() })
		},
	}
	for name, change := range spoil {
		t.Run(name, func(t *testing.T) {
			v, _ := protected(t)
			bad := save(t, v, connection(t, "bad"))
			save(t, v, connection(t, "good"))
			if err := change(v.Dir(), filepath.Join(v.Dir(), connectionsDir, bad.ID+extension)); err != nil {
				t.Fatal(err)
			}
			wantDamaged(t, v, bad.ID+extension, ErrUnsafe, "good")
			save(t, v, connection(t, "another"))
		})
	}

	for _, part := range []string{".", connectionsDir, pinFile} {
		t.Run(part+" open to others", func(t *testing.T) {
			v, keyFile := protected(t)
			save(t, v, connection(t, "prod"))
			if err := os.Chmod(filepath.Join(v.Dir(), part), 0o755); err != nil {
				t.Fatal(err)
			}
			again := reopen(v.Dir(), nil)
			err := again.Unlock(t.Context(), Keys{KeyFile: keyFile})
			if err == nil {
				_, _, err = again.List(t.Context())
			}
			e := wantKind(t, err, ErrUnsafe)
			if !strings.Contains(e.Remedy, "chmod 6") && !strings.Contains(e.Remedy, "chmod 7") {
				t.Errorf("the remedy is %q", e.Remedy)
			}
			_, err = v.Save(t.Context(), connection(t, "test"))
			wantKind(t, err, ErrUnsafe)
		})
	}
}

func replace(path string, with func() error) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return with()
}

func TestAgeItselfRecoversAConnectionWithTheKeyFile(t *testing.T) {
	v, keyFile := protected(t)
	saved := save(t, v, connection(t, "prod"))
	sealed := filepath.Join(v.Dir(), connectionsDir, saved.ID+extension)

	identities := must[[]age.Identity](t)(age.ParseIdentities(must[*os.File](t)(os.Open(keyFile))))
	plain := must[[]byte](t)(decrypt(must[[]byte](t)(os.ReadFile(sealed)), identities[0]))
	var r record
	if err := json.Unmarshal(plain, &r); err != nil || r.Credentials.Secret != secretText || r.Host.Address != hostText+":443" {
		t.Errorf("recovered %s, %v", plain, err)
	}

	// The command that the documents name, where it is installed.
	if tool, err := exec.LookPath("age"); err == nil {
		out, err := exec.Command(tool, "-d", "-i", keyFile, sealed).Output()
		if err != nil || string(out) != string(plain) {
			t.Errorf("age -d gave %d bytes, %v", len(out), err)
		}
	}
}

func TestTheKeyIsNeverPrinted(t *testing.T) {
	v, _ := protected(t)
	k, _ := v.held()
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x"} {
		text := fmt.Sprintf(verb, v) + fmt.Sprintf(verb, k) + fmt.Sprintf(verb, []key{k})
		if strings.Contains(text, "SECRET-KEY") || strings.Contains(text, hex.EncodeToString([]byte(k.text()))) {
			t.Errorf("%s prints the key", verb)
		}
	}
}
