package admin_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/compute"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/screentest/embedded"
)

// hightouch is a partner with all that one leaves, in an embedded workspace.
func hightouch(t *testing.T) (*demo.Workspace, func() *admin.Session) {
	t.Helper()
	const name = "7f000000-0000-4000-8000-0000000000aa"
	d := embedded.Start(t, "first-time", demo.Options{Furnish: func(w *model.World) error {
		w.AddPrincipal(model.Principal{Kind: model.ServicePrincipal, ID: "9000000000000001", Name: name, DisplayName: "HIGHTOUCH_USER", Active: true})
		w.PresetToken(model.Token{Owner: name, CreatedBy: name, Comment: "HIGHTOUCH"}, model.NewTokenValue())
		w.PresetSecret(name, model.NewSecretValue(), time.Now())
		if err := w.AddThing(model.Thing{Kind: "clusters", ID: "0101-hightouch", Creator: name, Details: map[string]any{"cluster_name": "hightouch", "creator_user_name": name, "state": "TERMINATED"}}); err != nil {
			return err
		}
		return w.AddWarehouse(compute.Warehouse{ID: "00000000000000aa", Name: "HIGHTOUCH_ENDPOINT", Size: "Small", Type: compute.Pro, Creator: name, AutoStop: time.Minute, StartTakes: time.Minute})
	}})
	return d, func() *admin.Session {
		s, err := admin.Open(t.Context(), admin.Config{
			Host: embedded.HostOf(t, d), Network: d.Network(), Credentials: embedded.SignsIn(d.Admin()), Version: "1.2.3", Rate: embedded.Unhurried,
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		return s
	}
}

func planned(t *testing.T, s *admin.Session, level partner.Level) partner.Ending {
	t.Helper()
	traces, err := partner.Look(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	c, err := partner.Infer(traces).Of("hightouch", "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := partner.PlanDisconnect(t.Context(), s, partner.Disconnect{Connection: c, Level: level})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// TestDisconnectingAPartnerSurvivesAKillAnywhere dies at each point of each step, plans again and carries that out: nothing of the partner is
// left, and everything that was sent stands in the journal.
func TestDisconnectingAPartnerSurvivesAKillAnywhere(t *testing.T) {
	for level, steps := range map[partner.Level]int{partner.Tokens: 2, partner.Principal: 1, partner.Reset: 3} {
		for step := 1; step <= steps; step++ {
			for _, at := range admin.KillPoints {
				t.Run(fmt.Sprintf("%s, step %d, %s", level, step, at), func(t *testing.T) {
					t.Parallel()
					d, open := hightouch(t)
					folder := t.TempDir()
					j, err := admin.OpenJournal(folder)
					if err != nil {
						t.Fatal(err)
					}
					first := open()
					plan := planned(t, first, level).Plan
					if len(plan.Changes) != steps || plan.Name != "Hightouch" {
						t.Fatalf("%s has %d steps for %q", level, len(plan.Changes), plan.Name)
					}
					confirmed, err := plan.Confirmed("Hightouch")
					if err != nil {
						t.Fatal(err)
					}
					first.KillAt(step, at)
					if _, err := first.Apply(t.Context(), confirmed, j); !errors.Is(err, admin.ErrKilled) {
						t.Fatal(err)
					}
					next := open()
					if j, err = admin.OpenJournal(filepath.Dir(j.Path())); err != nil {
						t.Fatal(err)
					}
					if rest := planned(t, next, level).Plan; !rest.Empty() {
						confirmed, err := rest.Confirmed("Hightouch")
						if err != nil {
							t.Fatal(err)
						}
						if _, err := next.Apply(t.Context(), confirmed, j); err != nil {
							t.Fatal(err)
						}
					}
					if left := planned(t, next, level).Plan; !left.Empty() {
						t.Errorf("still to do: %+v", left.Changes)
					}
					admin.CheckPromises(t, d, j)
				})
			}
		}
	}
}

// TestGivingAPartnerItsSetSurvivesAKillAnywhere dies at each point of each step of a plan in hive_metastore, which has every kind of step but one.
func TestGivingAPartnerItsSetSurvivesAKillAnywhere(t *testing.T) {
	superannotate, err := partner.Find("SuperAnnotate")
	if err != nil {
		t.Fatal(err)
	}
	name, err := connector.ParseSchema("hive_metastore.default")
	if err != nil {
		t.Fatal(err)
	}
	const warehouse = "a3f19c0d7be24418"
	wish := partner.Wish{
		Partner: superannotate.Name, Set: superannotate.Set, Choice: partner.Choice{Catalog: name.Catalog, Schemas: []connector.SchemaName{name}, Warehouse: warehouse},
	}
	for step := 1; step <= 5; step++ {
		for _, at := range admin.KillPoints {
			t.Run(fmt.Sprintf("step %d, %s", step, at), func(t *testing.T) {
				t.Parallel()
				_, open := hightouch(t)
				j, err := admin.OpenJournal(t.TempDir())
				if err != nil {
					t.Fatal(err)
				}
				propose := func(s *admin.Session) admin.Plan {
					p, err := partner.Propose(t.Context(), s, wish)
					if err != nil {
						t.Fatal(err)
					}
					return p.Plan
				}
				carry := func(s *admin.Session, p admin.Plan) error {
					confirmed, err := p.Confirmed(p.Name)
					if err != nil {
						t.Fatal(err)
					}
					_, err = s.Apply(t.Context(), confirmed, j)
					return err
				}
				first := open()
				plan := propose(first)
				if len(plan.Changes) != 5 {
					t.Fatalf("%d steps", len(plan.Changes))
				}
				first.KillAt(step, at)
				if err := carry(first, plan); !errors.Is(err, admin.ErrKilled) {
					t.Fatal(err)
				}
				next := open()
				if rest := propose(next); !rest.Empty() {
					if err := carry(next, rest); err != nil {
						t.Fatal(err)
					}
				}
				seen, err := partner.Check(t.Context(), next, wish.Set, wish.Choice, superannotate.User(), "")
				if err != nil || !seen.Done() || len(seen.Own()) > 0 {
					t.Errorf("missing %v, beyond %v, %v", seen.Missing, seen.Own(), err)
				}
				same, err := next.Named(t.Context(), superannotate.User())
				if err != nil || len(same) != 1 {
					t.Errorf("%d principals, %v", len(same), err)
				}
			})
		}
	}
}

func TestNothingIsSentBeforeTheTypedName(t *testing.T) {
	d, open := hightouch(t)
	s := open()
	plan := planned(t, s, partner.Reset).Plan
	for _, typed := range []string{"", "hightouch", "HIGHTOUCH_USER", "yes"} {
		if _, err := plan.Confirmed(typed); !errors.Is(err, admin.ErrNotConfirmed) {
			t.Errorf("%q confirms: %v", typed, err)
		}
	}
	for _, x := range d.Requests() {
		if admin.IsWrite(x.Method, x.Path) {
			t.Errorf("%s %s was sent", x.Method, x.Path)
		}
	}
}
