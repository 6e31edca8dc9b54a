package access_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// A role of the account is no way into a workspace: who has one without being a member is told so, with what the role gives there.
func TestTheTwoPlanesAreToldApart(t *testing.T) {
	w := estateOf(t, "user root; grant account_admin account root; grant billing.admin account root; grant account_admin account boss")
	for i, g := range w.grants {
		if g.to == "root" && g.right == "USER" {
			w.grants = append(w.grants[:i], w.grants[i+1:]...)
			break
		}
	}
	f, in := w.facts(t, nil)
	for name, want := range map[string]struct {
		member access.Verdict
		apart  int
	}{"root": {access.No, 2}, "boss": {access.Yes, 0}, "ann": {access.Yes, 0}} {
		who, err := f.Find(in, name)
		if err != nil {
			t.Fatal(err)
		}
		member, apart := f.Member(who, in), f.Apart(who, in)
		if member.Verdict != want.member || len(apart) != want.apart {
			t.Errorf("%s is a member: %s; %q", name, f.SayMember(member), apart)
		}
		if want.apart > 0 {
			wants(t, apart, "Account Admin, but not a member of workspace 1. What the role gives in a workspace: not by itself: has to be added to each workspace.")
			wants(t, apart, "Billing Admin, but not a member of workspace 1. What the role gives in a workspace: none.")
		}
		account, workspace := 0, 0
		for h := range f.What(who, in) {
			switch {
			case !h.Certain():
			case f.PlaneOf(h.On) == access.AccountPlane:
				account++
			default:
				workspace++
			}
		}
		if (account > 0) != (name != "ann") || (workspace > 0) != (want.member == access.Yes || name == "root") {
			t.Errorf("%s has %d in the account and %d in the workspace", name, account, workspace)
		}
	}
}
