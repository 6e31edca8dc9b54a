package vault

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/letters"
)

// accented is a passphrase whose letters can be written in two ways.
const accented = "Straße über Café"

// written are the ways in which one passphrase reaches the program: by what wrote the file, and by what was typed.
func written(passphrase string) (ways []string) {
	for _, before := range []string{"", letters.ByteOrderMark} {
		for _, letters := range []norm.Form{norm.NFC, norm.NFD} {
			for _, after := range []string{"", "\n", "\r\n", "\r", "\n\n"} {
				ways = append(ways, before+letters.String(passphrase)+after)
			}
		}
	}
	return ways
}

func TestAPassphraseOpensHoweverItWasWrittenDown(t *testing.T) {
	k := must[key](t)(newKey())
	ways := written(accented)
	for _, sealing := range ways {
		if err := CheckPassphrase(connector.NewSecret([]byte(sealing))); err != nil {
			t.Errorf("%q is refused: %v", sealing, err)
		}
		sealed := must[[]byte](t)(sealKey(k, connector.NewSecret([]byte(sealing)), 2))
		for _, opening := range ways {
			if _, err := openWith(sealed, normal(connector.NewSecret([]byte(opening)))); err != nil {
				t.Errorf("sealed with %q, %q gave %v", sealing, opening, err)
			}
			if !SamePassphrase(connector.NewSecret([]byte(sealing)), connector.NewSecret([]byte(opening))) {
				t.Errorf("%q and %q are not the same", sealing, opening)
			}
		}
	}
	if len(ways) != 20 {
		t.Errorf("there are %d ways", len(ways))
	}
}

func TestAnotherPassphraseStaysAnotherOne(t *testing.T) {
	for _, other := range []string{"Strasse über Café", "straße über Café", "Straße  über Café", "Straße über Cafe", "Straße über Café x", ""} {
		if SamePassphrase(connector.NewSecret([]byte(accented)), connector.NewSecret([]byte(other))) {
			t.Errorf("%q counts as %q", other, accented)
		}
	}
}

// firstRelease is a copy of a vault that the first release sealed, with throw-away values of its own embedded workspace.
func firstRelease(t *testing.T, name string) string {
	t.Helper()
	from, to := filepath.Join("testdata", "first-release", name), filepath.Join(t.TempDir(), "vault")
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(to, func(path string, entry os.DirEntry, err error) error {
		mode := os.FileMode(privateFile)
		if err == nil && entry.IsDir() {
			mode = privateFolder
		}
		return os.Chmod(path, mode)
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// sealedThen are the vaults of the first release, and the bytes that each was sealed with: those of a file without its line end.
var sealedThen = map[string]string{
	"plain":      goodPhrase,
	"marked":     letters.ByteOrderMark + accented,
	"decomposed": norm.NFD.String(accented),
}

func TestWhatTheFirstReleaseSealedStillOpens(t *testing.T) {
	for name, then := range sealedThen {
		t.Run(name, func(t *testing.T) {
			typed := norm.NFC.String(strings.TrimPrefix(then, letters.ByteOrderMark))
			v := reopen(firstRelease(t, name), &fakeKeychain{})
			if err := v.Unlock(t.Context(), Keys{Passphrase: answering(typed)}); err != nil {
				t.Fatal(err)
			}
			c := must[connector.Connection](t)(v.Load(t.Context(), "first release"))
			if !c.Proof.Passed || len(c.Tables) != 2 || c.Credentials.Secret.IsZero() {
				t.Errorf("it opened as %+v", c)
			}
			c.Name = "renamed"
			save(t, v, c)
		})
	}
}

// The forms are compared, and not each tried on a vault: a try takes half a second.
func TestEveryWayToGiveAPassphraseLeadsToTheFormOfTheFirstRelease(t *testing.T) {
	for name, then := range sealedThen {
		for _, given := range written(strings.TrimPrefix(then, letters.ByteOrderMark)) {
			tried := formsOf(connector.NewSecret([]byte(given)))
			if !slices.ContainsFunc(tried, connector.NewSecret([]byte(then)).Equal) {
				t.Errorf("%s: %q is never tried as it was sealed", name, given)
			}
			if len(tried) > 5 || !tried[0].Equal(normal(connector.NewSecret([]byte(given)))) {
				t.Errorf("%s: %q is tried in %d forms", name, given, len(tried))
			}
		}
	}
}

// answering gives a passphrase when it is asked for.
func answering(passphrase string) func(context.Context) (connector.Secret, error) {
	return func(context.Context) (connector.Secret, error) { return connector.NewSecret([]byte(passphrase)), nil }
}

func TestAWrongPassphraseForAnOldVaultIsStillWrong(t *testing.T) {
	v := reopen(firstRelease(t, "marked"), &fakeKeychain{})
	wantKind(t, v.Unlock(t.Context(), Keys{Passphrase: answering("Straße unter Café")}), ErrWrongPassphrase)
}

func TestAKeyFileOpensWhateverAnEditorMadeOfItsLines(t *testing.T) {
	v, path := protected(t)
	text := string(must[[]byte](t)(os.ReadFile(path)))
	for _, changed := range []string{
		letters.ByteOrderMark + text, strings.ReplaceAll(text, "\n", "\r\n"), strings.TrimSuffix(text, "\n"),
		letters.ByteOrderMark + strings.ReplaceAll(text, "\n", "\r\n") + "\r\n", letters.ByteOrderMark + text[strings.Index(text, "AGE-"):],
	} {
		if err := os.WriteFile(path, []byte(changed), privateFile); err != nil {
			t.Fatal(err)
		}
		if err := reopen(v.Dir(), &fakeKeychain{}).Unlock(t.Context(), Keys{KeyFile: path}); err != nil {
			t.Errorf("%q: %v", changed[:20], err)
		}
	}
}
