package cmd

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func TestATestRunsTheWholeLadder(t *testing.T) {
	s := newShelf(t, "ready")
	c := s.connection("prod")
	c.Proof = connector.Proof{}
	s.save(c)
	o := s.run("test", "prod")
	o.wants(t, 0)
	compareGolden(t, "test-passed.txt", steady(o.out))
	o = s.run("test", "prod", "--json")
	o.wants(t, 0)
	compareGolden(t, "test-passed.json", steady(o.out))
	kept, err := s.vault.Load(t.Context(), "prod")
	if err != nil || !kept.Proof.Passed || kept.Proof.At.IsZero() {
		t.Errorf("the result is not kept: %+v, %v", kept.Proof, err)
	}
}

func TestAFailedTestNamesTheCauseInItsExitCode(t *testing.T) {
	ctx := context.Background()
	for _, story := range []struct {
		name, scenario string
		before         func(s *shelf, c *connector.Connection) error
		code           int
		cause          string
	}{
		{"the secret was revoked", "ready", func(_ *shelf, c *connector.Connection) error {
			c.Credentials.Secret = connector.NewSecret([]byte("dose0123456789abcdef0123456789abcdef"))
			return nil
		}, 20, "Authentication failed"},
		{"SELECT was revoked", "ready", func(s *shelf, _ *connector.Connection) error {
			return s.workspace.Grant(ctx, "REVOKE SELECT ON SCHEMA `inventory`.`assets` FROM `"+demo.ConnectorID+"`;")
		}, 40, "Missing Unity Catalog permissions"},
		{"MODIFY was granted", "ready", func(s *shelf, _ *connector.Connection) error {
			return s.workspace.Grant(ctx, "GRANT MODIFY ON SCHEMA `inventory`.`assets` TO `"+demo.ConnectorID+"`;")
		}, 50, "Access is broader than read-only"},
		{"the warehouse is stopped", "warehouse-stopped", nil, 31, "Warehouse is stopped or starting"},
		{"the warehouse is gone", "ready", func(_ *shelf, c *connector.Connection) error {
			c.Warehouse.ID, c.Warehouse.HTTPPath = "0000000000000000", "/sql/1.0/warehouses/0000000000000000"
			return nil
		}, 30, "Cannot access the SQL warehouse"},
		{"the workspace is gone", "ready", func(s *shelf, _ *connector.Connection) error { return s.workspace.Close() }, 10, "Could not reach the workspace"},
		{"the certificate is not trusted", "ready", func(_ *shelf, c *connector.Connection) error {
			c.CACerts = nil
			return nil
		}, 11, "Could not reach the workspace"},
	} {
		t.Run(story.name, func(t *testing.T) {
			s := newShelf(t, story.scenario)
			c := s.connection("prod")
			if story.before != nil {
				if err := story.before(s, &c); err != nil {
					t.Fatal(err)
				}
			}
			s.save(c)
			o := s.run("test", "prod", "--json")
			o.wants(t, story.code)
			var got report.Ladder
			if err := json.Unmarshal([]byte(o.out), &got); err != nil {
				t.Fatalf("%v in %s", err, o.out)
			}
			if got.Passed || got.Exit != story.code || got.Name != "prod" {
				t.Errorf("%+v", got)
			}
			headline := checkFinding(t, got, story.cause).Headline()
			text := s.run("test", "prod")
			text.wants(t, story.code)
			if !strings.Contains(text.out, "\n"+headline+"\n") || strings.Count(text.out, "Next: ") != 1 {
				t.Errorf("as text:\n%s", text.out)
			}
			kept, err := s.vault.Load(t.Context(), "prod")
			if story.cause == string(check.BeyondReadOnly) { // it was read all the same, and what goes beyond is kept beside that
				if err != nil || !kept.Proof.Passed || !kept.Proof.Broader || !strings.HasPrefix(kept.Proof.ReadOnly, "can write: ") {
					t.Errorf("kept %+v, %v", kept.Proof, err)
				}
				return
			}
			if err != nil || kept.Proof.Passed || !strings.HasPrefix(kept.Proof.Summary, story.cause) {
				t.Errorf("kept %+v, %v", kept.Proof, err)
			}
		})
	}
}

// checkFinding wants exactly one failed stage to be the first failure, with the cause and a remedy, and gives what names it.
func checkFinding(t *testing.T, got report.Ladder, cause string) check.Finding {
	t.Helper()
	for _, stage := range got.Stages {
		if stage.State != "failed" {
			continue
		}
		if stage.Cause != cause || stage.Reason == "" || stage.Remedy == "" || stage.Pattern == "" {
			t.Errorf("the first failure is %+v", stage)
		}
		return check.Finding{Cause: check.Cause(stage.Cause), Pattern: stage.Pattern}
	}
	t.Error("no stage failed")
	return check.Finding{}
}

func TestTheJSONOfAFailedTestIsStable(t *testing.T) {
	s := newShelf(t, "ready")
	if err := s.workspace.Grant(t.Context(), "REVOKE SELECT ON SCHEMA `inventory`.`assets` FROM `"+demo.ConnectorID+"`;"); err != nil {
		t.Fatal(err)
	}
	s.save(s.connection("prod"))
	o := s.run("test", "prod", "--json")
	o.wants(t, 40)
	compareGolden(t, "test-failed.json", steady(o.out))
	o = s.run("test", "prod")
	o.wants(t, 40)
	compareGolden(t, "test-failed.txt", steady(o.out))
}
