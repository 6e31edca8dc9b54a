package partner_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// TestWhatIsNotShownIsNotSaidToBeGone has an onlooker end a connection whose tokens only a workspace admin is shown.
func TestWhatIsNotShownIsNotSaidToBeGone(t *testing.T) {
	const onlooker = "7f000000-0000-4000-8000-0000000000bb"
	secret := model.NewSecretValue()
	d := start(t, "first-time", func(w *model.World) error {
		w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "9000000000000002", Name: onlooker, DisplayName: "onlooker", Active: true, MemberOf: []string{model.WorkspaceUsers}})
		w.PresetSecret(onlooker, secret, time.Now())
		return connected(w)
	})
	s := openAs(t, d, demo.Credentials{ClientID: onlooker, Secret: connector.NewSecret(secret)})
	e, err := ending(t, s, partner.Nothing)
	if err != nil || !contains(e.Unseen, "personal access tokens") {
		t.Errorf("unseen %q, %v", e.Unseen, err)
	}
	for _, level := range []partner.Level{partner.Tokens, partner.Principal, partner.Reset} {
		if _, err := ending(t, s, level); !errors.Is(err, admin.ErrRefused) || !strings.Contains(err.Error(), "not shown") {
			t.Errorf("%s: %v", level, err)
		}
	}
}

func TestAPrincipalThatIsNoneOfThePartnerIsRefused(t *testing.T) {
	s := open(t, start(t, "first-time", connected))
	traces, err := partner.Look(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	found := partner.Infer(traces)
	for _, other := range []string{demo.AdminID, "7f000000-0000-4000-8000-0000000000ab", "mistyped"} {
		if c, err := found.Of("dbt cloud", other); !errors.Is(err, admin.ErrNotFound) {
			t.Errorf("%s: %+v, %v", other, c, err)
		}
	}
	if c, err := found.Of("dbt cloud", theirs); err != nil || c.Principal == nil {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := found.Of("hevo data", ""); err != nil || c.Principal != nil {
		t.Errorf("one that is gone: %+v, %v", c, err)
	}
}
