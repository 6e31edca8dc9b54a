package estate

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// TestBothWhoTookAnInventoryAreNamed has one principal read the workspace and another one the account.
func TestBothWhoTookAnInventoryAreNamed(t *testing.T) {
	c := found(t, small)
	reads := c.wards(t, model.Admins)
	options, _, _ := c.inside(t, reads, c.AccountAdmin(), false)
	options.Place.As = string(reads.ClientID) + bothRead + string(c.AccountAdmin().ClientID)
	folder := store.Folder{Dir: t.TempDir()}
	if _, _, err := Take(t.Context(), folder, options, Taking{}); err != nil {
		t.Fatal(err)
	}
	s, run, err := Look(folder, "", time.Now())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = run.Close() }()
	if len(s.Readers) != 2 || s.Readers[0].Of != AtWorkspace || s.Readers[1].Of != AtAccount || s.Readers[1].Name != string(c.AccountAdmin().ClientID) {
		t.Fatalf("%+v", s.Readers)
	}
	for _, r := range s.Readers {
		if r.Display == "" || !strings.Contains(s.SayWho(true), r.Display+" ("+r.Name+") of the "+string(r.Of)) || !strings.Contains(s.Of(), r.Display) {
			t.Errorf("%q and %q do not name %+v", s.SayWho(true), s.Of(), r)
		}
	}
}
