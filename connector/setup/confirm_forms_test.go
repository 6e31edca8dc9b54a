package setup

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// What is asked for is what is accepted: the host is the same whatever stands around it, a workspace ID in the first or the second typing.
func TestAForeignHostIsConfirmedInAnyFormThatItIsTakenIn(t *testing.T) {
	allow, err := connector.ParseAllowList([]string{"lab.contoso.example:8443"})
	if err != nil {
		t.Fatal(err)
	}
	forms := []string{"lab.contoso.example:8443", "https://lab.contoso.example:8443/", "https://lab.contoso.example:8443/?o=7405605741000000", "host = LAB.contoso.example:8443", "<https://lab.contoso.example:8443/sql?o=1>"}
	for _, first := range forms {
		for _, second := range forms {
			d := NewDraft(allow)
			if _, _, err := d.SetHost(first, FromYou); err != nil || !d.MustConfirm() {
				t.Fatalf("%q: %v", first, err)
			}
			if _, err := d.ConfirmHost(second); err != nil || d.MustConfirm() {
				t.Errorf("%q is not confirmed by %q: %v", first, second, err)
			}
			if _, err := d.ConfirmHost("lab.contoso.example"); err == nil {
				t.Errorf("%q is confirmed by another port", first)
			}
		}
	}
}
