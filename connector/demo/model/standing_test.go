package model

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

func TestAPrincipalOfTheAccountAloneIsNotFoundHere(t *testing.T) {
	w, _ := company(t)
	w.AddPrincipal(Principal{Kind: ServicePrincipal, Name: "guest", Active: true, Unassigned: true, MemberOf: []string{"readers"}})
	w.AddPrincipal(Principal{Kind: Group, Name: "readers", Entitlements: []string{SQLAccess}, Unassigned: true})
	w.AddSecret("guest", []byte("dose-guest"))
	who, err := w.SignIn("guest", []byte("dose-guest"))
	must(t, err)
	if e := refusal(t, w.CheckAPI(who)); e.Status != 403 || e.Message != "user not found" {
		t.Errorf("refused with %d %s", e.Status, e.Message)
	}
}

func TestASecretMayHaveEnded(t *testing.T) {
	w, clock := company(t)
	w.AddSecretFor("reader", []byte("ended"), -time.Hour)
	w.AddSecretFor("reader", []byte("ending"), time.Hour)
	if _, err := w.SignIn("reader", []byte("ended")); !errors.Is(err, ErrSignIn) {
		t.Errorf("one that ended: %v", err)
	}
	if _, err := w.SignIn("reader", []byte("ending")); err != nil {
		t.Errorf("one that has an hour left: %v", err)
	}
	clock.Advance(time.Hour)
	if _, err := w.SignIn("reader", []byte("ending")); !errors.Is(err, ErrSignIn) {
		t.Errorf("an hour later: %v", err)
	}
}

func TestATokenIsNoPermissionToUseTokens(t *testing.T) {
	w, _ := company(t)
	w.PresetToken(Token{Owner: "READER", CreatedBy: "admin"}, []byte("dapi-preset"))
	_, err := w.TokenHolder([]byte("dapi-preset"))
	if e := refusal(t, err); !strings.Contains(e.Message, "does not have permission to use tokens") {
		t.Errorf("without permission: %s", e.Message)
	}
	w.AllowTokens("reader")
	if who, err := w.TokenHolder([]byte("dapi-preset")); err != nil || who.Name != "reader" {
		t.Errorf("with permission: %v, %v", who, err)
	}
}

func TestARefusalStandsAfterEveryPrivilege(t *testing.T) {
	w, _ := company(t)
	must(t, w.AddTable(Table{Catalog: "c", Schema: "s", Name: "filtered", Owner: "nobody", Refusal: "User does not have EXECUTE on Routine or Model 'c.s.f'."}))
	who := principal(t, w, "reader")
	must(t, w.Preset(unity.OnCatalog("c"), "reader", unity.UseCatalog, unity.UseSchema))
	if e := refusal(t, w.CheckRead(who, "c", "s", "filtered")); e.Missing == nil || e.Missing.Privilege != unity.Select {
		t.Errorf("without SELECT: %v", e)
	}
	must(t, w.Preset(unity.OnCatalog("c"), "reader", unity.Select))
	if e := refusal(t, w.CheckRead(who, "c", "s", "filtered")); e.Missing != nil || e.SQLState != "42501" || !strings.Contains(e.SQLText(), "EXECUTE on Routine") {
		t.Errorf("with SELECT: %v", e)
	}
	if err := w.CheckRead(who, "c", "s", "t"); err != nil {
		t.Errorf("another table: %v", err)
	}
}

func TestTheOwnerOfTheMetastoreStays(t *testing.T) {
	w, _ := company(t)
	if e := refusal(t, w.SetOwner(principal(t, w, "admin"), unity.OnMetastore(), "reader")); e.Code != "INVALID_PARAMETER_VALUE" || w.Metastore().Owner != "admin" {
		t.Errorf("%v, and it is %s", e, w.Metastore().Owner)
	}
}
