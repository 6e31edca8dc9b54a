package torture

import (
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/connector"
)

// clipping is one form in which people paste a value.
type clipping struct {
	Kind   string // host, client_id, secret or warehouse
	Pasted string
	Kept   string // what is taken of it
	Why    string // or a part of why nothing is
}

// leastPasted is how many forms of each kind there are at least.
var leastPasted = map[string]int{"host": 80, "client_id": 20, "secret": 25, "warehouse": 15}

func pastedForms(t *testing.T) []clipping {
	t.Helper()
	content, err := os.ReadFile("testdata/pasted.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var all []clipping
	if err := yaml.Unmarshal(content, &all); err != nil {
		t.Fatal(err)
	}
	count, seen := map[string]int{}, map[string]bool{}
	for _, p := range all {
		if seen[p.Kind+p.Pasted] || (p.Kept == "") == (p.Why == "") {
			t.Errorf("%s %q is there twice, or has not one of kept and why", p.Kind, p.Pasted)
		}
		seen[p.Kind+p.Pasted] = true
		count[p.Kind]++
	}
	for kind, least := range leastPasted {
		if count[kind] < least {
			t.Errorf("there are %d forms of a %s", count[kind], kind)
		}
	}
	return all
}

// reading is what a face made of a pasted value: what it kept, or what it said against it.
type reading struct{ kept, said string }

func (r reading) judge(t *testing.T, face string, p clipping) {
	t.Helper()
	switch {
	case p.Kept != "" && r.kept != p.Kept:
		t.Errorf("%s: %s %q is kept as %q, said %q", face, p.Kind, p.Pasted, r.kept, r.said)
	case p.Why != "" && r.kept != "":
		t.Errorf("%s: %s %q is kept as %q", face, p.Kind, p.Pasted, r.kept)
	case p.Why != "" && !strings.Contains(r.said, p.Why):
		t.Errorf("%s: %s %q is refused with %q", face, p.Kind, p.Pasted, r.said)
	}
	if _, strays := connector.FindStray(p.Pasted); !strays {
		return
	}
	for _, canary := range []string{"0123456789abcdef0123", "hunter2hunter", "correct-horse-9"} {
		if strings.Contains(r.said, canary) {
			t.Errorf("%s repeats the secret of %q: %q", face, p.Pasted, r.said)
		}
	}
}

// engine reads with the parsers alone.
func engine(p clipping) reading {
	var kept string
	var err error
	switch p.Kind {
	case "host":
		var host connector.Host
		host, _, err = connector.ParseHost(p.Pasted, nil)
		kept = host.String()
	case "client_id":
		var id connector.ClientID
		id, err = connector.ParseClientID(p.Pasted)
		kept = string(id)
	case "secret":
		var s connector.Secret
		s, err = connector.ParseSecret([]byte(p.Pasted))
		if err == nil && s.Shape().Has(connector.ShapeToken) {
			return reading{said: "personal access token"} // to the draft, which knows how it signs in
		}
		kept = string(s.Reveal())
	case "warehouse":
		var given connector.WarehouseGiven
		given, err = connector.ParseWarehouse(p.Pasted)
		kept = given.Text
	}
	if err != nil {
		return reading{said: connector.Sentence(err)}
	}
	return reading{kept: kept}
}

func TestEveryPastedFormIsReadByTheParsers(t *testing.T) {
	for _, p := range pastedForms(t) {
		engine(p).judge(t, "the parser", p)
	}
}
