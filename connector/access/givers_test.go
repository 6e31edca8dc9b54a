package access_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

func hasNone(t *testing.T, lines []string, not string) {
	t.Helper()
	if text := strings.Join(lines, "\n"); strings.Contains(text, not) {
		t.Errorf("%q is in:\n%s", not, text)
	}
}

// What is held on the workspace, its admins give as well as account admins; on the metastore, account admins do besides its owner.
func TestWhoCanGiveWhatIsHeldOnAPlace(t *testing.T) {
	const facts = "user chief; user root; member admins chief; grant account_admin account root"
	for _, right := range []string{"allow-cluster-create", "databricks-sql-access", "workspace-consume", "ADMIN"} {
		w := answered(t, facts, "ann", right, "workspace")
		if w.Verdict != "no" {
			t.Errorf("%s: %s", right, w.Verdict)
		}
		wants(t, w.GivenBy, "workspace group admins, Admin on the workspace")
		wants(t, w.GivenBy, "root, Account Admin on the account")
	}
	w := answered(t, facts, "ann", "CREATE_CATALOG", "metastore")
	wants(t, w.GivenBy, "boss, owner of the metastore")
	wants(t, w.GivenBy, "root, Account Admin on the account")
	hasNone(t, answered(t, facts, "ann", "USE_CATALOG", "c").GivenBy, "Account Admin")
}

// Where nobody was asked who the account's admins are, they are named as what they are.
func TestAccountAdminsThatWereNotCollectedAreNamedAsSuch(t *testing.T) {
	w := estateOf(t, "group g")
	w.hidden["account"] = access.SeenEntries
	f, in := w.facts(t, nil)
	ann, _ := f.Find(in, "ann")
	on, err := f.Seek("workspace:1", in)
	if err != nil {
		t.Fatal(err)
	}
	r, _ := f.Rules().ParseRight(access.WorkspaceKind, "workspace-consume")
	a, err := f.Why(access.Question{Who: ann, Right: r, On: on, In: in})
	if err != nil {
		t.Fatal(err)
	}
	wants(t, f.Say(a).GivenBy, "workspace group admins, Admin on the workspace")
	wants(t, f.Say(a).GivenBy, "whoever has Account Admin on the account, which was not collected")
}

// A group that owns an object is one that would give what its owner has, and what a group brings is counted with what it owns and is in.
func TestGroupsThatOwnAreOfferedAndWeighed(t *testing.T) {
	const opens = "; grant USE_CATALOG c ann; grant USE_SCHEMA c.s ann"
	w := answered(t, "group owners; group readers; grant SELECT c.s.t readers; grant SELECT c readers; owner c.s.t owners"+opens, "ann", "SELECT", "c.s.t")
	if len(w.Groups) != 2 {
		t.Fatalf("the groups are %q", w.Groups)
	}
	wants(t, w.Groups[:1], "In the group owners it would be there. It brings 1 right.")
	wants(t, w.Groups[1:], "In the group readers it would be there. It brings 2 rights.")

	w = answered(t, "group rulers; group inner; group hands; member rulers inner; owner metastore rulers; grant MANAGE c inner; grant MANAGE c hands; grant SELECT c.s hands; grant SELECT c hands; grant MODIFY c hands"+opens, "ann", "MANAGE", "c")
	if len(w.Groups) != 3 {
		t.Fatalf("the groups are %q", w.Groups)
	}
	wants(t, w.Groups[:1], "In the group hands it would be there. It brings 4 rights.")
	wants(t, w.Groups[1:2], "In the group rulers it would be there. It brings 1 right, and makes one Metastore Admin.")
	wants(t, w.Groups[2:], "In the group inner it would be there. It brings 2 rights, and makes one Metastore Admin.")
}

// A group is the owner of nothing that has an access control list, which is what is said of it, and not what it would take a person.
func TestAGroupIsToldThatItNeverOwnsAWarehouse(t *testing.T) {
	w := answered(t, "group g; user bob", "g", "IS_OWNER", "warehouse")
	if w.Verdict != "no" || w.Missing != "being a user or a service principal: a group never is the owner of a SQL warehouse." || len(w.GivenBy) > 0 || len(w.Groups) > 0 {
		t.Errorf("%+v", w)
	}
	if w = answered(t, "group g; user bob", "bob", "IS_OWNER", "warehouse"); w.Missing != "IS OWNER on SQL warehouse warehouse." {
		t.Errorf("of a person, missing is %q", w.Missing)
	}
}
