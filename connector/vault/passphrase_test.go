package vault

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/letters"
)

func TestPassphraseRules(t *testing.T) {
	cases := map[string]bool{
		"":                                     false,
		"tiny7":                                false,
		"elevenchars":                          false,
		"twelve chars":                         true,
		"äöüßäöüßñ東京都":                         true,
		"            ":                         false,
		" correct horse battery":               false,
		"correct horse battery\n":              true, // of a file
		"correct horse\nbattery":               false,
		letters.ByteOrderMark + "elevenchars":  false,
		"correct\x00horse battery":             false,
		"aaaaaaaaaaaaaaaa":                     false,
		"abababababababab":                     false,
		"correct horse\xff battery":            false,
		strings.Repeat("correct horse", 79):    false,
		"able-acid-acorn-acre-actor-zucchinis": true,
	}
	for text, good := range cases {
		err := CheckPassphrase(connector.NewSecret([]byte(text)))
		var input *connector.Error
		if good != (err == nil) || err != nil && !errors.As(err, &input) {
			t.Errorf("%q gave %v", text, err)
		}
		if err != nil && len(text) > 4 && strings.Contains(err.Error(), text) {
			t.Errorf("the error repeats the passphrase: %v", err)
		}
	}
	v := newVault(t)
	var input *connector.Error
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte("short"))); !errors.As(err, &input) {
		t.Errorf("choosing a short passphrase gave %v", err)
	}
	if _, chosen, _ := v.Protection(); chosen {
		t.Error("a short passphrase was pinned")
	}
}

func TestTheWordListIsWhatTheStrengthIsCountedFrom(t *testing.T) {
	words := strings.Fields(wordList)
	if len(words) != 2048 {
		t.Fatalf("there are %d words, so a random 16-bit number does not choose evenly", len(words))
	}
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		t.Error("the words are not sorted or not all different")
	}
	for _, w := range words {
		if len(w) < 4 || len(w) > 7 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not a plain word of four to seven letters", w)
		}
	}
}

func TestAGeneratedPassphraseIsSixWordsAndAlwaysGoodEnough(t *testing.T) {
	words := strings.Fields(wordList)
	seen := map[string]bool{}
	for range 500 {
		p := must[connector.Secret](t)(GeneratePassphrase())
		text := string(p.Reveal())
		if err := CheckPassphrase(p); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		parts := strings.Split(text, "-")
		if len(parts) != 6 || slices.ContainsFunc(parts, func(w string) bool { return !slices.Contains(words, w) }) {
			t.Errorf("%q is not six words of the list", text)
		}
		seen[text] = true
	}
	if len(seen) != 500 {
		t.Errorf("500 passphrases had %d different ones", len(seen))
	}
}

func TestANewVaultUsesTheFullWorkFactor(t *testing.T) {
	v := Open(t.TempDir() + "/vault")
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))); err != nil {
		t.Fatal(err)
	}
	head, _, _ := strings.Cut(files(t, v.Dir())[sealedKeyFile], "---")
	fields := strings.Fields(head)
	if i := slices.Index(fields, "scrypt"); i < 0 || fields[i+2] != "17" {
		t.Errorf("key.age starts with %q", head)
	}
}

func TestAgeItselfOpensTheSealedKey(t *testing.T) {
	v := newVault(t)
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase))); err != nil {
		t.Fatal(err)
	}
	saved := save(t, v, connection(t, "prod"))
	content := files(t, v.Dir())
	identity := must[*age.ScryptIdentity](t)(age.NewScryptIdentity(goodPhrase))
	keyText := must[[]byte](t)(decrypt([]byte(content[sealedKeyFile]), identity))
	identities := must[[]age.Identity](t)(age.ParseIdentities(strings.NewReader(string(keyText))))
	plain := must[[]byte](t)(decrypt([]byte(content["connections/"+saved.ID+".age"]), identities[0]))
	if !strings.Contains(string(plain), secretText) {
		t.Errorf("the recovered connection is %s", plain)
	}
}
