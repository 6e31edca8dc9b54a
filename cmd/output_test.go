package cmd

import (
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector"
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
		{[]string{"bundle", "create", "prod", "-o", "prod.tar.gz"}, `"prod.tar.gz" is no form. --to names the file to write.`},
		{[]string{"bundle", "create", "prod", "-o", "json"}, "bundle create prints text alone. Leave -o and --field out. --to names the file to write."},
		{[]string{"setup", "--answers-example", "-o", "json"}, "--answers-example prints text alone."},
		{[]string{"words", "-o", "json"}, "draftt-databricks words prints text alone."},
		{[]string{"completion", "bash", "-o", "json"}, "draftt-databricks completion bash prints text alone."},
		{[]string{"lock", "--field", "x"}, "draftt-databricks lock prints text alone."},
		{[]string{"list", "--json", "-o", "yaml"}, "--json and -o yaml ask for two forms."},
		{[]string{"list", "-o", "text", "--field", "x"}, "--field picks a value of the JSON"},
		{[]string{"grants", "prod", "--sql", "-o", "json"}, "each say it in another form"},
		{[]string{"disconnect", "prod", "-o", "json"}, "without --dry-run it is carried out"},
	} {
		o := run(t, c.args...)
		if o.code != exitUsage || !strings.Contains(strings.ReplaceAll(o.err, "\n", " "), c.says) || strings.Contains(o.out, "NAME") {
			t.Errorf("%q: exit %d\nout: %s\nerr: %s", c.args, o.code, o.out, o.err)
		}
	}
}

// TestOMeansTheFormForEveryCommand is about -o FILE, with which a file named json was made once.
func TestOMeansTheFormForEveryCommand(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	t.Chdir(t.TempDir())
	s.run("bundle", "create", "prod", "-o", "json", "--yes").wants(t, exitUsage, "--to names the file to write.")
	if made, err := os.ReadDir("."); err != nil || len(made) > 0 {
		t.Errorf("%v, %v", made, err)
	}
	s.run("bundle", "create", "prod", "--to", "json", "--yes").wants(t, 0)
	if _, err := os.Stat("json"); err != nil {
		t.Error(err)
	}
}

// TestAProgramThatAsksForADocumentAlwaysGetsOne ends commands in every way without what they were to print.
func TestAProgramThatAsksForADocumentAlwaysGetsOne(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	gone := s.connection("gone")
	gone.Host = unreachable(t)
	s.save(gone)
	for _, c := range []struct {
		name string
		args []string
		code int
		says string
	}{
		{"a name that is not there", []string{"show", "nope", "--json"}, exitUsage, "There is no saved connection"},
		{"the same as YAML", []string{"show", "nope", "-o", "yaml"}, exitUsage, "There is no saved connection"},
		{"a workspace that is down", []string{"grants", "gone", "--json"}, 10, "Could not reach the workspace"},
		{"no certificate of it", []string{"audit", "gone", "-o", "json"}, 10, "Could not reach the workspace"},
		{"an admin who is none", []string{"principal", "prod", "--json", "--admin-client-id", string(s.workspace.Connector().ClientID), "--admin-secret-stdin"}, exitUsage, "There is no secret in standard input"},
		{"a disconnection that is refused", []string{"disconnect", "prod", "--json"}, exitUsage, "without --dry-run it is carried out"},
		{"a command with text alone", []string{"lock", "-o", "json"}, exitUsage, "prints text alone"},
		{"a flag that there is not", []string{"list", "--json", "--nope"}, exitUsage, "Unknown flag"},
		{"the same before the form", []string{"list", "--nope", "--json"}, exitUsage, "Unknown flag"},
		{"a wrong value before the form", []string{"list", "--key-fd", "q", "-o", "json"}, exitUsage, "takes a whole number"},
		{"an argument too many", []string{"list", "prod", "-o", "json"}, exitUsage, "does not know"},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := s.run(c.args...)
			var got report.Failure
			if err := yaml.Unmarshal([]byte(o.out), &struct {
				Version *string
				Error   *report.Problem
			}{&got.Version, &got.Error}); err != nil || o.code != c.code {
				t.Fatalf("exit %d, %v\n%s%s", o.code, err, o.out, o.err)
			}
			said := o.err
			if got.Version != "1.2.3" || got.Error.Exit != c.code || !strings.Contains(got.Error.Message, c.says) || !strings.Contains(said, got.Error.Message) || got.Error.Remedy == "" {
				t.Errorf("%+v, and standard error says\n%s", got, said)
			}
		})
	}
	if o := run(t, "list", "--json"); o.code != exitInternal || !strings.Contains(o.out, `"exit": 70`) {
		t.Errorf("without its key: %+v", o)
	}
	for _, args := range [][]string{{"show", "nope"}, {"show", "nope", "--field", "name"}, {"show", "nope", "-q"}, {"list", "-q", "--json"}} {
		if o := s.run(args...); o.code != exitUsage || o.out != "" {
			t.Errorf("%q: %+v", args, o)
		}
	}
}

// unreachable is a host that nothing listens on.
func unreachable(t *testing.T) connector.Host {
	t.Helper()
	allow, err := connector.AllowList(nil).Allow("127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	host, _, err := connector.ParseHost("127.0.0.1:1", allow)
	if err != nil {
		t.Fatal(err)
	}
	return host
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
