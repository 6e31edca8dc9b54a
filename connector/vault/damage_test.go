package vault

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// wantDamaged checks that List reports exactly one file, of the kind, by its name, and still gives all the others.
func wantDamaged(t *testing.T, v *Vault, file string, kind error, others ...string) {
	t.Helper()
	connections, broken, err := v.List(t.Context())
	if err != nil {
		t.Fatalf("one file hid all others: %v", err)
	}
	if len(broken) != 1 || broken[0].File != file {
		t.Fatalf("the damaged files are %v, want %s", broken, file)
	}
	if e := wantKind(t, broken[0].Err, kind); !strings.Contains(e.What, strings.TrimSuffix(file, extension)) {
		t.Errorf("the error does not name the file: %s", e.What)
	}
	if len(connections) != len(others) {
		t.Fatalf("%d connections are listed, want %v", len(connections), others)
	}
	for i, name := range others {
		if connections[i].Name != name {
			t.Errorf("listed %q, want %q", connections[i].Name, name)
		}
	}
}

// damage writes a connection's file anew, as a bad disk or an attacker would.
func damage(t *testing.T, v *Vault, id string, content []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(v.Dir(), connectionsDir, id+extension), content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestEveryFlippedBitIsRefused(t *testing.T) {
	v, _ := protected(t)
	saved := save(t, v, connection(t, "prod"))
	k, _ := v.held()
	name := saved.ID + extension
	intact := []byte(files(t, v.Dir())["connections/"+name])
	for i := range intact {
		for _, bit := range bits(i) {
			flipped := append([]byte(nil), intact...)
			flipped[i] ^= 1 << bit
			_, err := openConnection(k, name, flipped)
			wantDamage(t, err, name, fmt.Sprintf("flipping bit %d of byte %d of %d", bit, i, len(intact)))
		}
	}
	save(t, v, connection(t, "good"))
	damage(t, v, saved.ID, append([]byte{intact[0] ^ 1}, intact[1:]...))
	wantDamaged(t, v, name, ErrDamaged, "good")
}

// bits are the bits of a byte to flip: one of them in turn, or in a full run all.
func bits(i int) []int {
	if *full {
		return []int{0, 1, 2, 3, 4, 5, 6, 7}
	}
	return []int{i % 8}
}

func TestEveryTruncationAndEveryAdditionIsRefused(t *testing.T) {
	v, _ := protected(t)
	saved := save(t, v, connection(t, "prod"))
	k, _ := v.held()
	name := saved.ID + extension
	intact := []byte(files(t, v.Dir())["connections/"+name])
	for n := range intact {
		_, err := openConnection(k, name, intact[:n])
		wantDamage(t, err, name, fmt.Sprintf("cutting the file to %d of %d bytes", n, len(intact)))
	}
	for _, more := range []string{"\x00", "\n", string(intact)} {
		_, err := openConnection(k, name, []byte(string(intact)+more))
		wantDamage(t, err, name, fmt.Sprintf("%d bytes more", len(more)))
	}
	save(t, v, connection(t, "good"))
	damage(t, v, saved.ID, nil)
	wantDamaged(t, v, name, ErrDamaged, "good")
}

// wantDamage checks that what was done to a file is told apart from every other failure, by the name of the file.
func wantDamage(t *testing.T, err error, name, done string) {
	t.Helper()
	var e *connector.Error
	if !errors.As(err, &e) || e.Kind != ErrDamaged || !strings.Contains(e.What, name) {
		t.Fatalf("%s gave %v, not that the file is damaged", done, err)
	}
}

func TestADamagedFileIsKeptAndStopsNobodysSave(t *testing.T) {
	v, keyFile := protected(t)
	broken := save(t, v, connection(t, "prod"))
	file := broken.ID + extension
	damage(t, v, broken.ID, []byte("not a sealed file"))
	again := unlocked(t, v.Dir(), keyFile)
	save(t, again, connection(t, "good"))
	wantDamaged(t, again, file, ErrDamaged, "good")

	_, err := again.Save(t.Context(), broken)
	wantKind(t, err, ErrDamaged)
	_, err = again.Load(t.Context(), "prod")
	if e := wantKind(t, err, ErrNotFound); !strings.Contains(e.What, "1 could not be opened") {
		t.Errorf("the error does not mention the damaged file: %s", e.What)
	}
	_, err = again.Load(t.Context(), broken.ID)
	wantKind(t, err, ErrDamaged)
	if files(t, v.Dir())["connections/"+file] != "not a sealed file" {
		t.Error("the damaged file was touched")
	}

	if err := again.Delete(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	if got := list(t, again); len(got) != 1 {
		t.Errorf("listed %v", got)
	}
}

func TestAFileInAnothersPlaceIsRefused(t *testing.T) {
	v, _ := protected(t)
	a, b := save(t, v, connection(t, "prod")), save(t, v, connection(t, "test"))
	content := files(t, v.Dir())
	damage(t, v, a.ID, []byte(content["connections/"+b.ID+extension]))
	wantDamaged(t, v, a.ID+extension, ErrDamaged, "test")

	damage(t, v, a.ID, []byte(content["connections/"+a.ID+extension]))
	damage(t, v, a.ID+" copy", []byte(content["connections/"+a.ID+extension]))
	wantDamaged(t, v, a.ID+" copy"+extension, ErrDamaged, "prod", "test")
}

func TestAFileOfAnotherVaultIsRefused(t *testing.T) {
	v, _ := protected(t)
	save(t, v, connection(t, "prod"))
	other, _ := protected(t)
	foreign := save(t, other, connection(t, "foreign"))
	damage(t, v, foreign.ID, []byte(files(t, other.Dir())["connections/"+foreign.ID+extension]))
	wantDamaged(t, v, foreign.ID+extension, ErrDamaged, "prod")
}

func TestAFileOfANewerReleaseIsRefusedAndLeftUntouched(t *testing.T) {
	v, _ := protected(t)
	save(t, v, connection(t, "prod"))
	k, _ := v.held()
	id := randomID()
	sealed := must[[]byte](t)(k.seal(fmt.Appendf(nil, `{"version": %d, "id": %q, "something": "new"}`, recordVersion+1, id)))
	damage(t, v, id, sealed)
	wantDamaged(t, v, id+extension, ErrNewerVersion, "prod")

	save(t, v, connection(t, "test"))
	_, err := v.Save(t.Context(), connector.Connection{
		ID: id, Name: "other", Host: host(t, hostText), Credentials: connection(t, "other").Credentials,
	})
	wantKind(t, err, ErrNewerVersion)
	if files(t, v.Dir())["connections/"+id+extension] != string(sealed) {
		t.Error("the newer file was touched")
	}
}

func TestASealedRecordThatIsNotAConnectionIsRefused(t *testing.T) {
	v, _ := protected(t)
	saved := save(t, v, connection(t, "prod"))
	good := must[[]byte](t)(encodeRecord(saved))
	change := func(field string, value any) []byte {
		var fields map[string]any
		if err := json.Unmarshal(good, &fields); err != nil {
			t.Fatal(err)
		}
		fields[field] = value
		return must[[]byte](t)(json.Marshal(fields))
	}
	cases := map[string][]byte{
		"nothing":          nil,
		"not JSON":         []byte("hello"),
		"a list":           []byte("[]"),
		"null":             []byte("null"),
		"no version":       []byte("{}"),
		"version zero":     change("version", 0),
		"an unknown field": change("added", true),
		"two of them":      append(append([]byte(nil), good...), good...),
		"another ID":       change("id", "aaaaaaaaaaaaaaaa"),
		"no name":          change("name", ""),
		"a foreign host":   change("host", map[string]any{"address": "evil.example.org:443", "workspace_id": "", "allowed": false}),
		"a host in a URL":  change("host", map[string]any{"address": "x@evil.example.org/", "workspace_id": "", "allowed": true}),
		"a dotted schema":  change("schema", map[string]any{"catalog": "a.b", "schema": "c"}),
		"a spaced table":   change("tables", []any{map[string]any{"catalog": "a", "schema": "b", "table": "c d"}}),
	}
	for name, content := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := decodeRecord(content, saved.ID+extension, saved.ID)
			wantKind(t, err, ErrDamaged)
		})
	}
	if _, err := decodeRecord(good, saved.ID+extension, saved.ID); err != nil {
		t.Errorf("the unchanged record is refused: %v", err)
	}
}

func TestEveryFlippedBitAndTruncationOfThePinIsRefused(t *testing.T) {
	v, _ := protected(t)
	intact := []byte(files(t, v.Dir())[pinFile])
	for i := range intact {
		for bit := range 8 {
			flipped := append([]byte(nil), intact...)
			flipped[i] ^= 1 << bit
			if _, err := decodePin(flipped); err == nil {
				t.Fatalf("flipping bit %d of byte %d was not noticed", bit, i)
			}
		}
		if _, err := decodePin(intact[:i]); err == nil {
			t.Fatalf("cutting to %d of %d bytes was not noticed", i, len(intact))
		}
	}
	_, err := decodePin([]byte(`{"version": 2, "protection": "something new"}`))
	wantKind(t, err, ErrNewerVersion)
}

func TestADamagedKeyFileOfThePassphraseIsNotTakenForAWrongPassphrase(t *testing.T) {
	v := newVault(t)
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(v.Dir(), sealedKeyFile)
	intact := must[[]byte](t)(os.ReadFile(path))
	refused := func(content []byte) {
		t.Helper()
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		wantKind(t, reopen(v.Dir(), nil).Unlock(t.Context(), phrase(goodPhrase)), ErrDamaged)
	}
	for i := range intact {
		for _, bit := range bits(i) {
			flipped := append([]byte(nil), intact...)
			flipped[i] ^= 1 << bit
			refused(flipped)
		}
		refused(intact[:i])
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	wantKind(t, reopen(v.Dir(), nil).Unlock(t.Context(), phrase(goodPhrase)), ErrKeyMissing)
}

func TestAFileLargerThanAnyOfOursIsNotRead(t *testing.T) {
	v, _ := protected(t)
	save(t, v, connection(t, "prod"))
	id := randomID()
	damage(t, v, id, nil)
	if err := os.Truncate(filepath.Join(v.Dir(), connectionsDir, id+extension), sizeLimit+1); err != nil {
		t.Fatal(err)
	}
	wantDamaged(t, v, id+extension, ErrDamaged, "prod")
}

func TestAConnectionOfTheFirstReleaseOpensAndKeepsEverything(t *testing.T) {
	v, _ := protected(t)
	saved := save(t, v, connection(t, "prod"))
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(must[[]byte](t)(encodeRecord(saved)), &fields); err != nil {
		t.Fatal(err)
	}
	fields["version"] = json.RawMessage("1")
	delete(fields, "secret_expires")
	k, _ := v.held()
	damage(t, v, saved.ID, must[[]byte](t)(k.seal(must[[]byte](t)(json.Marshal(fields)))))
	if got := load(t, v, "prod"); !same(got, saved) {
		t.Errorf("loaded %+v, want %+v", got, saved)
	}
	if _, err := v.Rename(t.Context(), saved, "production"); err != nil {
		t.Errorf("changing it: %v", err)
	}
}
