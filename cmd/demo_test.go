package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/story"
)

func TestTheScenariosAreListed(t *testing.T) {
	o := run(t, "demo", "--list")
	o.wants(t, 0)
	for _, s := range demo.Scenarios() {
		if !strings.Contains(o.out, s.ID) || !strings.Contains(o.out, s.Title) {
			t.Errorf("%s is not listed:\n%s", s.ID, o.out)
		}
	}
	for _, s := range story.All() {
		if !strings.Contains(o.out, "\n  "+s.ID+" ") || !strings.Contains(o.out, s.Title) {
			t.Errorf("the story %s is not listed:\n%s", s.ID, o.out)
		}
	}
	o = run(t, "demo", "--list", "--json")
	o.wants(t, 0)
	var lines []report.Walk
	if err := json.Unmarshal([]byte(o.out), &lines); err != nil {
		t.Fatal(err)
	}
	scenarios := demo.Scenarios()
	if len(lines) != len(scenarios)+len(story.All()) {
		t.Errorf("%d lines in JSON", len(lines))
	}
	for i, s := range scenarios {
		if line := lines[i]; line.Kind != "scenario" || line.ID != s.ID || line.Title == "" || line.Story == "" || (demo.Want{Stage: line.Stage, Cause: line.Cause, Pattern: line.Pattern, Exit: line.Exit}) != s.Want {
			t.Errorf("%+v is %+v in JSON", s.Want, line)
		}
	}
	for i, s := range story.All() {
		if line := lines[len(scenarios)+i]; line.Kind != "story" || line.ID != s.ID || line.Scenario != s.Scenario || line.Story != s.Says {
			t.Errorf("%s is %+v in JSON", s.ID, line)
		}
	}
}

func TestEveryScenarioStandsUnderItsCause(t *testing.T) {
	o := run(t, "demo", "--list")
	o.wants(t, 0)
	_, scenarios, _ := strings.Cut(o.out, "Scenarios, for --scenario\n")
	heading, seen := "", 0
	for line := range strings.Lines(scenarios) {
		switch id, below := strings.CutPrefix(line, "  "); {
		case !below && line != "\n":
			heading = strings.TrimSpace(line)
		case below:
			s, err := demo.Find(strings.Fields(id)[0])
			if err != nil || s.Want.Cause != heading && !(s.Want.Passes() && heading == "Nothing fails") {
				t.Errorf("%q stands under %q: %v", line, heading, err)
			}
			seen++
		}
	}
	if seen != len(demo.Scenarios()) {
		t.Errorf("%d scenarios are listed of %d", seen, len(demo.Scenarios()))
	}
}

func TestAScenarioIsTestedWithoutTheWizard(t *testing.T) {
	for id, says := range map[string]string{
		"ready":           "Connected: read both tables as the connector.",
		"expired-token":   "Authentication failed",
		"no-select":       "GRANT SELECT ON SCHEMA `inventory`.`assets`",
		"secret-expiring": "The OAuth secret ends on",
		"swapped":         "An OAuth secret (dose…) stands in the place of the client ID.",
	} {
		t.Run(id, func(t *testing.T) {
			s, err := demo.Find(id)
			if err != nil {
				t.Fatal(err)
			}
			text := run(t, "demo", "--scenario", id, "--test")
			text.wants(t, s.Want.Exit)
			if !strings.HasPrefix(text.out, "DEMO, scenario "+id+": ") || !strings.Contains(text.out, says) || strings.Contains(text.out, "not a terminal") {
				t.Errorf("as text:\n%s", text.out)
			}
			o := run(t, "demo", "--scenario", id, "--test", "--json")
			o.wants(t, s.Want.Exit)
			var got report.Ladder
			if err := json.Unmarshal([]byte(o.out), &got); err != nil {
				t.Fatalf("%v in %s", err, o.out)
			}
			if got.Name != id || got.Exit != s.Want.Exit || got.Passed != s.Want.Passes() {
				t.Errorf("%+v", got)
			}
			if s.Want.Cause != "" {
				checkFinding(t, got, s.Want.Cause)
			}
		})
	}
}

func TestDemoFlagsThatDoNotGoTogetherAreRefused(t *testing.T) {
	run(t, "demo", "--json").wants(t, exitUsage, "--json needs --list or --test")
	run(t, "demo", "--list", "--test").wants(t, exitUsage, "--test goes with neither --list nor --serve")
	run(t, "demo", "--story", "rotation", "--scenario", "ready").wants(t, exitUsage, "--story does not go with --scenario")
	run(t, "demo", "--story", "rotten").wants(t, exitUsage, `There is no story "rotten"`, "rotation")
	run(t, "demo", "--script", "x", "--test").wants(t, exitUsage, "--script goes with neither")
	run(t, "demo", "--test", "--serve", "127.0.0.1:0").wants(t, exitUsage, "--test goes with neither --list nor --serve")
}

// TestADemoWithoutATerminalPrintsItsChecklist also holds that it saves nothing, and leaves no folder behind.
func TestADemoWithoutATerminalPrintsItsChecklist(t *testing.T) {
	home, temp := t.TempDir(), t.TempDir()
	t.Setenv("DRAFTT_DATABRICKS_HOME", home)
	t.Setenv("TMPDIR", temp)
	for scenario, says := range map[string]string{
		"first-time":        "Missing Unity Catalog permissions",
		"ready":             "Connected: read both tables as the connector.",
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

func TestAnAnswerThatWasRecordedIsPlayedByTheDemo(t *testing.T) {
	rules := filepath.Join(t.TempDir(), "rules.yaml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(rules, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("rules:\n  - stage: S07\n    recorded: |\n      HTTP/2 401\n      content-type: application/json\n\n      {\"error_code\":401,\"message\":\"Invalid access token\"}\n")
	o := run(t, "demo", "--scenario", "ready", "--test", "--json", "--fault", rules)
	o.wants(t, check.ExitAuth)
	var told report.Ladder
	if err := json.Unmarshal([]byte(o.out), &told); err != nil {
		t.Fatal(err)
	}
	for _, s := range told.Stages {
		if (s.ID == string(check.StageIdentity)) != (s.State == string(check.Failed)) {
			t.Errorf("%s is %s", s.ID, s.State)
		}
	}
	write("rules:\n  - stage: S07\n    recoded: x\n")
	for _, more := range [][]string{{"--test"}, {"--serve", "127.0.0.1:0"}, nil} {
		run(t, append([]string{"demo", "--fault", rules}, more...)...).wants(t, exitUsage, `Line 3 of the file of rules has the unknown key "recoded".`, `Did you mean "recorded"?`)
	}
	run(t, "demo", "--test", "--fault", rules+".not").wants(t, exitUsage, "The file of rules could not be read")
	run(t, "demo", "--list", "--fault", rules).wants(t, exitUsage, "--fault does not go with --list")
}
