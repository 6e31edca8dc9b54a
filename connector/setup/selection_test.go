package setup

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestWhatIsToBeReadIsParsedOnce(t *testing.T) {
	t.Parallel()
	s, err := ParseSelection("Inventory", "assets", []string{"components", "inventory.assets.devices"})
	if err != nil || s.Schema.Full() != "inventory.assets" || len(s.Tables) != 2 || s.Tables[1].Full() != "inventory.assets.devices" || s.Scope != connector.ScopeSchema {
		t.Errorf("%+v, %v", s, err)
	}
	for _, wrong := range [][3]string{{"a b", "c", "d"}, {"a", "", "d"}, {"a", "b", "x.y.z"}, {"a", "b", ""}} {
		_, err := ParseSelection(wrong[0], wrong[1], []string{wrong[2]})
		errorOf(t, err, connector.ErrInput)
	}
}

func TestAGrantIsLookedForOftenAtFirst(t *testing.T) {
	t.Parallel()
	for looks, want := range map[int]time.Duration{1: 5 * time.Second, 12: 5 * time.Second, 13: 15 * time.Second, 100: 15 * time.Second} {
		if got := RecheckPause(looks); got != want {
			t.Errorf("after %d looks it waits %s", looks, got)
		}
	}
}
