package journeys

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

const hightouchID = "7f000000-0000-4000-8000-0000000000aa"

// hightouch furnishes a workspace with all that a partner leaves.
func hightouch(w *model.World) error {
	w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "9000000000000001", Name: hightouchID, DisplayName: "HIGHTOUCH_USER", Active: true})
	w.PresetToken(model.Token{Owner: hightouchID, CreatedBy: hightouchID, Comment: "HIGHTOUCH"}, model.NewTokenValue())
	w.PresetSecret(hightouchID, model.NewSecretValue(), time.Now())
	err := w.AddThing(model.Thing{Kind: "clusters", ID: "0101-hightouch", Creator: hightouchID, Details: map[string]any{"cluster_name": "hightouch", "creator_user_name": hightouchID, "state": "TERMINATED"}})
	if err != nil {
		return err
	}
	return w.AddWarehouse(compute.Warehouse{ID: "00000000000000aa", Name: "HIGHTOUCH_ENDPOINT", Size: "Small", Type: compute.Pro, Creator: hightouchID, AutoStop: time.Minute, StartTakes: time.Minute})
}

// TestAPartnerWhoseDisconnectionIsKilledAnywhereIsGoneAfterTheNextRun names the service principal, which the run before may have deleted.
func TestAPartnerWhoseDisconnectionIsKilledAnywhereIsGoneAfterTheNextRun(t *testing.T) {
	for level, lines := range map[partner.Level]int{partner.Tokens: 6, partner.Principal: 3, partner.Reset: 9} {
		everyMomentOf(t, string(level), lines, func(t *testing.T, dies func(*site) func() bool) {
			s := newSite(t, "ready", func(o *demo.Options) { o.Furnish = hightouch })
			command := []string{
				"partners", "disconnect", "hightouch", "--principal", hightouchID, "--level", string(level),
				"--host", s.Addr(), "--allow-host", s.Addr(), "--ca-file", s.caFile,
			}
			killed, _ := s.asAdmin(dies(s), append(command, "--yes", "Hightouch")...)
			t.Log("killed:", killed)
			_, o := s.asAdmin(never, append(command, "--yes", "Hightouch")...)
			o.expect(t, 0)
			_, o = s.asAdmin(never, append(command, "--yes", "Hightouch")...)
			o.expect(t, 0, "The connection of Hightouch")
			left, err := partner.Look(t.Context(), s.session())
			if err != nil {
				t.Fatal(err)
			}
			c, err := partner.Infer(left).Of("hightouch", "")
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Tokens)+len(c.Secrets) > 0 || (c.Principal != nil) != (level == partner.Tokens) || level == partner.Reset && len(c.Warehouses)+len(c.Clusters) > 0 {
				t.Errorf("%s leaves %+v", level, c)
			}
		})
	}
}
