package cmd

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// TestAPersonIsAskedForTheHostOfLargeResults answers no and yes on a terminal, names the host where nobody can be asked, and leaves it.
func TestAPersonIsAskedForTheHostOfLargeResults(t *testing.T) {
	s := newShelf(t, "sync")
	c := s.connection("prod")
	large, err := connector.ParseTable("generated.sync.rows_100k", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	c.Schema, c.Tables = large.SchemaName, []connector.TableName{large}
	s.save(c)
	host, to := s.workspace.StorageAddr(), filepath.Join(t.TempDir(), "runs")
	sync := []string{"sync", "prod", "--columns", "id", "--to", to, "--cloud-fetch"}
	fetched := func() (n int) {
		for _, e := range s.workspace.Requests() {
			if strings.HasPrefix(e.Path, "/results/") {
				n++
			}
		}
		return n
	}
	s.run(append(sync, "ask")...).wants(t, exitUsage, "--cloud-fetch "+host)
	s.run(append(sync, "https://"+host+"/x")...).wants(t, exitUsage, "A storage is named by its host alone.")
	no := s.typing("n\n", 200, 50, append(sync, "ask")...)
	no.wants(t, exitUsage, "which nobody confirmed")
	says(t, no.out, "Large results lie on "+host+". Fetch them from there?")
	if n := fetched(); n != 0 {
		t.Fatalf("%d files were fetched from a host that nobody confirmed", n)
	}
	yes := s.typing("y\n", 200, 50, append(sync, "ask")...)
	yes.wants(t, exitOK)
	says(t, yes.out, "Large results may come from "+host)
	if n := fetched(); n < 3 {
		t.Errorf("%d files were fetched", n)
	}
	s.run(append(sync, host, "--mode", "full")...).wants(t, exitOK)
	if n := fetched(); n < 6 {
		t.Errorf("%d files were fetched", n)
	}
}
