package setup

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// wanted is a new principal that reads what the scenario is about, saved as "prod".
func (w *world) wanted() Provision {
	c := w.connection("prod")
	return Provision{At: TargetOf(c), DisplayName: "draftt-prod", Warehouse: "starter warehouse", Reads: SelectionOf(c), SaveAs: "prod"}
}

func (w *world) provisioning(want Provision, session *admin.Session, saved ...connector.Connection) *Provisioning {
	w.t.Helper()
	p, err := w.env.Provision(w.t.Context(), want, saved)
	if err == nil {
		err = p.As(w.t.Context(), session)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

func TestAProvisioningEndsInASavedConnectionThatReads(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	session := w.asAdmin()
	p := w.provisioning(w.wanted(), session)
	plan, err := p.Plan(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	confirmed, err := plan.Confirmed(plan.Name)
	if err != nil {
		t.Fatal(err)
	}
	var sealed connector.Connection
	out, err := p.Apply(t.Context(), confirmed, admin.Watch{}, func(c connector.Connection) { sealed = c })
	if err != nil || out.Done != len(plan.Changes) {
		t.Fatalf("%d of %d changes, %v", out.Done, len(plan.Changes), err)
	}
	kept := w.load("prod")
	if sealed.ID != kept.ID || p.Saved().ID != kept.ID || !kept.Credentials.Secret.Equal(out.Secret) || kept.Principal.ID != out.Target.ID || kept.SecretExpires.IsZero() {
		t.Errorf("sealed %+v", kept)
	}
	test, err := w.env.Test(kept, false)
	if err != nil {
		t.Fatal(err)
	}
	if f := check.Failure(tested(t, test)); f != nil {
		t.Errorf("it does not read: %+v", f.Finding)
	}
	if certificate, err := p.Certify(t.Context()); err != nil || certificate.ApplicationID != string(out.Target.ApplicationID) {
		t.Errorf("%+v, %v", certificate, err)
	}

	again := w.wanted()
	again.Principal, again.DisplayName = string(out.Target.ApplicationID), ""
	if rest, err := w.provisioning(again, session, kept).Plan(t.Context()); err != nil || !rest.Empty() {
		t.Errorf("a second run plans %+v, %v", rest.Changes, err)
	}
	again.Principal = string(w.Connector().ClientID)
	_, err = w.provisioning(again, session, kept).Plan(t.Context())
	errorOf(t, err, vault.ErrNameTaken)
	again.SaveAs = "another"
	again.Principal = string(out.Target.ApplicationID)
	_, err = w.provisioning(again, session, kept).Plan(t.Context())
	errorOf(t, err, connector.ErrInput)
}

func TestANameThatSomethingElseHasIsNotProvisioned(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	other := w.connection("prod")
	other.Schema.Schema = ident(t, "elsewhere")
	for i := range other.Tables {
		other.Tables[i].SchemaName = other.Schema
	}
	_, err := w.env.Provision(t.Context(), w.wanted(), []connector.Connection{saved(t, w.env, other)})
	errorOf(t, err, vault.ErrNameTaken)
}

func ident(t *testing.T, name string) connector.Ident {
	t.Helper()
	id, err := connector.ParseIdent(name)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestAWarehouseIsFoundByItsIDOrItsName(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	ws := w.asAdmin().View()
	for wanted, found := range map[string]int{
		"a3f19c0d7be24418": 1, "Starter Warehouse": 1, "STARTER warehouse": 1, "A3F19C0D7BE24418": 1, "Starter": 0, "warehouse_id = a3f19c0d7be24418": 1, "/sql/1.0/warehouses/a3f19c0d7be24418": 1,
	} {
		s, err := searchWarehouse(t.Context(), ws, given(t, wanted))
		if err != nil || len(s.found) != found {
			t.Errorf("%q finds %d, %v", wanted, len(s.found), err)
		}
	}
	mistyped, _ := searchWarehouse(t.Context(), ws, given(t, "Starter Warehose"))
	errorOf(t, mistyped.refusal(), connector.ErrInput)
	for _, said := range []string{connector.Sentence(mistyped.refusal()), mistyped.finding().Remedy.Text} {
		if !strings.Contains(said, `Did you mean "Starter Warehouse"?`) {
			t.Errorf("it says %q", said)
		}
	}
	twice := warehouseSearch{wanted: connector.WarehouseGiven{Text: "x"}, names: []string{"x", "x"}, found: make([]connector.Warehouse, 2)}
	if said := connector.Sentence(twice.refusal()); said != `2 SQL warehouses are named "x". Give the ID of the one that you mean.` || twice.finding().Reason != twice.several() {
		t.Errorf("it says %q", said)
	}
}

func given(t *testing.T, text string) connector.WarehouseGiven {
	t.Helper()
	wanted, err := connector.ParseWarehouse(text)
	if err != nil {
		t.Fatal(err)
	}
	return wanted
}

func TestNothingIsBegunThatCouldNotBeSaved(t *testing.T) {
	t.Parallel()
	nobody := AnswersFile{}.Unattended(fresh(t), "", nil, nil)
	errorOf(t, nobody.Ready(t.Context(), "prod"), vault.ErrKeychain)
	errorOf(t, AnswersFile{Protection: vault.KeyFile}.Unattended(fresh(t), "", nil, nil).Ready(t.Context(), "prod"), connector.ErrInput)
	missing := AnswersFile{PassphraseFile: filepath.Join(t.TempDir(), "none")}
	errorOf(t, missing.Unattended(fresh(t), "", nil, nil).Ready(t.Context(), "prod"), connector.ErrInput)
	file := filepath.Join(t.TempDir(), "key.txt")
	if err := (AnswersFile{KeyFile: "another"}).Unattended(fresh(t), file, nil, nil).Ready(t.Context(), "prod"); err != nil {
		t.Error(err)
	}
	env := machine(t)
	c := begin(t, "ready").connection("prod")
	saved(t, env, c)
	errorOf(t, AnswersFile{}.Unattended(env.Vault, env.KeyFile, nil, nil).Ready(t.Context(), "prod"), vault.ErrNameTaken)
	if err := (AnswersFile{}).Unattended(env.Vault, env.KeyFile, nil, nil).Ready(t.Context(), "another"); err != nil {
		t.Error(err)
	}
}
