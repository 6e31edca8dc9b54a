package admin

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

func TestTokensAreNotSwitchedOffByWhoSignedInWithOne(t *testing.T) {
	d := start(t, "ready")
	s := withToken(t, d, d.Admin().Token)
	snapshot := read(t, s, authorization.Tokens)
	off := snapshot.Settings
	off.Enabled = false
	if _, err := s.PlanSettings(snapshot, off, false); !errors.Is(err, ErrOwnToken) || !errors.Is(err, ErrRefused) {
		t.Errorf("%v", err)
	}
	if p, err := s.PlanSettings(snapshot, off, true); err != nil || p.Empty() {
		t.Errorf("insisted on: %v", err)
	}
	shorter := snapshot.Settings
	shorter.MaxDays = 30
	if p, err := s.PlanSettings(snapshot, shorter, false); err != nil || p.Empty() {
		t.Errorf("a shorter life: %v", err)
	}
	wroteNothing(t, d)
}

func TestTokensThatStopAreCountedAgainBeforeTheyDo(t *testing.T) {
	c := newCrowd(t, 7)
	snapshot := read(t, c.session, authorization.Tokens)
	off := snapshot.Settings
	off.Enabled = false
	p, err := c.session.PlanSettings(snapshot, off, false)
	if err != nil {
		t.Fatal(err)
	}
	c.world.PresetToken(model.Token{Owner: c.admin().Name, CreatedBy: c.admin().Name, Created: time.Now()}, model.NewTokenValue())
	if _, err := c.session.Apply(t.Context(), confirm(t, p), c.journal); !isChanged(err) {
		t.Errorf("%v", err)
	}
	if !read(t, c.session, authorization.Tokens).Settings.Enabled {
		t.Error("tokens were switched off all the same")
	}
}

func TestATokenThatEndedIsSaidToHave(t *testing.T) {
	o := authorization.Owned{Token: authorization.Token{Created: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Expires: time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)}}
	for want, flags := range map[string][]authorization.Flag{", ends 2026-03-04": nil, ", ended 2026-03-04": {authorization.Ended}} {
		if o.Flags = flags; !strings.HasSuffix(TokenText(o), want) {
			t.Error(TokenText(o))
		}
	}
}
