package vault

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// session is a login session that keeps keys, as a system does.
type session struct{ kept map[string][]byte }

func (s *session) keep(name string, value []byte, _ time.Duration) error {
	s.kept[name] = append([]byte(nil), value...)
	return nil
}

func (s *session) recall(name string, _ func([]byte) time.Duration) ([]byte, error) {
	value, ok := s.kept[name]
	if !ok {
		return nil, errForgotten
	}
	return append([]byte(nil), value...), nil
}

func (s *session) drop(name string) error {
	delete(s.kept, name)
	return nil
}

// within opens the same folder as a command of a login session does.
func within(s memory, dir string, idle time.Duration) *Vault {
	v := Open(dir)
	v.workFactor, v.memory = 10, s
	v.StayUnlocked(idle)
	return v
}

func protectedBy(t *testing.T, v *Vault, passphrase string) {
	t.Helper()
	if err := v.InitPassphrase(t.Context(), connector.NewSecret([]byte(passphrase))); err != nil {
		t.Fatal(err)
	}
}

func TestTwoCommandsOfALoginSessionAskForThePassphraseOnce(t *testing.T) {
	t.Parallel()
	s, dir, asked := &session{map[string][]byte{}}, filepath.Join(t.TempDir(), "vault"), 0
	keys := Keys{Passphrase: func(context.Context) (connector.Secret, error) {
		asked++
		return connector.NewSecret([]byte("a blue door in the north wall")), nil
	}}
	protectedBy(t, within(nil, dir, 0), "a blue door in the north wall")
	for range 2 {
		if err := within(s, dir, time.Minute).Unlock(t.Context(), keys); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	if err := within(&session{map[string][]byte{}}, dir, time.Minute).Unlock(t.Context(), keys); err != nil || asked != 2 {
		t.Errorf("another login session was let in: asked %d times, %v", asked, err)
	}
	again := within(s, dir, time.Minute)
	if was, err := again.Lock(); !was || err != nil {
		t.Errorf("lock says %t, %v", was, err)
	}
	if again.Recall() || !again.Locked() {
		t.Error("it is open after lock")
	}
	if err := within(s, dir, 0).Unlock(t.Context(), keys); err != nil || asked != 3 || len(s.kept) != 0 {
		t.Errorf("told never to, it remembered %d keys; asked %d times, %v", len(s.kept), asked, err)
	}
}

// A key of another vault, or one that somebody put there, opens nothing and is thrown away.
func TestARememberedKeyThatIsNotTheVaultsOwnIsAskedAnew(t *testing.T) {
	t.Parallel()
	s, dir := &session{map[string][]byte{}}, filepath.Join(t.TempDir(), "vault")
	v := within(s, dir, time.Minute)
	protectedBy(t, v, "a blue door in the north wall")
	other, err := newKey()
	if err != nil {
		t.Fatal(err)
	}
	for name := range s.kept {
		s.kept[name] = []byte("60\n" + other.text())
	}
	if within(s, dir, time.Minute).Recall() || len(s.kept) != 0 {
		t.Errorf("it opened, or kept %d keys", len(s.kept))
	}
}

func TestAKeyFileIsRememberedNowhere(t *testing.T) {
	t.Parallel()
	s, dir := &session{map[string][]byte{}}, t.TempDir()
	v := within(s, filepath.Join(dir, "vault"), time.Minute)
	if err := v.InitKeyFile(t.Context(), filepath.Join(dir, "key.txt")); err != nil {
		t.Fatal(err)
	}
	if len(s.kept) != 0 || v.Idle() != 0 {
		t.Errorf("%d keys are remembered, for %s", len(s.kept), v.Idle())
	}
}

// What this system really has: the key is there until it was not used for the time that was said, in no file, and gone when told to.
func TestTheSystemForgetsAKeyThatIsNotUsed(t *testing.T) {
	t.Parallel()
	system := systemMemory()
	if system == nil {
		t.Skip("unknown: this system keeps no key for a login session")
	}
	name, value := appName+":test:"+randomID(), []byte("1\nthe key of a test")
	if err := system.keep(name, value, time.Minute); err != nil {
		t.Skipf("unknown: the system would not keep a key: %v", err)
	}
	t.Cleanup(func() { _ = system.drop(name) })
	if back, err := system.recall(name, idleIn); err != nil || string(back) != string(value) {
		t.Fatalf("it gives %q, %v", back, err)
	}
	time.Sleep(1500 * time.Millisecond) // the value asks for a second; what is later than that is later on any machine
	if _, err := system.recall(name, idleIn); !errors.Is(err, errForgotten) {
		t.Errorf("after its time: %v", err)
	}
	if err := system.keep(name, value, time.Minute); err != nil {
		t.Fatal(err)
	}
	if err := system.drop(name); err != nil {
		t.Fatal(err)
	}
	if _, err := system.recall(name, idleIn); !errors.Is(err, errForgotten) {
		t.Errorf("after it was dropped: %v", err)
	}
}

func TestWhatIsRememberedStandsInNoFile(t *testing.T) {
	t.Parallel()
	s, dir := &session{map[string][]byte{}}, t.TempDir()
	protectedBy(t, within(s, filepath.Join(dir, "vault"), time.Minute), "a blue door in the north wall")
	if len(s.kept) != 1 {
		t.Fatalf("%d keys are remembered", len(s.kept))
	}
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.Contains(string(content), "AGE-SECRET-KEY") {
			t.Errorf("%s holds a key", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
