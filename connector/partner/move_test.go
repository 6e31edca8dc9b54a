package partner_test

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

// switched is when the secret of a move was made.
var switched = time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)

// moving is a workspace in which a partner has a token that never ends, last used on a day after the secret was made; a negative day is none.
func moving(t *testing.T, withSecret bool, usedDays int) *admin.Session {
	t.Helper()
	return open(t, start(t, "first-time", func(w *model.World) error {
		w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "9000000000000001", Name: theirs, DisplayName: "HEX_USER", Active: true})
		token := model.Token{Owner: theirs, CreatedBy: theirs, Comment: "HEX", Created: switched.AddDate(-1, 0, 0)}
		if usedDays >= 0 {
			token = token.UsedAt(switched.AddDate(0, 0, usedDays))
		}
		w.PresetToken(token, model.NewTokenValue())
		if withSecret {
			w.PresetSecret(theirs, model.NewSecretValue(), switched)
		}
		return nil
	}))
}

func states(m partner.Move) string {
	var all []string
	for _, s := range m.Steps {
		all = append(all, string(s.State))
	}
	return strings.Join(all, " ")
}

func TestAMoveToOAuthNeverTakesTheTokenBeforeItFellIdle(t *testing.T) {
	for _, step := range []struct {
		what     string
		secret   bool
		used     int
		days     int // after the secret was made
		want     string
		deleting int
	}{
		{"without a secret", false, 0, 40, "now later later later later", 0},
		{"with a secret, and the token in use", true, 30, 31, "done now now waiting later", 0},
		{"on the day the secret was made, with a token that was never used", true, -1, 0, "done now now waiting later", 0},
		{"a week after the last use", true, 3, 10, "done now now waiting later", 0},
		{"eight days after the morning of a last use that may have been in the evening", true, 3, 11, "done now now waiting later", 0},
		{"eight days after the last use", true, 3, 12, "done now now done now", 1},
		{"with a token that was never used, eight days on", true, -1, 8, "done now now done now", 1},
	} {
		t.Run(step.what, func(t *testing.T) {
			s := moving(t, step.secret, step.used)
			m, err := partner.MoveToOAuth(t.Context(), s, "HEX_USER", partner.UsualIdle, switched.AddDate(0, 0, step.days), nil)
			if err != nil {
				t.Fatal(err)
			}
			if states(m) != step.want || len(m.Plan.Changes) != step.deleting {
				t.Errorf("%s, deleting %d: %+v", states(m), len(m.Plan.Changes), m.Steps)
			}
			for _, s := range m.Steps {
				if s.Title == "" || !strings.HasSuffix(s.Says, ".") {
					t.Errorf("%+v", s)
				}
			}
		})
	}
}

func TestAMoveEndsWhenTheTokenIsRevoked(t *testing.T) {
	s, j, later := moving(t, true, 2), journal(t), switched.AddDate(0, 1, 0)
	m, err := partner.MoveToOAuth(t.Context(), s, theirs, partner.UsualIdle, later, nil)
	if err != nil || m.Plan.Name != "HEX_USER" {
		t.Fatalf("%+v, %v", m.Plan, err)
	}
	apply(t, s, m.Plan, j)
	m, err = partner.MoveToOAuth(t.Context(), s, theirs, partner.UsualIdle, later, nil)
	if err != nil || !m.Plan.Empty() || states(m) != "done now done done done" || !strings.Contains(m.Steps[1].Says, "not seen from here") {
		t.Errorf("%s, %v", states(m), err)
	}
}

func TestATokenThatAConnectionSavedHereSignsInWithStays(t *testing.T) {
	s := moving(t, true, 2)
	saved := connector.Connection{
		Name: "Assets", Host: s.Host(), Principal: connector.Principal{Name: connector.FromRemote(theirs)}, Credentials: connector.Credentials{Method: connector.PAT},
	}
	m, err := partner.MoveToOAuth(t.Context(), s, theirs, partner.UsualIdle, switched.AddDate(0, 1, 0), []connector.Connection{saved})
	if err != nil || !m.Plan.Empty() || states(m) != "done now now waiting later" || !strings.Contains(m.Steps[1].Says, "rotate Assets --to-oauth") {
		t.Errorf("%s %+v, %v", states(m), m.Steps, err)
	}
	saved.Credentials.Method = connector.OAuth
	m, err = partner.MoveToOAuth(t.Context(), s, theirs, partner.UsualIdle, switched.AddDate(0, 1, 0), []connector.Connection{saved})
	if err != nil || len(m.Plan.Changes) != 1 || states(m) != "done done done done now" {
		t.Errorf("%s %+v, %v", states(m), m.Steps, err)
	}
}
