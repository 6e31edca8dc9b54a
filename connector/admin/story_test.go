package admin

import (
	"encoding/json"
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

func TestAnAdminGetsFromNothingToAPrincipalThatReads(t *testing.T) {
	d := start(t, "no-warehouse")
	s, j := open(t, d), journal(t)
	plan, err := s.PlanProvision(t.Context(), j, wanted(t))
	if err != nil {
		t.Fatal(err)
	}
	sameKinds(t, plan, CreatePrincipal, AddEntitlement, AllowWarehouse, AddGrants, AddGrants, CreateSecret)
	for i, c := range plan.Changes {
		if c.Object == "" || c.Before == "" || c.After == "" || c.Undo == "" || c.Why == "" || !json.Valid(c.Request.Body) || c.Request.Method == "PUT" {
			t.Errorf("step %d does not explain itself: %+v", i+1, c)
		}
	}
	if before := d.Requests(); slices.ContainsFunc(before, func(x rest.Exchange) bool { return isWrite(x.Method, x.Path) }) {
		t.Error("planning changed something")
	}
	out := apply(t, s, plan, j)
	if out.Done != 6 || out.Secret.IsZero() || out.Target.ID == "" || out.Expires.IsZero() {
		t.Fatalf("%+v", out)
	}
	w, err := asPrincipal(t, d, out.Target.ApplicationID, out.Secret)
	if err != nil {
		t.Fatal(err)
	}
	page, err := w.Tables(t.Context(), assets(t), "")
	warehouses, err2 := w.Warehouses(t.Context(), "")
	if err != nil || err2 != nil || len(page.Items) < 10 || page.Items[0].BrowseOnly || len(warehouses.Items) != 1 {
		t.Errorf("%d tables, %d warehouses, %v, %v", len(page.Items), len(warehouses.Items), err, err2)
	}
	again, err := s.PlanProvision(t.Context(), j, wanted(t, out.Secret))
	if err != nil || !again.Empty() || len(again.Kept) != 7 {
		t.Errorf("a second plan: %v, kept %q, %v", kinds(again), again.Kept, err)
	}
	checkPromises(t, d, j)
}

func TestThePlanOfAnExistingPrincipalHasOnlyWhatIsMissing(t *testing.T) {
	d := start(t, "missing-grants")
	s, j := open(t, d), journal(t)
	for _, name := range []string{demo.ConnectorID, "5103948571029384", demo.ConnectorName, strings.ToUpper(demo.ConnectorID)} {
		plan, err := s.PlanProvision(t.Context(), j, Provision{Principal: name, Warehouse: starter, Needs: contract(t)})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sameKinds(t, plan, AddGrants)
		const path, body = "/api/2.1/unity-catalog/permissions/schema/inventory.assets", `{"changes":[{"principal":"` + demo.ConnectorID + `","add":["USE_SCHEMA","SELECT"]}]}`
		if r := plan.Changes[0].Request; r.Method != "PATCH" || r.Path != path || string(r.Body) != body {
			t.Errorf("%s %s %s", r.Method, r.Path, r.Body)
		}
	}
	p, err := s.Find(t.Context(), demo.ConnectorName)
	if err != nil || len(p.Card()) != 3 || p.Card()[1].Value != demo.ConnectorID || p.Card()[2].Value != "5103948571029384" {
		t.Errorf("%+v, %v", p.Card(), err)
	}
	if _, err := s.Find(t.Context(), "nobody"); !errors.Is(err, ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func TestATakenNameIsNotTakenOver(t *testing.T) {
	d := start(t, "first-time")
	s, j := open(t, d), journal(t)
	want := wanted(t)
	want.DisplayName = "Draftt-Connector"
	_, err := s.PlanProvision(t.Context(), j, want)
	var refused *connector.Error
	if !errors.As(err, &refused) || !errors.Is(err, ErrAmbiguous) || !strings.Contains(refused.Remedy, demo.ConnectorID) {
		t.Errorf("%v", err)
	}
	want.Another = true
	plan, err := s.PlanProvision(t.Context(), j, want)
	if err != nil || len(plan.Warnings) != 2 || plan.Changes[0].Kind != CreatePrincipal {
		t.Errorf("%v %q %v", kinds(plan), plan.Warnings, err)
	}
}

func TestNothingHappensWithoutTheName(t *testing.T) {
	d := start(t, "first-time")
	s, j := open(t, d), journal(t)
	plan, err := s.PlanProvision(t.Context(), j, wanted(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"", "yes", "draftt", "Draftt-New"} {
		if c, err := plan.Confirmed(typed); !errors.Is(err, ErrNotConfirmed) || c.typed {
			t.Errorf("%q confirmed: %v", typed, err)
		}
	}
	if _, err := s.Apply(t.Context(), Confirmed{}, j); !errors.Is(err, ErrNotConfirmed) {
		t.Errorf("the zero value: %v", err)
	}
	elsewhere := plan
	elsewhere.Host = connector.Host{}
	if _, err := s.Apply(t.Context(), confirm(t, elsewhere), j); !errors.Is(err, ErrOtherHost) {
		t.Errorf("another host: %v", err)
	}
	c := confirm(t, plan)
	plan.Changes[0] = Change{Kind: DeletePrincipal}
	if c.Plan().Changes[0].Kind != CreatePrincipal {
		t.Error("a confirmed plan can be changed")
	}
	for _, x := range d.Requests() {
		if isWrite(x.Method, x.Path) {
			t.Errorf("%s %s", x.Method, x.Path)
		}
	}
}

func TestTheJournalKeepsNoSecretAndIsPrivate(t *testing.T) {
	d := start(t, "first-time")
	s, j := open(t, d), journal(t)
	out := provision(t, s, j, wanted(t))
	text, err := os.ReadFile(j.Path())
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []connector.Secret{out.Secret, d.Admin().Secret} {
		if strings.Contains(string(text), string(secret.Reveal())) {
			t.Error("the journal has a secret")
		}
	}
	if info, err := os.Stat(j.Path()); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	entries, err := j.Entries()
	if err != nil || len(entries) != 18 { // six steps of three entries
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	last := entries[len(entries)-1]
	if last.Event != Done || last.Result.SecretID != out.SecretID || last.Result.Fingerprint != out.Secret.Fingerprint() || last.Result.RequestID == "" || last.By != demo.AdminID || last.At.IsZero() {
		t.Errorf("%+v", last)
	}
}

func TestALineCutShortIsPassedOver(t *testing.T) {
	j := journal(t)
	for _, part := range []string{"", `{"plan":"cut`} {
		if err := j.append(Entry{Plan: "p", Step: 1}); err != nil {
			t.Fatal(err)
		}
		file, err := os.OpenFile(j.Path(), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := file.WriteString(part); err != nil {
			t.Fatal(err)
		}
		_ = file.Close()
	}
	if err := j.append(Entry{Plan: "p", Step: 2}); err != nil {
		t.Fatal(err)
	}
	entries, err := j.Entries()
	if err != nil || len(entries) != 3 || entries[2].Step != 2 {
		t.Errorf("%+v, %v", entries, err)
	}
}

func TestASecretIsRotatedWithoutAGap(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	old := d.Connector().Secret
	plan, err := s.PlanRotate(t.Context(), j, Rotate{Principal: demo.ConnectorID, InUse: []connector.Secret{old}, Lifetime: 90 * 24 * time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	sameKinds(t, plan, CreateSecret)
	out := apply(t, s, plan, j)
	for name, secret := range map[string]connector.Secret{"old": old, "new": out.Secret} {
		if _, err := asPrincipal(t, d, demo.ConnectorID, secret); err != nil {
			t.Errorf("the %s secret: %v", name, err)
		}
	}
	if _, err := s.PlanRetire(t.Context(), j, Retire{Principal: demo.ConnectorID, SecretID: out.SecretID, InUse: []connector.Secret{out.Secret}}); !errors.Is(err, ErrInUse) {
		t.Errorf("retiring the one in use: %v", err)
	}
	retire, err := s.PlanRetire(t.Context(), j, Retire{Principal: demo.ConnectorID, InUse: []connector.Secret{out.Secret}})
	if err != nil {
		t.Fatal(err)
	}
	sameKinds(t, retire, DeleteSecret)
	apply(t, s, retire, j)
	if _, err := asPrincipal(t, d, demo.ConnectorID, old); err == nil {
		t.Error("the old secret still signs in")
	}
	if _, err := asPrincipal(t, d, demo.ConnectorID, out.Secret); err != nil {
		t.Errorf("the new secret: %v", err)
	}
	checkPromises(t, d, j)
}

func TestASixthSecretIsRefusedByNamingOneToDelete(t *testing.T) {
	d := start(t, "ready")
	s, j := open(t, d), journal(t)
	inUse := []connector.Secret{d.Connector().Secret}
	for range MaxSecrets - 1 {
		plan, err := s.PlanRotate(t.Context(), j, Rotate{Principal: demo.ConnectorID, InUse: inUse})
		if err != nil {
			t.Fatal(err)
		}
		inUse = append(inUse, apply(t, s, plan, j).Secret)
	}
	_, err := s.PlanRotate(t.Context(), j, Rotate{Principal: demo.ConnectorID, InUse: inUse})
	secrets, listErr := s.Secrets(t.Context(), "5103948571029384")
	var refused *connector.Error
	if !errors.As(err, &refused) || !errors.Is(err, ErrTooManySecrets) || listErr != nil || len(secrets) != MaxSecrets {
		t.Fatalf("%v, %d secrets", err, len(secrets))
	}
	made := func() map[string]string { h, _ := j.history(s.host); return h.madeSecrets("5103948571029384") }()
	i := slices.IndexFunc(secrets, func(i SecretInfo) bool { return made[i.ID] == "" })
	if !strings.Contains(refused.Remedy, secrets[i].ID) {
		t.Errorf("%s does not name %s", refused.Remedy, secrets[i].ID)
	}
}

func TestASessionSendsNothingOutsideItsList(t *testing.T) {
	for _, request := range []string{
		"PUT /api/2.0/permissions/warehouses/a", "PUT /api/2.0/preview/scim/v2/ServicePrincipals/1", "POST /api/2.0/sql/statements/x/cancel", "DELETE /api/2.1/unity-catalog/catalogs/c",
		"PATCH /api/2.1/unity-catalog/catalogs/c", "PATCH /api/2.0/token/create", "POST /api/2.0/preview/scim/v2/Users", "DELETE /api/2.0/permissions/authorization/tokens",
		"PUT /api/2.0/permissions/authorization/tokens/x", "PUT /api/2.0/preview/permissions/authorization/tokens/x", "PUT /api/2.0/preview/permissions/warehouses/a", "POST /api/2.1/clusters/delete", "DELETE /api/2.0/token-management/tokens",
		"DELETE /api/2.0/preview/scim/v2/ServicePrincipals", "PATCH /api/2.1/unity-catalog/permissions/schema/../x", "DELETE /api/2.0/preview/scim/v2/Groups/1",
	} {
		method, path, _ := strings.Cut(request, " ")
		if allows(method, path) {
			t.Errorf("%s would be sent", request)
		}
	}
	for _, r := range requests {
		if r.Method == "PUT" && !slices.Contains(lists, r.Path) {
			t.Errorf("PUT %s is in the list", r.Path)
		}
	}
}

func TestProfilesAreReadAndNotKept(t *testing.T) {
	path := t.TempDir() + "/cfg"
	text := "\ufeff; comment\n[DEFAULT]\nhost = https://adb-1.2.azuredatabricks.net\ntoken=dapi-one\n[oauth]\nhost=adb-3.4.azuredatabricks.net\nclient_id=abc\nclient_secret = \"dose-two\"\nother=x\n" +
		"[cli]\nhost=h\nauth_type=databricks-cli\n[empty]\n[none]\nhost=h\nnonsense\n[both]\nhost=h\ntoken=dapi\nclient_id=a\nclient_secret=b\nauth_type=pat\n[\x1b[2J]\nhost=h\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	list, err := Profiles(path, nil)
	if err != nil || len(list) != 6 {
		t.Fatalf("%d profiles, %v", len(list), err)
	}
	if p := list[0]; p.Name != "DEFAULT" || p.Credentials.Method != connector.PAT || string(p.Credentials.Secret.Reveal()) != "dapi-one" || p.Unusable != "" {
		t.Errorf("%+v", p)
	}
	if list[0].Host.Name() != "adb-1.2.azuredatabricks.net" || list[0].HostProblem != nil || !list[2].Host.IsZero() || list[2].HostText != "h" || !errors.Is(list[2].HostProblem, connector.ErrInput) {
		t.Errorf("the hosts are read as %+v", list)
	}
	if p := list[1]; p.Credentials.Method != connector.OAuth || p.Credentials.ClientID != "abc" || string(p.Credentials.Secret.Reveal()) != "dose-two" {
		t.Errorf("%+v", p)
	}
	if list[2].Unusable == "" || !strings.Contains(list[2].Unusable, "databricks-cli") || list[3].Unusable == "" || list[4].Credentials.Method != connector.PAT {
		t.Errorf("%+v", list[2:5])
	}
	if strings.Contains(list[5].Name, "\x1b") {
		t.Errorf("%q", list[5].Name)
	}
	if none, err := Profiles(path+"-not-there", nil); none != nil || err != nil {
		t.Errorf("%v, %v", none, err)
	}
}

func TestAPrincipalOfEntraGetsItsSecretThere(t *testing.T) {
	if !(scimPrincipal{ExternalID: "8f2d"}).principal().EntraManaged || (scimPrincipal{}).principal().EntraManaged {
		t.Error("a principal of Microsoft Entra ID is not told apart")
	}
	b := builder{principal: ServicePrincipal{EntraManaged: true}, there: true}
	var refused *connector.Error
	if err := b.secret(t.Context(), Provision{Secret: true}); !errors.As(err, &refused) || !strings.Contains(refused.Remedy, "Microsoft Entra ID") {
		t.Errorf("%v", err)
	}
}
