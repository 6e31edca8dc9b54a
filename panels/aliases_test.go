package panels

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAKnownPartnerIsNoNameOfTheCompanys(t *testing.T) {
	Share(true)
	t.Cleanup(func() { Share(false) })
	connector.Known().Note(connector.KindComment, "Fivetran")
	connector.Known().Note(connector.KindSP, "fivetran_user")
	const says = "Partner Connect would call that of Fivetran FIVETRAN_USER."
	if got := connector.ShownText(says); got != says {
		t.Errorf("a shared screen says %q", got)
	}
	if got := connector.ShownText("fivetran_user"); got == "fivetran_user" {
		t.Error("the name of a service principal is shown")
	}
}
