//go:build unix

package cmd

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestNoCommandWaitsForAFileThatIsNone gives a folder, a pipe that nobody writes to and a device to all that takes a file to read.
func TestNoCommandWaitsForAFileThatIsNone(t *testing.T) {
	home := t.TempDir()
	t.Setenv("DRAFTT_DATABRICKS_HOME", filepath.Join(home, "saved"))
	t.Setenv("HOME", home)
	fifo := filepath.Join(home, "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, special := range []string{fifo, home, os.DevNull} {
		for _, args := range [][]string{
			{"doctor", "adb-1234567890123456.7.azuredatabricks.net", "--ca-file", special},
			{"setup", "--answers", special},
			{"setup", "--answers", answersWith(t, "secret_file: "+special)},
			{"setup", "--answers", answersWith(t, "secret_file: secret\nca_file: "+special)},
			{"setup", "--answers", answersWith(t, "secret_file: secret\nprotection: passphrase\npassphrase_file: "+special)},
			{"import", special},
			{"bundle", "open", special},
			{"demo", "--test", "--fault", special},
			{"test", "--contract", special},
		} {
			o := run(t, args...)
			if o.code == exitOK || o.out != "" || !strings.Contains(unfolded(o.err), special+" is not a plain file.") || strings.Count(o.err, "\n") < 2 {
				t.Errorf("%q: exit %d\n%s%s", args, o.code, o.out, o.err)
			}
		}
	}
}

// TestProfilesAreNotWaitedFor has a pipe where the Databricks CLI keeps its profiles.
func TestProfilesAreNotWaitedFor(t *testing.T) {
	home := t.TempDir()
	t.Setenv("DRAFTT_DATABRICKS_HOME", filepath.Join(home, "saved"))
	t.Setenv("HOME", home)
	profiles := filepath.Join(home, ".databrickscfg")
	if err := syscall.Mkfifo(profiles, 0o600); err != nil {
		t.Fatal(err)
	}
	o := run(t, "principal", "draftt", "--admin-profile", "admin")
	if o.code == exitOK || !strings.Contains(unfolded(o.err), profiles+" is not a plain file.") {
		t.Errorf("exit %d\n%s%s", o.code, o.out, o.err)
	}
}

// unfolded is what was said, without the line breaks that a long path is folded at.
func unfolded(said string) string { return strings.Join(slices.Collect(strings.FieldsSeq(said)), " ") }

// TestWhatABundleTakesInAndWhatIsReplacedIsAPlainFile asks the two readers that stand behind a test, without one.
func TestWhatABundleTakesInAndWhatIsReplacedIsAPlainFile(t *testing.T) {
	fifo := filepath.Join(t.TempDir(), "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, special := range []string{fifo, filepath.Dir(fifo), os.DevNull} {
		_, read := (&app{}).readSome(special)
		kept := (&app{}).keepFile(special, []byte("GRANT"), true)
		for _, err := range []error{read, kept} {
			if err == nil || !strings.Contains(err.Error(), special+" is not a plain file.") {
				t.Errorf("%s: %v", special, err)
			}
		}
	}
}
