package plain

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// TestLineByLineARefusedReadOffersWhatTheScreenOffers: details, the grants, and going back to the tables rather than to step 3.
func TestLineByLineARefusedReadOffersWhatTheScreenOffers(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Scenario: "view-owner-lost"})
	heard, err := w.dictate("", "inventory,", "1", "assets,", "1", "", "open_tickets,", "", "no", "d", "g", "b", "q")
	whole := heard
	if !errors.Is(err, prompt.ErrLeft) {
		t.Errorf("it ended with %v", err)
	}
	for _, part := range []string{"r to read again, g for the grants, d for details", "Seen: ", "✓ SELECT on inventory.assets", "Keep open_tickets"} {
		_, rest, found := strings.Cut(heard, part)
		if heard = rest; !found {
			t.Fatalf("%q is not said, or not in its turn, in\n%s", part, whole)
		}
	}
}

// TestLineByLineARefusedReadOfTheLegacyMetastoreLeadsToItsGrants, which only a read proves: the statements, an admin and a hand-off.
func TestLineByLineARefusedReadOfTheLegacyMetastoreLeadsToItsGrants(t *testing.T) {
	t.Parallel()
	w := prepared(t, screentest.Person{Scenario: "hive-usage"})
	target, err := w.Workspace.Target()
	if err != nil {
		t.Fatal(err)
	}
	heard, err := w.dictate("", "hive_metastore", target.Table.Schema.Raw(), "", target.Table.Table.Raw(), "no", "q")
	_, refused, _ := strings.Cut(heard, "✗ S16 Rows")
	if !errors.Is(err, prompt.ErrLeft) || !strings.Contains(refused, "\nGRANT ") {
		t.Errorf("%v after\n%s", err, heard)
	}
	if !strings.Contains(refused, "n to go on, r to look again, s to save it as a file, a to act as admin, h to hand it off") {
		t.Errorf("the ways are not offered:\n%s", refused)
	}
}
