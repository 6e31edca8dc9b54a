package vault

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAFaultAtAnyCallOfTheDiskLosesNothing(t *testing.T) {
	for _, deed := range deeds {
		t.Run(deed.name, func(t *testing.T) {
			template, keyFile := protected(t)
			template.disk = &faultyDisk{}
			for n := range deed.known {
				save(t, template, bare(numbered(n), n))
			}
			saveDraft(t, template, Draft{Name: aDraft, Answers: []byte("5")})
			before := counts(list(t, template))
			before[aDraft] = 5

			attempt := func(f *faultyDisk) (string, error) {
				dir := copied(t, template.Dir())
				v := unlocked(t, dir, keyFile)
				v.disk = f
				err := deed.do(t, v)
				f.bury()
				return dir, err
			}
			counting := &faultyDisk{}
			if _, err := attempt(counting); err != nil {
				t.Fatal(err)
			}
			for _, f := range faultsIn(counting.calls) {
				if deed.known > 3 && f.at%stride() != 0 && !strings.Contains(counting.calls[f.at-1], indexFile) {
					continue // opening one more connection is no news
				}
				dir, err := attempt(f)
				where := fmt.Sprintf("%v, call %d of %d, %s", f.err, f.at, len(counting.calls), hows[f.how])
				if f.at <= len(f.calls) {
					where += ", " + f.calls[f.at-1]
				}
				holds(t, where, dir, keyFile, f, err, before, deed.done)
			}
			t.Logf("%d calls of the disk", len(counting.calls))
		})
	}
}

// stride is how many of the calls that open connections for an index go by between two faults.
func stride() int {
	if *full {
		return 10
	}
	return 40
}

// faultsIn is every fault at every call. An ordinary run takes one for every other call, a kill or an error in turn.
func faultsIn(calls []string) []*faultyDisk {
	var all []*faultyDisk
	for at := 1; at <= len(calls); at++ {
		if *full || at%4 == 0 {
			all = append(all, &faultyDisk{at: at, how: dies, err: errDead})
		}
		for manner := refuses; manner <= late; manner++ {
			for i, err := range faultErrors {
				if turn := at*3 + int(manner); *full || at%4 == 1 && turn%3 == (at/7)%3 && i == turn/3%len(faultErrors) {
					all = append(all, &faultyDisk{at: at, how: manner, err: err})
				}
			}
		}
	}
	return all
}

// holds checks a vault after a fault: it is as before or as the deed wanted it, as the error said, whole, and usable.
func holds(t *testing.T, where, dir, keyFile string, f *faultyDisk, err error, before map[string]int, done func(before, after map[string]int) bool) {
	t.Helper()
	v := unlocked(t, dir, keyFile)
	v.disk = &faultyDisk{} // which spares the time of syncing
	saved, broken, listing := v.List(t.Context())
	if listing != nil || len(broken) > 0 {
		t.Errorf("%s: damaged files %v, %v", where, broken, listing)
		return
	}
	after := counts(saved)
	for _, d := range drafts(t, v) {
		after[d.Name] = draftCount(d)
	}
	old, changed := maps.Equal(after, before), done(before, after)
	var told *connector.Error
	switch {
	case !old && !changed:
		t.Errorf("%s: %d connections became %d", where, len(before), len(after))
	case f.how == dies || errors.Is(err, errDead):
	case err == nil && !changed:
		t.Errorf("%s: acknowledged, and nothing was changed", where)
	case errors.Is(err, errUnconfirmed) && !changed:
		t.Errorf("%s: said to be in place, and it is not", where)
	case err != nil && !errors.Is(err, errUnconfirmed) && changed && f.how != late:
		t.Errorf("%s: said to have failed with %v, and it was done", where, err)
	case err != nil && (!errors.As(err, &told) || told.What == "" || told.Remedy == "" || !errors.Is(err, f.err)):
		t.Errorf("%s: the error does not say what happened and what to do: %v", where, err)
	}
	for _, c := range saved {
		if string(c.Credentials.Secret.Reveal()) != secretText {
			t.Errorf("%s: the secret of %q is another one", where, c.Name)
		}
	}
	if _, err := v.Save(t.Context(), bare("the next one", 1)); err != nil {
		t.Errorf("%s: the next save failed: %v", where, err)
	}
	for path := range files(t, dir) {
		if strings.Contains(path, tempPrefix) {
			t.Errorf("%s: %s was left behind", where, path)
		}
	}
}

// counts is what is saved: the counter of each connection by its name.
func counts(saved []connector.Connection) map[string]int {
	found := map[string]int{}
	for _, c := range saved {
		found[c.Name] = count(c)
	}
	return found
}

// copied is a vault's folder in another place, with files that have long been left alone.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "vault")
	past := time.Now().Add(-time.Hour)
	for path, content := range files(t, dir) {
		path = filepath.Join(to, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, past, past); err != nil {
			t.Fatal(err)
		}
	}
	return to
}

// choices are the ways to protect a vault, and how its key is asked for afterwards.
var choices = []struct {
	name   string
	choose func(t *testing.T, v *Vault, keyFile string) error
	keys   func(keyFile string) Keys
}{
	{
		"the keychain",
		func(t *testing.T, v *Vault, _ string) error { return v.InitKeychain(t.Context()) },
		func(string) Keys { return Keys{} },
	},
	{
		"a passphrase",
		func(t *testing.T, v *Vault, _ string) error {
			return v.InitPassphrase(t.Context(), connector.NewSecret([]byte(goodPhrase)))
		},
		func(string) Keys { return phrase(goodPhrase) },
	},
	{
		"a key file",
		func(t *testing.T, v *Vault, keyFile string) error { return v.InitKeyFile(t.Context(), keyFile) },
		func(keyFile string) Keys { return Keys{KeyFile: keyFile} },
	},
}

func TestAFaultDuringTheChoiceLeavesItOpenOrMade(t *testing.T) {
	for _, choice := range choices {
		t.Run(choice.name, func(t *testing.T) {
			attempt := func(f *faultyDisk) {
				home := t.TempDir()
				dir, keyFile, keychain := filepath.Join(home, "vault"), filepath.Join(home, "key.txt"), &fakeKeychain{}
				v := reopen(dir, keychain)
				v.disk = f
				err := choice.choose(t, v, keyFile)
				f.bury()
				where := fmt.Sprintf("%v at call %d, %s", f.err, f.at, hows[f.how])
				if f.at > 0 && f.at <= len(f.calls) {
					where += ", " + f.calls[f.at-1]
				}
				if err == nil && v.Locked() {
					t.Errorf("%s: chosen, and locked", where)
				}

				again := reopen(dir, keychain)
				again.disk = &faultyDisk{}
				again.now = func() time.Time { return time.Now().Add(time.Minute) } // a person takes that long
				_, made, broken := again.Protection()
				switch {
				case broken != nil:
					t.Errorf("%s: %v", where, broken)
					return
				case err == nil && !made:
					t.Errorf("%s: acknowledged, and not made", where)
				case made:
					err = again.Unlock(t.Context(), choice.keys(keyFile))
				default:
					if err = choice.choose(t, again, keyFile); errors.Is(err, ErrBadKeyFile) {
						// A key file that was cut off in the middle is a person's to judge; this one deletes it.
						if err = os.Remove(keyFile); err == nil {
							err = choice.choose(t, again, keyFile)
						}
					}
				}
				if err == nil {
					_, err = again.Save(t.Context(), bare("prod", 1))
				}
				if err != nil {
					t.Errorf("%s: with the choice made %v, the next step failed: %v", where, made, err)
				}
			}
			counting := &faultyDisk{}
			attempt(counting)
			for _, f := range faultsIn(counting.calls) {
				attempt(f)
			}
			t.Logf("%d calls of the disk", len(counting.calls))
		})
	}
}

func TestEveryKindOfCallOfASaveIsPutUnderFault(t *testing.T) {
	v, _ := protected(t)
	f := &faultyDisk{}
	v.disk = f
	save(t, v, bare("prod", 1))
	var kinds []string
	for _, call := range f.calls {
		kind, _, _ := strings.Cut(call, " ")
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	want := []string{"close", "list", "lock", "lstat", "mkdir", "open", "read", "rename", "stat", "sync", "unlock", "write"}
	for _, kind := range want {
		if !slices.Contains(kinds, kind) {
			t.Errorf("no call of the kind %q was seen in %q", kind, f.calls)
		}
	}
}
