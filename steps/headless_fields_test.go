package steps

import (
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/screentest"
)

// unlike are the fields of a saved connection that two set-ups with the same answers do not share, and why. Every other field is equal and
// not empty: one that is empty in both proves nothing.
var unlike = map[string]string{
	"ID":            "the vault gives each connection one of its own",
	"CreatedAt":     "it is the time of the save, by the machine's clock",
	"SavedAt":       "it is the time of the save, by the machine's clock",
	"SecretSetAt":   "it is the time of the save, by the machine's clock",
	"SecretExpires": "the wizard does not ask for it, and a file may say it; see TestAFileMaySayWhenTheSecretEnds",
}

// mayBeEmpty are the fields that are empty where a token signs in, those that are empty for who is in no group, and those of a look by an admin.
var mayBeEmpty = map[string]bool{"Credentials.ClientID": true, "Principal.Groups": true, "Proof.Broader": true, "Proof.Elsewhere": true, "Proof.SeenAt": true, "Proof.SeenBy": true}

// fieldsOf flattens a connection into its fields by their paths. What compares itself, or has a package of its own, is one field.
func fieldsOf(value reflect.Value, path string, into map[string]any) {
	whole := []reflect.Type{reflect.TypeFor[time.Time](), reflect.TypeFor[connector.Secret](), reflect.TypeFor[connector.Host](), reflect.TypeFor[connector.Remote](), reflect.TypeFor[connector.SchemaName]()}
	for _, t := range whole {
		if value.Type() == t {
			into[path] = value.Interface()
			return
		}
	}
	if value.Kind() != reflect.Struct {
		into[path] = value.Interface()
		return
	}
	for i := range value.NumField() {
		name := value.Type().Field(i).Name
		if path != "" {
			name = path + "." + name
		}
		fieldsOf(value.Field(i), name, into)
	}
}

func equalFields(a, b any) bool {
	if secret, is := a.(connector.Secret); is {
		return secret.Equal(b.(connector.Secret))
	}
	if at, is := a.(time.Time); is {
		return at.Equal(b.(time.Time))
	}
	return reflect.DeepEqual(a, b)
}

func emptyField(a any) bool {
	if secret, is := a.(connector.Secret); is {
		return secret.IsZero()
	}
	return reflect.ValueOf(a).IsZero()
}

// TestAFileMakesTheConnectionThatTheWizardMakes compares what both save, field by field. A field that is new is held to be equal, so one
// that is not has to be thought about, and listed.
func TestAFileMakesTheConnectionThatTheWizardMakes(t *testing.T) {
	for _, story := range []struct {
		scenario, warehouse string
		scope               connector.Scope
	}{
		{"ready", "", connector.ScopeSchema}, {"ready", "starter warehouse", connector.ScopeTables}, {"token", "", connector.ScopeSchema}, {"through-a-group", "", connector.ScopeSchema},
	} {
		t.Run(story.scenario+" "+story.warehouse, func(t *testing.T) {
			t.Parallel()
			s, err := demo.Find(story.scenario)
			if err != nil {
				t.Fatal(err)
			}
			w := filled(t, s)
			w.Setup.Draft().SetCA(w.Workspace.CAPEM(), "")
			w.Setup.Draft().SetScope(story.scope)
			w.open()
			w.review()
			w.Press("enter")
			w.finishes()
			byHand := w.Setup.Saved()

			w.Env.Vault = vault.Open(filepath.Join(t.TempDir(), "another"))
			if err := w.Env.Vault.InitKeyFile(t.Context(), filepath.Join(t.TempDir(), "key.txt")); err != nil {
				t.Fatal(err)
			}
			h := w.Unattended(func(f *setup.AnswersFile) {
				f.CACerts, f.Scope, f.Tables, f.Name = string(w.Workspace.CAPEM()), story.scope, []string{"components"}, ""
				if story.warehouse != "" {
					f.Warehouse = story.warehouse
				}
			})
			if results, err := h.Run(t.Context(), h.Protector(nil)); err != nil || check.Failure(results) != nil {
				t.Fatalf("%+v, %v", check.Failure(results), err)
			}
			compareFields(t, byHand, h.Saved())
		})
	}
}

func compareFields(t *testing.T, byHand, fromFile connector.Connection) {
	t.Helper()
	want, got := map[string]any{}, map[string]any{}
	fieldsOf(reflect.ValueOf(byHand), "", want)
	fieldsOf(reflect.ValueOf(fromFile), "", got)
	for path, value := range want {
		switch {
		case unlike[path] != "":
		case !equalFields(got[path], value):
			t.Errorf("%s is %v, not %v", path, got[path], value)
		case emptyField(value) && !mayBeEmpty[path]:
			t.Errorf("%s is empty in both", path)
		}
	}
	for path := range unlike {
		if _, there := want[path]; !there {
			t.Errorf("there is no field %s", path)
		}
	}
	if fromFile.ID == "" || fromFile.ID == byHand.ID {
		t.Errorf("saved as %q", fromFile.ID)
	}
}

func TestAFileMaySayWhenTheSecretEnds(t *testing.T) {
	t.Parallel()
	w := prepare(t, screentest.Person{Scenario: "ready", Blank: true})
	end := screentest.Morning.AddDate(0, 0, 20).Truncate(24 * time.Hour)
	h := w.Unattended(func(f *setup.AnswersFile) { f.SecretExpires = end })
	results, err := h.Run(t.Context(), h.Protector(nil))
	if err != nil || !h.Saved().SecretExpires.Equal(end) {
		t.Fatalf("saved with %v, %v", h.Saved().SecretExpires, err)
	}
	if last := results[len(results)-1]; last.State != check.Passed || last.Evidence != "19 days left; renew it soon" {
		t.Errorf("%+v", last)
	}
}
