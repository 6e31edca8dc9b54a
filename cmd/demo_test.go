package cmd

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func TestTheScenariosAreListed(t *testing.T) {
	o := run(t, "demo", "--list")
	o.wants(t, 0)
	for _, s := range demo.Scenarios() {
		if !strings.Contains(o.out, s.ID) || !strings.Contains(o.out, s.Title) {
			t.Errorf("%s is not listed:\n%s", s.ID, o.out)
		}
	}
	o = run(t, "demo", "--list", "--json")
	o.wants(t, 0)
	var lines []map[string]string
	if err := json.Unmarshal([]byte(o.out), &lines); err != nil {
		t.Fatal(err)
	}
	if len(lines) != len(demo.Scenarios()) {
		t.Errorf("%d scenarios in JSON", len(lines))
	}
	for _, line := range lines {
		if len(line) != 3 || line["id"] == "" || line["title"] == "" || line["story"] == "" {
			t.Errorf("%v", line)
		}
	}
}

// TestADemoWithoutATerminalPrintsItsChecklist also holds that it saves nothing, and leaves no folder behind.
func TestADemoWithoutATerminalPrintsItsChecklist(t *testing.T) {
	home, temp := t.TempDir(), t.TempDir()
	t.Setenv("DRAFTT_DATABRICKS_HOME", home)
	t.Setenv("TMPDIR", temp)
	for scenario, says := range map[string]string{
		"first-time":        "Missing Unity Catalog permissions",
		"ready":             "Connected: the tables were read as the connector.",
		"wrong-secret":      "Authentication failed",
		"no-warehouse":      "Cannot access the SQL warehouse",
		"warehouse-stopped": "Warehouse is stopped or starting",
		"missing-grants":    "Missing Unity Catalog permissions",
		"unreachable":       "Could not reach the workspace",
	} {
		t.Run(scenario, func(t *testing.T) {
			o := run(t, "demo", "--scenario", scenario)
			o.wants(t, 0) // a scenario that fails as it should is a demo that succeeded
			if !strings.Contains(o.out, says) || !strings.HasPrefix(o.out, "DEMO, scenario "+scenario) {
				t.Errorf("it prints\n%s", o.out)
			}
			compareGolden(t, "demo-"+scenario+".txt", steady(o.out))
		})
	}
	for _, dir := range []string{home, temp} {
		left, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range left {
			t.Errorf("the demo left %s", entry.Name())
		}
	}
}
