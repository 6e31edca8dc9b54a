package saved

import (
	"context"
	"errors"
	"io"
	"iter"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// TestMain takes the keychain of the machine away, and has libraries be quiet.
func TestMain(m *testing.M) {
	log.SetOutput(io.Discard)
	keyring.MockInitWithError(errors.New("no secret service on this machine"))
	os.Exit(m.Run())
}

// world is an embedded workspace, and a machine with connections to it.
func world(t *testing.T, scenario string, names ...string) (*demo.Workspace, setup.Environment, []connector.Connection) {
	t.Helper()
	s, err := demo.Find(scenario)
	if err != nil {
		t.Fatal(err)
	}
	w, err := demo.Start(context.Background(), s, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	env := setup.Environment{
		Version: "1.2.3", Vault: vault.Open(filepath.Join(t.TempDir(), "vault")), KeyFile: filepath.Join(t.TempDir(), "key.txt"), Network: w.Network(), Now: time.Now,
	}
	if err := env.Vault.InitKeyFile(t.Context(), env.KeyFile); err != nil {
		t.Fatal(err)
	}
	host, _, err := connector.ParseHost(w.Host(), nil)
	if err != nil {
		t.Fatal(err)
	}
	table, err := connector.ParseTable("inventory.assets.components", connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	who := w.Connector()
	var all []connector.Connection
	for _, name := range names {
		c, err := env.Vault.Save(t.Context(), connector.Connection{
			Name: name, Host: host, Credentials: connector.Credentials{Method: connector.OAuth, ClientID: who.ClientID, Secret: who.Secret},
			Warehouse: connector.WarehouseRef{ID: "a3f19c0d7be24418", Name: connector.FromRemote("Starter Warehouse"), Type: connector.Serverless, HTTPPath: "/sql/1.0/warehouses/a3f19c0d7be24418"},
			Principal: connector.Principal{Name: connector.FromRemote(string(who.ClientID)), DisplayName: connector.FromRemote(demo.ConnectorName)},
			Schema:    table.SchemaName, Scope: connector.ScopeSchema, Tables: []connector.TableName{table},
		})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	return w, env, all
}

func TestEveryVerdictIsKeptAndASingleBadSecretEndsNoOtherTest(t *testing.T) {
	t.Parallel()
	_, env, all := world(t, "ready", "prod", "ops", "staging", "north", "south", "west")
	all[2].Credentials.Secret = connector.NewSecret([]byte("dose-not-the-one"))
	var err error
	if all[2], err = env.Vault.Save(t.Context(), all[2]); err != nil {
		t.Fatal(err)
	}
	stale := all[5] // saved anew in another window
	other := stale
	other.Credentials.Secret = connector.NewSecret([]byte("dose-another-one"))
	if _, err := env.Vault.Save(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	ended := 0
	for got := range (Tests{}).All(t.Context(), env, all) {
		ended++
		if got.Saved.Name != all[got.At].Name || (got.Outcome() == Works) != (got.At != 2) || got.Saved.Proof.At.IsZero() != (got.At == 5) || (got.NotKept == nil) == (got.At == 5) {
			t.Errorf("%s: outcome %v, kept at %v, %v", got.Saved.Name, got.Outcome(), got.Saved.Proof.At, got.NotKept)
		}
		if text, next := got.Line(); got.At == 2 && (!strings.HasPrefix(text, "Authentication failed at S06 Token.") || next == "") {
			t.Errorf("says %q, next %q", text, next)
		}
	}
	if told := NotKept(stale, errors.New("the disk is full")); !strings.Contains(told, "the test of west was not kept: the disk is full") {
		t.Errorf("says %q", told)
	}
	if ended != len(all) {
		t.Errorf("%d ended", ended)
	}
}

func TestATestThatIsCutShortProvesNothingThatIsKept(t *testing.T) {
	t.Parallel()
	_, env, all := world(t, "ready", "prod")
	for got := range (Tests{UpTo: check.StageToken}).All(t.Context(), env, all) {
		if got.Outcome() != Works || len(got.Results) == len(check.All()) {
			t.Errorf("%d stages, outcome %v", len(got.Results), got.Outcome())
		}
	}
	if c, err := env.Vault.Load(t.Context(), "prod"); err != nil || !c.Proof.At.IsZero() {
		t.Errorf("kept %+v, %v", c.Proof, err)
	}
}

func TestTestsAreToldInTheOrderOfTheListHoweverTheyEnd(t *testing.T) {
	t.Parallel()
	ended := func(places ...int) iter.Seq[Tested] {
		return func(yield func(Tested) bool) {
			for _, at := range places {
				if !yield(Tested{At: at}) {
					return
				}
			}
		}
	}
	var told []int
	for got := range InOrder(ended(2, 0, 3, 1), 4) {
		told = append(told, got.At)
	}
	if !slices.Equal(told, []int{0, 1, 2, 3}) {
		t.Errorf("told %v", told)
	}
}

func TestWhatIsSaidOfStagesNamesTheOnesThatDidNotPass(t *testing.T) {
	t.Parallel()
	got := Stages([]check.Result{
		{Name: "Token", State: check.Passed}, {Name: "Warehouse", State: check.Failed}, {Name: "Lifetime", State: check.Failed, Advisory: true},
		{Name: "SQL", State: check.Blocked}, {Name: "Catalog", State: check.Blocked}, {Name: "Schema", State: check.Blocked}, {Name: "Rows", State: check.Blocked},
	})
	if want := "1 passed, 1 failed (Warehouse), 1 warned of (Lifetime), 4 blocked"; got != want {
		t.Errorf("says %q, want %q", got, want)
	}
}

func TestAnExportNeverHoldsTheSecretNorReplacesAFile(t *testing.T) {
	t.Parallel()
	_, _, all := world(t, "ready", "Asset inventory: prod/1")
	file := filepath.Join(t.TempDir(), ExportName(all[0]))
	if filepath.Base(file) != "Asset-inventory-prod-1.yaml" {
		t.Errorf("would be called %s", filepath.Base(file))
	}
	if err := Export(all[0], file, false); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(file)
	if err != nil || strings.Contains(string(content), string(all[0].Credentials.Secret.Reveal())) || !strings.Contains(string(content), "warehouse: a3f19c0d7be24418") {
		t.Errorf("holds %s, %v", content, err)
	}
	if err := Export(all[0], file, true); !errors.Is(err, connector.ErrInput) {
		t.Errorf("a file was replaced: %v", err)
	}
	if asJSON, err := Exported(all[0], "x.JSON", false); err != nil || asJSON[0] != '{' {
		t.Errorf("%.20s, %v", asJSON, err)
	}
}

func TestABundleOfTheDemoSaysThatItIsOne(t *testing.T) {
	_, env, all := world(t, "ready", "one")
	if lines := Bundled(env, all[0]).Connection; lines[0].Label == "Demo" {
		t.Errorf("a bundle of a real workspace begins with %+v", lines[0])
	}
	env.Demo = &setup.Demo{}
	if lines := Bundled(env, all[0]).Connection; lines[0].Label != "Demo" || len(lines) < 5 {
		t.Errorf("a bundle of the demo tells %+v", lines)
	}
}
