package vault

import (
	"bytes"
	"errors"
	"maps"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// fuzzKey is a key for one run.
func fuzzKey(f *testing.F) key {
	k, err := newKey()
	if err != nil {
		f.Fatal(err)
	}
	return k
}

func FuzzSealedFile(f *testing.F) {
	k := fuzzKey(f)
	sealed, err := k.seal([]byte("{}"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed)
	f.Add([]byte("age-encryption.org/v1\n-> mlkem768x25519 AAAA\nAAAA\n--- AAAA\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		if content, err := k.open(file); err == nil && !bytes.Equal(file, sealed) {
			t.Errorf("a file that was not sealed to the key opened as %q", content)
		}
	})
}

func FuzzSealedRecord(f *testing.F) {
	const id = "abcdefghijklmnop"
	c := bare("prod", 1)
	c.ID = id
	good, err := encodeRecord(c)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"version":1,"id":"abcdefghijklmnop","host":{"address":"[::1]:1","allowed":true}}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		first, err := decodeRecord(content, "file", id)
		if err != nil {
			return
		}
		again, err := encodeRecord(first)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		second, err := decodeRecord(again, "file", id)
		if err != nil || !same(first, second) {
			t.Errorf("read %+v, then %+v, %v", first, second, err)
		}
	})
}

func FuzzPin(f *testing.F) {
	p := pin{Version: pinVersion, Protection: Keychain, Account: "account", Check: []byte("sealed")}
	good, err := p.encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Fuzz(func(t *testing.T, content []byte) {
		p, err := decodePin(content)
		if err != nil {
			return
		}
		if again, err := p.encode(); err != nil || !bytes.Equal(again, content) {
			t.Errorf("accepted %q, which is not what is written", content)
		}
	})
}

func FuzzIndex(f *testing.F) {
	f.Add(string(encodeIndex(map[string]knownName{"abcdefghijklmnop.age": {Mark: fileMark{1, 2, 3}, Name: "prod", Digest: "00"}})))
	f.Add(indexHead + "a\t1\t2\t3\t\t\n")
	f.Fuzz(func(t *testing.T, content string) {
		known := decodeIndex(content)
		if again := decodeIndex(string(encodeIndex(known))); !maps.Equal(known, again) {
			t.Errorf("read %v, then %v", known, again)
		}
	})
}

func FuzzSealedDraft(f *testing.F) {
	const file = "abcdefghijklmnop.age"
	f.Add([]byte(`{"version":1,"id":"abcdefghijklmnop","name":"n","step":"s","answers":"e30=","created_at":"2026-11-22T09:00:00Z","saved_at":"2026-11-22T09:00:00Z","expires_at":"2026-11-29T09:00:00Z"}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		d, err := decodeDraft(content, file)
		var told *connector.Error
		if err != nil && (!errors.As(err, &told) || told.What == "") || err == nil && d.ID+extension != file {
			t.Errorf("read %+v, %v", d, err)
		}
	})
}
