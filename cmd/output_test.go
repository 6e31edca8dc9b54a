package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"
)

// TestEveryCommandWithJSONTakesTheForms asks the saved connections for the same in each form.
func TestEveryCommandWithJSONTakesTheForms(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	for _, args := range [][]string{
		{"list"}, {"show", "prod"}, {"version"}, {"audit", "prod"}, {"grants", "prod"}, {"export", "prod"}, {"explain", "SSL"}, {"principal", "prod"},
		{"demo", "--list"}, {"disconnect", "prod", "--dry-run"},
	} {
		t.Run(args[0], func(t *testing.T) {
			flag, asked, asYAML := s.run(append(args, "--json")...), s.run(append(args, "-o", "json")...), s.run(append(args, "--output=yaml")...)
			var fromJSON, fromYAML any
			if err := json.Unmarshal([]byte(asked.out), &fromJSON); err != nil {
				t.Fatalf("exit %d, %v\n%s%s", asked.code, err, asked.out, asked.err)
			}
			dated := args[0] == "audit" // a certificate has its moment in it
			if !dated && steady(flag.out) != steady(asked.out) || flag.code != asked.code || flag.code != asYAML.code {
				t.Errorf("--json says\n%s\n-o json says\n%s", flag.out, asked.out)
			}
			if err := yaml.Unmarshal([]byte(asYAML.out), &fromYAML); err != nil {
				t.Fatalf("%v\n%s", err, asYAML.out)
			}
			if again := plainly(t, fromYAML); len(again) == 0 || !dated && !reflect.DeepEqual(again, plainly(t, fromJSON)) {
				t.Errorf("-o yaml says\n%s\n-o json says\n%s", asYAML.out, asked.out)
			}
		})
	}
}

// plainly is a decoded value as JSON, with one kind of number.
func plainly(t *testing.T, v any) string {
	t.Helper()
	encoded, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(encoded)
}

func TestOneFieldIsPrintedAlone(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"test", "prod", "--field", "stages.3.state"}, "passed\n"},
		{[]string{"show", "prod", "--field", "warehouse_id"}, "a3f19c0d7be24418\n"},
		{[]string{"list", "--field", "0.name"}, "prod\n"},
		{[]string{"show", "prod", "--field", "tables", "-o", "yaml"}, "- components\n"},
		{[]string{"version", "--field", "version"}, "1.2.3\n"},
	} {
		o := s.run(c.args...)
		o.wants(t, 0)
		if o.out != c.want {
			t.Errorf("%q prints %q, want %q", c.args, o.out, c.want)
		}
	}
	o := s.run("show", "prod", "--field", "warehouse_idd")
	o.wants(t, exitUsage, `There is no "warehouse_idd" here`, `Did you mean "warehouse_id"?`)
	if o.out != "" {
		t.Errorf("it printed %q", o.out)
	}
}

// TestAFailedTestKeepsItsCodeWhateverIsPrintedOfIt looks at one field of a test that fails.
func TestAFailedTestKeepsItsCodeWhateverIsPrintedOfIt(t *testing.T) {
	s := newShelf(t, "missing-grants")
	s.save(s.connection("prod"))
	if o := s.run("test", "prod", "--field", "passed"); o.code != 40 || o.out != "false\n" {
		t.Errorf("exit %d, prints %q", o.code, o.out)
	}
}

func TestAFormThatACommandDoesNotHaveIsRefused(t *testing.T) {
	t.Setenv("DRAFTT_DATABRICKS_HOME", t.TempDir())
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"list", "-o", "jsn"}, `"jsn" is no form. `},
		{[]string{"list", "-o", "jsn"}, `Did you mean "json"?`},
		{[]string{"lock", "-o", "json"}, "draftt-databricks lock prints text alone."},
		{[]string{"lock", "--field", "x"}, "draftt-databricks lock prints text alone."},
		{[]string{"list", "--json", "-o", "yaml"}, "--json and -o yaml ask for two forms."},
		{[]string{"list", "-o", "text", "--field", "x"}, "--field picks a value of the JSON"},
		{[]string{"grants", "prod", "--sql", "-o", "json"}, "each say it in another form"},
		{[]string{"disconnect", "prod", "-o", "json"}, "without --dry-run it is carried out"},
	} {
		o := run(t, c.args...)
		if o.code != exitUsage || !strings.Contains(strings.ReplaceAll(o.err, "\n", " "), c.says) || o.out != "" {
			t.Errorf("%q: exit %d\nout: %s\nerr: %s", c.args, o.code, o.out, o.err)
		}
	}
}

// TestABundleStillGoesIntoTheFileOfItsFlag is about -o, which bundle create had first.
func TestABundleStillGoesIntoTheFileOfItsFlag(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	file := filepath.Join(t.TempDir(), "yaml")
	s.run("bundle", "create", "prod", "-o", file, "--yes").wants(t, 0)
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

// TestEveryJSONFlagIsOneThatTheFormsKnow holds the flag to its kind: -o sets it by its name.
func TestEveryJSONFlagIsOneThatTheFormsKnow(t *testing.T) {
	found := 0
	var look func(c *cobra.Command)
	look = func(c *cobra.Command) {
		if f := c.LocalFlags().Lookup("json"); f != nil {
			if found++; f.Value.Type() != "bool" {
				t.Errorf("%s --json is a %s", c.CommandPath(), f.Value.Type())
			}
		}
		for _, below := range c.Commands() {
			look(below)
		}
	}
	look((&app{}).root())
	if found < 14 {
		t.Errorf("%d commands have --json", found)
	}
}
