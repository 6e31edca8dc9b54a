package contract

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

const (
	firstHost  = "adb-7405605741000000.0.azuredatabricks.net"
	secondHost = "adb-7405605741000001.1.azuredatabricks.net"
)

var today = time.Date(2025, time.November, 20, 10, 42, 0, 0, time.UTC)

func tableOf(t *testing.T, text string) connector.TableName {
	t.Helper()
	name, err := connector.ParseTable(text, connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAContractSaysWhatDrifted(t *testing.T) {
	host, _, err := connector.ParseHost(firstHost, nil)
	if err != nil {
		t.Fatal(err)
	}
	saved := connector.Connection{
		Name: "prod", Host: host, Warehouse: connector.WarehouseRef{ID: "w1"},
		Tables: []connector.TableName{tableOf(t, "inventory.assets.components"), tableOf(t, "inventory.assets.devices")},
	}
	held := []connector.Grant{{Privilege: connector.UseCatalog}, {Privilege: connector.Select}}
	good := Standing{Held: held, Seen: true, Now: today, Ends: []time.Time{today.AddDate(0, 0, 30)}}
	written := Of(saved, good)
	for _, story := range []struct {
		name   string
		change func(*Contract, *Standing)
		state  check.State
		line   string
		exit   int
	}{
		{"as written", func(*Contract, *Standing) {}, check.Passed, "✓ host: as expected", 0},
		{"the host written out", func(c *Contract, _ *Standing) { c.Host = firstHost }, check.Passed, "✓ host: as expected", 0},
		{"another host", func(c *Contract, _ *Standing) { c.Host = secondHost }, check.Failed, "✗ host: " + secondHost + " is expected, host-", 12},
		{"a sync that is young enough", func(c *Contract, s *Standing) { c.SyncHours, s.Synced = 26, today.Add(-23*time.Hour) }, check.Passed, "✓ sync_within_hours: as expected", 0},
		{"an old sync", func(c *Contract, s *Standing) { c.SyncHours, s.Synced = 26, today.Add(-50*time.Hour) }, check.Failed, "✗ sync_within_hours: the last sync began 2 days ago, and at most 26 hours may have passed: draftt-databricks sync prod", 1},
		{"no sync", func(c *Contract, _ *Standing) { c.SyncHours = 26 }, check.Failed, "✗ sync_within_hours: there is no whole sync in the usual folder: draftt-databricks sync prod", 1},
		{"another warehouse", func(c *Contract, _ *Standing) { c.Warehouse = "w2" }, check.Failed, "✗ warehouse: w2 is expected, w1 is saved", 30},
		{"a table too few", func(c *Contract, _ *Standing) { c.Objects = append(c.Objects, "inventory.assets.servers") }, check.Failed, "✗ objects: inventory.assets.servers is expected and is not read", 40},
		{"a table too many", func(c *Contract, _ *Standing) { c.Objects = c.Objects[:1] }, check.Failed, "✗ objects: inventory.assets.devices is read and is not expected", 50},
		{"privileges in the spelling of REST", func(c *Contract, _ *Standing) { c.Privileges = []string{"use_catalog", "select"} }, check.Passed, "✓ privileges: as expected", 0},
		{"a privilege too many", func(_ *Contract, s *Standing) {
			s.Held = append([]connector.Grant{{Privilege: connector.Browse}}, held...)
		}, check.Failed, "✗ privileges: BROWSE is held and is not allowed", 50},
		{"privileges that do not show", func(_ *Contract, s *Standing) { s.Seen = false }, check.Unknown, "? privileges: the workspace did not show them", 0},
		{"a secret that ends early", func(_ *Contract, s *Standing) { s.Ends = []time.Time{today.AddDate(0, 0, 9)} }, check.Failed, "✗ min_days: 14 days are expected, 9 are left", 60},
		{"a secret whose end does not show", func(_ *Contract, s *Standing) { s.Ends = nil }, check.Unknown, "? min_days: a secret's expiry shows only to an admin", 0},
		{"one token of two ends early", func(_ *Contract, s *Standing) { s.Ends = []time.Time{{}, today.AddDate(0, 0, 9)} }, check.Unknown, "? min_days: 1 token of 2 ends before that", 0},
	} {
		t.Run(story.name, func(t *testing.T) {
			content, err := written.YAML()
			if err != nil {
				t.Fatal(err)
			}
			contract, err := Read(content)
			if err != nil {
				t.Fatal(err)
			}
			now := good
			story.change(&contract, &now)
			var lines []string
			for _, clause := range contract.Clauses(saved, now) {
				line := Line(clause)
				lines = append(lines, line)
				if strings.HasPrefix(line, story.line) {
					if clause.State != story.state || clause.Exit != story.exit {
						t.Errorf("%s with exit %d", clause.State, clause.Exit)
					}
				} else if clause.State != check.Passed {
					t.Errorf("besides, %s", line)
				}
			}
			if !strings.Contains("\n"+strings.Join(lines, "\n"), "\n"+story.line) {
				t.Errorf("no line begins %q:\n%s", story.line, strings.Join(lines, "\n"))
			}
		})
	}
	if content, _ := written.YAML(); strings.Contains(string(content), "azuredatabricks") {
		t.Errorf("the host is spelt out:\n%s", content)
	}
}
