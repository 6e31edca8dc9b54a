package access_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// Of a role that no API tells of nobody is said not to have it, however much was collected.
func TestARoleThatNoAPITellsOfIsUnknown(t *testing.T) {
	w := estateOf(t, "group g")
	f, in := w.facts(t, nil)
	account, err := f.Seek("account:account", in)
	if err != nil {
		t.Fatal(err)
	}
	ann, err := f.Find(in, "ann")
	if err != nil {
		t.Fatal(err)
	}
	for api, want := range map[string]access.Verdict{"workspace_creator": access.Unknown, "workspace_manager": access.Unknown, "account_admin": access.No, "billing.admin": access.No} {
		r, err := f.Rules().ParseRight(access.AccountKind, api)
		if err != nil {
			t.Fatal(err)
		}
		q := access.Question{Who: ann, Right: r, On: account, In: in}
		a, err := f.Why(q)
		if err != nil || a.Verdict != want {
			t.Errorf("%s: %s, %v", api, a.Verdict, err)
		}
		said, untold := f.Say(a).NotCollected, f.SayDoubts(f.Untold(account, in, []access.Right{r}))
		if (len(said) == 1) != (want == access.Unknown) || len(untold) != len(said) {
			t.Errorf("%s: not collected is %q, of everybody %q", api, said, untold)
		}
		if want == access.Unknown {
			wants(t, said, "which no API tells")
		}
		_, unknown, err := f.Who(r, account, in)
		if err != nil || (len(unknown) > 0) != (want == access.Unknown) {
			t.Errorf("%s: who says unknown of %v, %v", api, unknown, err)
		}
	}
	for _, role := range []string{"workspace-creator", "workspace-manager"} {
		if got := f.Role(ann, role, in); got.Verdict != access.Unknown || len(got.Doubts) == 0 {
			t.Errorf("%s: %s, %v", role, got.Verdict, got.Doubts)
		}
	}
}
