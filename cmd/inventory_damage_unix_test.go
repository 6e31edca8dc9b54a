//go:build unix

package cmd

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/findings"
)

// damages are what can become of the files of a run, by what a person sees.
var damages = map[string]func(db, manifest string) error{
	"manifest cut":      func(_, m string) error { return os.Truncate(m, 40) },
	"manifest emptied":  func(_, m string) error { return os.Truncate(m, 0) },
	"manifest no JSON":  func(_, m string) error { return os.WriteFile(m, []byte("[[[["), 0o600) },
	"manifest null":     func(_, m string) error { return os.WriteFile(m, []byte("null"), 0o600) },
	"manifest gone":     func(_, m string) error { return os.Remove(m) },
	"manifest a folder": func(_, m string) error { return inPlaceOf(m, func() error { return os.Mkdir(m, 0o700) }) },
	"manifest a pipe":   func(_, m string) error { return inPlaceOf(m, func() error { return syscall.Mkfifo(m, 0o600) }) },
	"rows gone":         func(db, _ string) error { return os.Remove(db) },
	"rows cut":          func(db, _ string) error { return os.Truncate(db, 5000) },
	"rows emptied":      func(db, _ string) error { return os.Truncate(db, 0) },
	"rows other bytes":  func(db, _ string) error { return os.WriteFile(db, []byte(strings.Repeat("noise", 2000)), 0o600) },
	"rows a folder":     func(db, _ string) error { return inPlaceOf(db, func() error { return os.Mkdir(db, 0o700) }) },
	"rows a pipe":       func(db, _ string) error { return inPlaceOf(db, func() error { return syscall.Mkfifo(db, 0o600) }) },
	"rows a link":       func(db, _ string) error { return inPlaceOf(db, func() error { return os.Symlink("elsewhere", db) }) },
}

func inPlaceOf(path string, other func() error) error {
	if err := os.Remove(path); err != nil {
		return err
	}
	return other()
}

// Every command says that the newest run is not whole and answers from the one before, and nothing passes for it.
func TestADamagedRunIsSaidAndNeverPasses(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	if o := run(t, "inventory", "run", "prod", "--key-file", s.keyFile); o.code != exitOK {
		t.Fatalf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	taken, err := filepath.Glob(filepath.Join(s.dir, "inventory", "*", "2*.db"))
	if err != nil || len(taken) != 1 {
		t.Fatalf("%q: %v", taken, err)
	}
	last := strings.TrimSuffix(filepath.Base(taken[0]), ".db")
	const before = "20200101T020000Z"
	asBefore(t, taken[0], last, before)
	host := filepath.Base(filepath.Dir(taken[0]))
	check := []string{"inventory", "check"} // what is found there is left out: how it ends is a matter of the files alone
	for _, id := range findings.IDs() {
		check = append(check, "--without", id)
	}
	if o := run(t, check...); o.code != exitOK {
		t.Fatalf("exit %d\n%s%s", o.code, o.out, o.err)
	}
	at := filepath.Join(s.keyFile, "below")
	if o := run(t, "inventory", "export", "--to", at); o.code != 73 || !strings.Contains(unfolded(o.err), at+" cannot be made") {
		t.Errorf("where no folder can be made: exit %d\n%s%s", o.code, o.out, o.err)
	}
	commands := []struct {
		args []string
		code int
	}{
		{[]string{"inventory", "status"}, exitOK},
		{[]string{"inventory", "show"}, exitOK},
		{check, 51},
		{append([]string{"inventory", "findings"}, check[2:]...), 51},
		{[]string{"access", "who", "inventory.assets.components"}, exitOK},
		{[]string{"inventory", "export", "--kind", "tables", "--to"}, exitOK},
	}
	said := "The run " + last + " is not whole. The last whole run before it is shown."
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			home := t.TempDir()
			t.Setenv("DRAFTT_DATABRICKS_HOME", home)
			of := filepath.Join(home, "inventory", host)
			if err := os.CopyFS(of, os.DirFS(filepath.Dir(taken[0]))); err != nil {
				t.Fatal(err)
			}
			if err := damage(filepath.Join(of, last+".db"), filepath.Join(of, last+".json")); err != nil {
				t.Fatal(err)
			}
			for _, c := range commands {
				if c.args[len(c.args)-1] == "--to" {
					c.args = append(slices.Clip(c.args), t.TempDir())
				}
				o := run(t, c.args...)
				if o.code != c.code || !strings.Contains(o.err, said) || strings.Contains(o.out+o.err, "is not over") {
					t.Errorf("%q: exit %d\n%s%s", c.args[:2], o.code, o.out, o.err)
				}
				if c.args[1] == "status" && !strings.Contains(o.out, "run "+before) {
					t.Errorf("another run is shown:\n%s", o.out)
				}
			}
			if o := run(t, "inventory", "diff"); !strings.Contains(o.err, said) {
				t.Errorf("diff: exit %d\n%s%s", o.code, o.out, o.err)
			}
			if o := run(t, "inventory", "show", "--run", last); o.code != 73 || !strings.Contains(o.err, last+".db is not whole.") {
				t.Errorf("by its id: exit %d\n%s%s", o.code, o.out, o.err)
			}
			if err := os.RemoveAll(filepath.Join(of, before+".json")); err != nil {
				t.Fatal(err)
			}
			if o := run(t, check...); o.code != 73 || !strings.Contains(o.err, "The run "+last+" is not whole, and there is no whole one before it.") {
				t.Errorf("without a whole one: exit %d\n%s%s", o.code, o.out, o.err)
			}
		})
	}
}

// asBefore has the same run under an earlier id.
func asBefore(t *testing.T, db, id, before string) {
	t.Helper()
	for _, ext := range []string{".db", ".json"} {
		content, err := os.ReadFile(strings.TrimSuffix(db, ".db") + ext)
		if err != nil {
			t.Fatal(err)
		}
		if ext == ".json" {
			content = []byte(strings.ReplaceAll(string(content), id, before))
		}
		if err := os.WriteFile(filepath.Join(filepath.Dir(db), before+ext), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
