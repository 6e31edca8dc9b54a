package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestQuietSaysNothingAndTheExitCodeTells(t *testing.T) {
	s := newShelf(t, "missing-grants")
	s.save(s.connection("prod"))
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{"list"}, 0}, {[]string{"show", "prod"}, 0}, {[]string{"test", "prod"}, 40}, {[]string{"test", "--all"}, 40}, {[]string{"grants", "prod"}, 40},
		{[]string{"explain", "SSL"}, 0}, {[]string{"demo", "--scenario", "ready"}, 0},
	} {
		o := s.run(append(c.args, "-q")...)
		o.wants(t, c.code)
		if o.out != "" {
			t.Errorf("%q prints %q", c.args, o.out)
		}
	}
	s.run("show", "nobody", "--quiet").wants(t, exitUsage, `There is no saved connection named "nobody".`)
	if o := s.run("export", "prod", "-", "--quiet"); o.code != 0 || !strings.Contains(o.out, "host:") {
		t.Errorf("what was asked for on standard output is not there: %q", o.out)
	}
}

func TestQuietIsRefusedWhereSomebodyMustBeAsked(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	file := filepath.Join(t.TempDir(), "prod.yaml")
	s.run("export", "prod", file).wants(t, 0)
	for _, args := range [][]string{
		{}, {"setup"}, {"edit", "prod"}, {"delete", "prod"}, {"import", file, "--allow-host", s.workspace.Addr()}, {"rotate", "prod"}, {"audit", "prod", "--admin"},
		{"disconnect", "prod"},
	} {
		o := s.run(append(args, "--quiet")...)
		o.wants(t, exitUsage, "--quiet asks nothing")
		if o.out != "" {
			t.Errorf("%q prints %q", args, o.out)
		}
	}
	s.run("list", "--quiet", "-o", "json").wants(t, exitUsage, "--quiet prints nothing, and JSON is asked for.")
	if _, err := os.Stat(filepath.Join(s.dir, "connections")); err != nil {
		t.Error("the connection is gone")
	}
}
