package cmd

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestAFullStandardOutputIsNoMatterOfTheWorkspace writes rows, plans and what came of runs where there is no room.
func TestAFullStandardOutputIsNoMatterOfTheWorkspace(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.ofTwo("prod"))
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip(err)
	}
	defer func() { _ = full.Close() }()
	to := filepath.Join(t.TempDir(), "runs")
	for _, args := range [][]string{
		{"--to", to}, {"--to", to, "--json"}, {"--to", to, "--dry-run"}, {"--table", "components", "--to", "-"}, {"--table", "components", "--to", "-", "--format", "csv"},
	} {
		var said bytes.Buffer
		root := &app{version: "1.2.3", in: os.Stdin, out: full, err: &said}
		c := root.root()
		c.SetArgs(append([]string{"sync", "prod", "--key-file", s.keyFile}, args...))
		o := outcome{code: root.report(c.ExecuteContext(t.Context())), err: said.String()}
		o.wants(t, 73, "Standard output could not be written: ")
	}
	s.run("sync", "prod", "--to", to).wants(t, exitOK) // which the first two were as well
}
