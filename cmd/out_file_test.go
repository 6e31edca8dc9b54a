package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestADashIsStandardOutputWhereverAFileIsWritten asks every command that writes a file for it there, in a folder where it could be made.
func TestADashIsStandardOutputWhereverAFileIsWritten(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	t.Chdir(t.TempDir())
	for _, c := range []struct {
		name         string
		args         []string
		begins, says string // what standard output begins with, and what standard error says besides
	}{
		{"export", []string{"export", "prod", "-"}, "# ", ""},
		{"a contract", []string{"test", "prod", "--write-contract", "-"}, "# ", "S17"},
		{"a certificate", []string{"audit", "prod", "--text", "-"}, "Read-only certificate", ""},
		{"a bundle", []string{"bundle", "create", "prod", "--to", "-", "--yes"}, "\x1f\x8b", "report.json"},
		{"the certificate of a host", []string{"doctor", s.workspace.Addr(), "--allow-host", s.workspace.Addr(), "--save-certificate", "-"}, "-----BEGIN CERTIFICATE-----", "Saved what was shown to standard output"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := s.run(c.args...)
			if !strings.HasPrefix(o.out, c.begins) || !strings.Contains(o.err, c.says) {
				t.Errorf("exit %d\nout: %.200q\nerr: %s", o.code, o.out, o.err)
			}
			if _, err := os.Stat("-"); err == nil {
				t.Error("there is a file named -")
			}
		})
	}
	s.run("audit", "prod", "--text", "-", "--json").wants(t, exitUsage, "--text and --json would both go to standard output.")
}

func TestAFileThatIsThereStaysAsItIs(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	file := filepath.Join(t.TempDir(), "prod.yaml")
	s.run("export", "prod", file).wants(t, 0)
	s.run("export", "prod", file).wants(t, exitUsage, "is there already, and was left as it is.")
}
