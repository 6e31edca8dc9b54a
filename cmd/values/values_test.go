package values

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/connector"
)

func read(t *testing.T, encoded string) Value {
	t.Helper()
	v, err := Read([]byte(encoded))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestYAMLKeepsTheOrderAndTheValues(t *testing.T) {
	v := read(t, `{"name":"prod","passed":true,"exit":0,"none":null,"stages":[{"id":"S00","ms":12},{}],"empty":[]}`)
	written, err := v.YAML()
	const want = "name: prod\npassed: true\nexit: 0\nnone: null\nstages:\n  - id: S00\n    ms: 12\n  - {}\nempty: []\n"
	if err != nil || string(written) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, written, want)
	}
}

// TestYAMLReadsBackAsWhatItWas writes texts that YAML would take for something else, or that have a form of their own in it.
func TestYAMLReadsBackAsWhatItWas(t *testing.T) {
	texts := []string{
		"", " ", "yes", "no", "null", "~", "1234", "0x1f", "1e3", "2026-11-28", "- a", "a: b", "# no comment", "'", `"`, "`x`", "a\nb\n", "\n  a\n b", "trailing ",
		"tab\tin", "%x", "@x", "&x", "*x", "!x", "{", "[", "ä–✓", strings.Repeat("long ", 60), "a\\nb", "<<", "=",
	}
	encoded, err := json.Marshal(map[string]any{"texts": texts})
	if err != nil {
		t.Fatal(err)
	}
	written, err := read(t, string(encoded)).YAML()
	if err != nil {
		t.Fatal(err)
	}
	var back struct{ Texts []string }
	if err := yaml.Unmarshal(written, &back); err != nil || !reflect.DeepEqual(back.Texts, texts) {
		t.Errorf("%v\n%q\nwant\n%q\n%s", err, back.Texts, texts, written)
	}
}

func TestNothingThatATerminalObeysIsWritten(t *testing.T) {
	v := read(t, `{"hostile":"a\u001b[2Jb\u202ec\u009bd"}`)
	as, err := v.YAML()
	if err != nil {
		t.Fatal(err)
	}
	picked, err := v.Pick("hostile")
	if err != nil {
		t.Fatal(err)
	}
	text, single := picked.Text()
	if !single || strings.ContainsAny(string(as)+text, "\x1b\u202e\u009b") {
		t.Errorf("YAML %q, text %q", as, text)
	}
}

func TestAFieldIsPickedByItsPath(t *testing.T) {
	v := read(t, `{"stages":[{"id":"S00","state":"passed"},{"id":"S01","state":"failed","ms":7}],"sql":"GRANT\nUSE"}`)
	for path, want := range map[string]string{"stages.1.state": "failed", "stages.0.id": "S00", "stages.1.ms": "7", "sql": "GRANT\nUSE"} {
		picked, err := v.Pick(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if text, single := picked.Text(); !single || text != want {
			t.Errorf("%s is %q, want %q", path, text, want)
		}
	}
	whole, err := v.Pick("stages.0")
	if err != nil {
		t.Fatal(err)
	}
	if _, single := whole.Text(); single {
		t.Error("an object is a single value")
	}
	if encoded, err := whole.JSON(); err != nil || string(encoded) != "{\n  \"id\": \"S00\",\n  \"state\": \"passed\"\n}\n" {
		t.Errorf("%v %s", err, encoded)
	}
}

func TestAFieldThatIsNotThereIsSaidWithWhatIs(t *testing.T) {
	v := read(t, `{"stages":[{"id":"S00","state":"passed"}],"none":[]}`)
	for path, want := range map[string][2]string{
		"stagse":          {`There is no "stagse" here: there is stages, none.`, `Did you mean "stages"? -o json shows all of it.`},
		"stages.1":        {`There is no "stages.1" here: in stages there is 0 to 0.`, "-o json"},
		"stages.x":        {"in stages there is 0 to 0", "-o json"},
		"stages.0.stat":   {"in stages.0 there is id, state.", `Did you mean "state"?`},
		"stages.0.id.now": {"in stages.0.id there is nothing below it", "-o json"},
		"none.0":          {"in none there is nothing below it", "-o json"},
		"":                {`There is no "" here`, "-o json"},
	} {
		_, err := v.Pick(path)
		var said *connector.Error
		if !errors.As(err, &said) || !strings.Contains(said.What, want[0]) || !strings.Contains(said.Remedy, want[1]) {
			t.Errorf("%q: %v", path, err)
		}
	}
}
