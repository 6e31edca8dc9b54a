package admin

import (
	"errors"
	"slices"
	"testing"

	"github.com/databricks/databricks-sdk-go/apierr"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
	"github.com/draftt-io/draftt-databricks/screentest/embedded"
)

// startWith plays a scenario in which something goes wrong.
func startWith(t *testing.T, faults ...rest.Fault) *demo.Workspace {
	t.Helper()
	s, err := demo.Find("first-time")
	if err != nil {
		t.Fatal(err)
	}
	s.Faults = faults
	return embedded.StartAs(t, s, demo.Options{})
}

const onCatalog = "/api/2.1/unity-catalog/permissions/catalog/inventory"

func TestARequestIsSaidAsItIsSent(t *testing.T) {
	slash, err := withBody("PATCH", "/api/2.1/unity-catalog/permissions/catalog/"+connector.PathSegment("sales/EU"), []string{"sales/EU"})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"PATCH /api/2.1/unity-catalog/permissions/catalog/sales%2FEU", `["sales/EU"]`}; !slices.Equal(slash.Lines(), want) {
		t.Errorf("%q", slash.Lines())
	}
	made, err := Change{Kind: DeleteSecret, subject: subject{secretID: "an id"}}.request(Target{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"DELETE /api/2.0/accounts/servicePrincipals/{SCIM id of the new service principal}/credentials/secrets/an%20id"}; !slices.Equal(made.Lines(), want) {
		t.Errorf("%q", made.Lines())
	}
}

func TestUnityCatalogIsGivenTimeToLearnOfANewPrincipal(t *testing.T) {
	d := startWith(t, rest.Fault{Method: "PATCH", Path: onCatalog, Times: 3, Status: 404, Body: `{"error_code":"PRINCIPAL_DOES_NOT_EXIST","message":"Could not find principal with name x"}`})
	s, j := open(t, d), journal(t)
	s.sleep = noWait
	if out := provision(t, s, j, wanted(t)); out.Done != 6 {
		t.Errorf("%+v", out)
	}
}

func TestARefusedStepSaysWhatToDoAndTheSamePlanContinues(t *testing.T) {
	d := startWith(t, rest.Fault{Method: "PATCH", Path: onCatalog, Times: 1, Status: 403, Body: `{"error_code":"PERMISSION_DENIED","message":"User does not have MANAGE on Catalog 'inventory'.\u001b[2J"}`})
	s, j := open(t, d), journal(t)
	plan, err := s.PlanProvision(t.Context(), j, wanted(t))
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Apply(t.Context(), confirm(t, plan), j)
	var refused *connector.Error
	if !errors.As(err, &refused) || !errors.Is(err, apierr.ErrPermissionDenied) || refused.Remedy == "" || out.Done != 3 || out.Target.ID == "" || !out.Secret.IsZero() {
		t.Fatalf("%+v, %v", out, err)
	}
	entries, err := j.Entries()
	if err != nil || entries[len(entries)-1].Event != Failed || entries[len(entries)-1].Error == "" {
		t.Errorf("%+v, %v", entries[len(entries)-1], err)
	}
	again, err := s.Apply(t.Context(), confirm(t, plan), j)
	if err != nil || again.Done != 6 || again.Target != out.Target || again.Secret.IsZero() {
		t.Errorf("%+v, %v", again, err)
	}
	if same, err := s.Named(t.Context(), "draftt-new"); err != nil || len(same) != 1 {
		t.Errorf("%d principals, %v", len(same), err)
	}
}

func TestWhatIsGoneAlreadyIsNoError(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	plan, err := s.PlanDisconnect(t.Context(), j, Disconnect{Level: DeleteThePrincipal, Connection: saved(t, d)})
	if err != nil {
		t.Fatal(err)
	}
	other, theirs := open(t, d), journal(t)
	apply(t, other, plan, theirs) // somebody else is quicker
	out, err := s.Apply(t.Context(), confirm(t, plan), j)
	entries, readErr := j.Entries()
	if err != nil || readErr != nil || out.Done != 3 || entries[len(entries)-1].Event != Already {
		t.Errorf("%+v, %v, %+v", out, err, entries[len(entries)-1])
	}
}
