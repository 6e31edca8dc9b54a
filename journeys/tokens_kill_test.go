package journeys

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// authorization is what an admin reads about tokens.
func (s *site) authorization(session *admin.Session) *authorization.Snapshot {
	s.t.Helper()
	snapshot, err := session.Authorization(s.t.Context(), authorization.Tokens)
	if err != nil {
		s.t.Fatal(err)
	}
	return snapshot
}

func TestAChangeOfTokenPermissionsThatIsKilledAnywhereIsFinishedByTheNextRun(t *testing.T) {
	everyMoment(t, 3, func(t *testing.T, dies func(*site) func() bool) {
		s := newSite(t, "ready")
		command := []string{"tokens", "remove", "users", "--expect", "1", "--host", s.Addr(), "--allow-host", s.Addr(), "--ca-file", s.caFile}
		killed, _ := s.asAdmin(dies(s), command...)
		t.Log("killed:", killed)
		_, o := s.asAdmin(never, command...)
		o.expect(t, 0)
		snapshot := s.authorization(s.session())
		for _, e := range snapshot.ACL {
			if e.Name == connector.FromRemote("users") {
				t.Errorf("%s is there still", e.Text())
			}
		}
		for _, o := range snapshot.Owned() {
			if o.Has(authorization.Partner) {
				t.Errorf("the token of %s is there still", o.Principal.Label())
			}
		}
		_, o = s.asAdmin(never, append(command, "--dry-run")...)
		o.expect(t, 0, "Nothing is to be changed.")
	})
}
