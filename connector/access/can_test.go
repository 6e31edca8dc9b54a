package access_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/access"
)

// What depends on an object is answered for that, and without one never with a flat no.
func TestWhatDependsOnAnObjectIsAnsweredForIt(t *testing.T) {
	f, in := estateOf(t, "user chief; member admins chief; owner c.s ann; grant CAN_MANAGE warehouse ann").facts(t, nil)
	ann, _ := f.Find(in, "ann")
	chief, _ := f.Find(in, "chief")
	for _, c := range []struct {
		action, on string
		verdict    string
		says       string
	}{
		{"grant", "", "depends", "that holds for 2 objects, such as schema c.s, table or view c.s.t."},
		{"grant", "c.s.t", "yes", ""},
		{"grant", "c", "no", "the role Metastore Admin, or MANAGE on catalog c."},
		{"object-permissions", "", "depends", "such as SQL warehouse warehouse."},
		{"object-permissions", "warehouse:warehouse", "yes", ""},
		{"workspace-users", "", "no", "the role Account Admin or Workspace Admin."},
	} {
		a, err := f.Can(ann, c.action, in)
		if c.on != "" {
			on, seeks := f.Seek(c.on, in)
			if seeks != nil {
				t.Fatal(seeks)
			}
			a, err = f.CanOn(ann, c.action, on, in)
		}
		if err != nil {
			t.Fatal(err)
		}
		said := f.SayAbility(ann, a)
		if text := strings.Join(append(said.Besides, said.Missing), " "); said.Verdict != c.verdict || !strings.Contains(text, c.says) {
			t.Errorf("%s on %q: %s, %q", c.action, c.on, said.Verdict, text)
		}
		if c.verdict == "yes" && len(said.Because) == 0 {
			t.Errorf("%s on %q is a yes by nothing", c.action, c.on)
		}
	}
	if a, err := f.Can(chief, "object-permissions", in); err != nil || a.SayVerdict() != "yes" {
		t.Errorf("a workspace admin: %s, %v", a.SayVerdict(), err)
	}
	warehouse, _ := f.Seek("warehouse:warehouse", in)
	if _, err := f.CanOn(ann, "grant", warehouse, in); !errors.Is(err, access.ErrAsked) {
		t.Errorf("granting on a warehouse: %v", err)
	}
}
