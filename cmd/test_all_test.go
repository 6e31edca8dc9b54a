package cmd

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAllConnectionsAreTestedAndTheMostSevereFailureDecides(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("good"))
	gone := s.connection("old warehouse")
	gone.Warehouse.ID, gone.Warehouse.HTTPPath = "0000000000000000", "/sql/1.0/warehouses/0000000000000000"
	s.save(gone)
	revoked := s.connection("revoked")
	revoked.Credentials.Secret = connector.NewSecret([]byte("dose0123456789abcdef0123456789abcdef"))
	s.save(revoked)
	ending := s.connection("soon to end")
	ending.SecretExpires = time.Now().Add(72 * time.Hour)
	s.save(ending)

	o := s.run("test", "--all")
	o.wants(t, 20, `The OAuth secret of "soon to end" ends on`)
	says(t, o.out, "✓  good: Connected", "!  soon to end: ", "✗  old warehouse: Cannot access the SQL warehouse at S09", "✗  revoked: Authentication failed at S06", "Next:")
	if lines := strings.Count(o.out, "\n"); lines != 7 {
		t.Errorf("%d lines, want one for what passed and two for what did not:\n%s", lines, o.out)
	}
	kept, err := s.vault.Load(t.Context(), "revoked")
	if err != nil || kept.Proof.Passed {
		t.Errorf("the verdict is not kept: %+v, %v", kept.Proof, err)
	}

	o = s.run("test", "--all", "--json")
	var reports []report.Ladder
	if err := json.Unmarshal([]byte(o.out), &reports); err != nil {
		t.Fatal(err)
	}
	codes := map[string]int{}
	for _, r := range reports {
		codes[r.Name] = r.Exit
	}
	if len(codes) != 4 || codes["soon to end"] != 60 || codes["good"] != 0 || codes["old warehouse"] != 30 || codes["revoked"] != 20 || o.code != 20 {
		t.Errorf("exit %d, codes %v", o.code, codes)
	}
}

func TestATestGoesAsFarAsItIsTold(t *testing.T) {
	s := newShelf(t, "ready")
	saved := s.save(s.connection("prod"))
	o := s.run("test", "prod", "--stage", "s08")
	o.wants(t, 0)
	says(t, o.out, "S08 SQL access: passed", "Nothing failed, and no table was read.")
	if strings.Contains(o.out, "S09") {
		t.Errorf("it went on:\n%s", o.out)
	}
	kept, err := s.vault.Load(t.Context(), "prod")
	if err != nil || !kept.Proof.At.Equal(saved.Proof.At) {
		t.Errorf("half a test became the proof: %+v, %v", kept.Proof, err)
	}
	s.run("test", "prod", "--stage", "S99").wants(t, 64, "There is no stage")
	s.run("test", "prod", "--all").wants(t, 64, "neither a name nor a contract")
}

func says(t *testing.T, out string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(out, text) {
			t.Errorf("it does not say %q:\n%s", text, out)
		}
	}
}
