package estate

import (
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// TestWhoIsRefusedTheGrantsOfOthersIsToldTheirOwn has the connector take an inventory: grants of others are refused, and its own are not.
func TestWhoIsRefusedTheGrantsOfOthersIsToldTheirOwn(t *testing.T) {
	c := found(t, small)
	options, _, _ := c.inside(t, c.Connector(), demo.Credentials{}, false)
	run := begun(t, store.Folder{Dir: t.TempDir()})
	seen, err := Run(t.Context(), run, options)
	if err != nil {
		t.Fatal(err)
	}
	all := truth(t, c.world)
	for _, kind := range []string{"catalogs", "schemas"} {
		line, got := seen.Line(GrantsOf(kind)), idsIn(t, run, GrantsOf(kind))
		if line.State != Partial || line.Lacks != MetastoreAdmin || line.Owned == 0 || !strings.Contains(line.Why, "own") {
			t.Errorf("%s: %s, %d of one's own, takes %q, %q", line.State, kind, line.Owned, line.Lacks, line.Why)
		}
		if len(got) == 0 || len(got) >= len(all[GrantsOf(kind)]) {
			t.Errorf("%s: %d grants of %d", kind, len(got), len(all[GrantsOf(kind)]))
		}
	}
}

// TestWhoIsNoAdminIsToldTheirOwnTokens has somebody who may use tokens, and is no admin, take an inventory.
func TestWhoIsNoAdminIsToldTheirOwnTokens(t *testing.T) {
	c := found(t, small)
	plain := c.wards(t, model.WorkspaceUsers)
	me, _ := c.world.Principal(string(plain.ClientID))
	c.world.AddToken(me.Name, []byte("dapi-of-its-own"))
	options, _, _ := c.inside(t, plain, demo.Credentials{}, false)
	run := begun(t, store.Folder{Dir: t.TempDir()})
	seen, err := Run(t.Context(), run, options)
	if err != nil {
		t.Fatal(err)
	}
	if line := seen.Line("tokens"); line.State != Partial || line.Rows != 1 || line.Lacks != WorkspaceAdmin {
		t.Fatalf("%d tokens, %s, takes %q: %s", line.Rows, line.State, line.Lacks, line.Why)
	}
	for row, err := range run.Rows("tokens") {
		owner, wrong := OwnersIn(run).Of(row)
		if err != nil || wrong != nil || owner.Name == "" || !slices.Contains([]string{me.Name, me.DisplayName}, owner.Name) {
			t.Errorf("%s is owned by %q: %v, %v", row.Body, owner.Name, err, wrong)
		}
	}
}
