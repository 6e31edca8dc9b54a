package cmd

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestARecordOfASessionNamesNothing tests a saved connection with --record and without --share.
func TestARecordOfASessionNamesNothing(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("Zebra finance"))
	file := filepath.Join(t.TempDir(), "session.txt")
	s.run("test", "Zebra finance", "--record", file).wants(t, 0)
	written, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"127.0.0.1", "inventory", "draftt-connector", "Starter", "Zebra", string(s.workspace.Connector().ClientID)} {
		if strings.Contains(string(written), name) {
			t.Errorf("the record has %q:\n%s", name, written)
		}
	}
	if !strings.Contains(string(written), "warehouse-1") || !strings.Contains(string(written), "Connected: read the table as the connector") {
		t.Errorf("the record tells nothing:\n%s", written)
	}
}
