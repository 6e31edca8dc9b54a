package steps

import (
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

// typedInto is something on the screens of a set-up that can be typed into, as screentest.Fields names it, and how one comes to it.
var typedInto = []struct {
	is    []string
	who   screentest.Person
	reach func(w *walk)
}{
	{[]string{"review.go: Name"}, screentest.Person{Scenario: "ready"}, (*walk).review},
	{[]string{"who_card.go: Page"}, screentest.Person{Scenario: "ready"}, func(w *walk) {
		w.signIn()
		searched(w, "f3")
	}},
	{[]string{"certifying.go: Page"}, screentest.Person{Scenario: "ready"}, func(w *walk) {
		w.review()
		searched(w, "ctrl+y")
	}},
	{[]string{"trusting.go: CA file"}, screentest.Person{Scenario: "certificate-unknown"}, toTrust},
	{[]string{"trusting.go: or fingerprint"}, screentest.Person{Scenario: "certificate-unknown"}, func(w *walk) {
		toTrust(w)
		w.Press("tab")
	}},
	{[]string{"trusting.go: Page"}, screentest.Person{Scenario: "certificate-unknown"}, func(w *walk) {
		toTrust(w)
		searched(w, "f3")
	}},
	{[]string{"proxying.go: Proxy"}, screentest.Person{Scenario: "proxy-needs-sign-in"}, toProxy},
	{[]string{"proxying.go: User name"}, screentest.Person{Scenario: "proxy-needs-sign-in"}, func(w *walk) {
		toProxy(w)
		w.Press("tab")
	}},
	{[]string{"listing.go: Picker"}, screentest.Person{Scenario: "ready"}, (*walk).reachAssets},
}

// searched opens a page in a window that it does not fit into, and its search.
func searched(w *walk, key string) {
	w.Resize(60, 18)
	w.Press(key, "/")
}

func toTrust(w *walk) {
	w.Press("enter")
	w.See("trust an authority")
	w.Press("enter")
}

func toProxy(w *walk) {
	w.Press("enter")
	w.See("change the proxy")
	w.Press("enter")
}

// otherwise are fields that other tests put a secret into, that hide whatever is typed, or that are of a kind with one above: a page is
// searched by the kit, and those of a few lines are searched only where their tables have many.
var otherwise = []string{
	"connect.go: Workspace host", "connect.go: Host again", "connect.go: Client ID", "connect.go: OAuth secret", "connect.go: ChoicePanel",
	"protection.go: Passphrase", "protection.go: Once more", "handoff.go: Folder", "handoff.go: Page", "finish.go: Page", "review_view.go: Page", "grants_details.go: Page", "writes.go: Page",
	"writes.go: anything else leaves it", "proxying.go: Password",
}

func TestASecretPutIntoAnyFieldOfASetUpIsDrawnNowhere(t *testing.T) {
	t.Parallel()
	listed := slices.Clone(otherwise)
	for _, f := range typedInto {
		listed = append(listed, f.is...)
	}
	for _, name := range screentest.Fields(t, ".") {
		if !slices.Contains(listed, name) {
			t.Errorf("%s can be typed into, and nobody has put a secret into it", name)
		}
	}
	for _, f := range typedInto {
		t.Run(f.is[0], func(t *testing.T) {
			t.Parallel()
			w := begin(t, f.who)
			f.reach(w)
			for _, stray := range screentest.Strays {
				w.Calm()
				if !w.Focused() {
					w.Resize(60, 18)
					w.Press("esc", "/") // enter has ended the typing
				}
				w.PutStray(stray)
			}
		})
	}
}
