package admin

import (
	"errors"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

func TestALineThatIsNotUnderstoodIsNeverWrittenAway(t *testing.T) {
	for name, line := range map[string]string{
		"a level of its own": `{"group_name":"analysts","all_permissions":[{"permission_level":"CAN_ROTATE"}]}`,
		"nobody by a name":   `{"machine_name":"turbine","all_permissions":[{"permission_level":"CAN_USE"}]}`,
	} {
		d := startWith(t, rest.Fault{Method: "GET", Path: authorization.Tokens.Path(), Status: 200, Body: `{"access_control_list":[
			{"group_name":"users","all_permissions":[{"permission_level":"CAN_USE"}]}, ` + line + `,
			{"group_name":"admins","all_permissions":[{"permission_level":"CAN_MANAGE"}]}]}`})
		s := open(t, d)
		snapshot := read(t, s, authorization.Tokens)
		if len(snapshot.ACL) != 2 || len(snapshot.Strange) != 1 {
			t.Errorf("%s: %v, strange %q", name, snapshot.ACL.Texts(), snapshot.Strange)
		}
		if _, err := s.PlanPermissions(snapshot, authorization.Want{Remove: []string{"users"}}); !errors.Is(err, authorization.ErrStrange) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := snapshot.Write(authorization.AsJSON); !errors.Is(err, authorization.ErrStrange) {
			t.Errorf("%s: written as %v", name, err)
		}
		p, err := s.PlanPermissions(snapshot, authorization.Want{Grant: []string{samuel}})
		if err != nil {
			t.Fatal(err)
		}
		sameKinds(t, p, AddPermissions)
	}
}
