package setup

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/flatfile"
)

// keysOf says by which keys of an answers file each answer that the draft takes is given. The wizard and the plain prompts have no other
// place for what they are told. An answer without a key is none that a person gives.
var keysOf = map[string][]string{
	"SetHost":      {"host"},
	"SetMethod":    {"sign_in"},
	"SetClientID":  {"client_id"},
	"SetSecret":    {"secret_file"},
	"SetWarehouse": {"warehouse"},
	"SetSchema":    {"catalog", "schema"},
	"SetScope":     {"scope"},
	"ToggleTable":  {"tables"},
	"SetName":      {"name"},

	"SetCA":        {"ca_file", "ca_certs"},
	"SetConnected": nil, // what a test found
	"SetReach":     nil, // what step 3 saw
}

// agreements are what a person is asked on the way that is no value of the draft, and the keys that agree to it beforehand.
var agreements = map[string][]string{
	"a stopped warehouse is started, or a starting one waited for": {"start_warehouse"},
	"the principal may do more than read":                          {"accept_broader"},
	"where the key is kept":                                        {"protection", "key_file"},
	"the passphrase, new or not":                                   {"passphrase_file"},
}

// beyond are keys for what nobody is asked.
var beyond = []string{"secret_expires"}

func TestEveryAnswerOfTheWizardHasAKeyInTheFile(t *testing.T) {
	given := slices.Clone(beyond)
	draft := reflect.TypeFor[*Draft]()
	for i := range draft.NumMethod() {
		name := draft.Method(i).Name
		if !strings.HasPrefix(name, "Set") && !strings.HasPrefix(name, "Toggle") {
			continue
		}
		keys, known := keysOf[name]
		if !known {
			t.Errorf("the draft takes an answer with %s, and nothing says by which key a file gives it", name)
		}
		given = append(given, keys...)
	}
	for _, keys := range agreements {
		given = append(given, keys...)
	}
	for _, key := range given {
		if !slices.ContainsFunc(answerKeys, func(k flatfile.Key[AnswersFile]) bool { return k.Name == key }) {
			t.Errorf("a file knows no key %s", key)
		}
	}
	for _, k := range answerKeys {
		if !slices.Contains(given, k.Name) {
			t.Errorf("%s answers nothing that is asked", k.Name)
		}
	}
}
