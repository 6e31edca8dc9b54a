package access_test

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
)

func TestAServicePrincipalIsFoundByTheNameThatPagesCallIt(t *testing.T) {
	t.Parallel()
	b := access.New(access.Table())
	in := b.Workspace("1")
	for id, display := range map[string]string{"id-1": "loader", "id-2": "twin", "id-3": "Twin", "ann": "", "id-4": "ann"} {
		kind := access.ServicePrincipal
		if display == "" {
			kind = access.User
		}
		b.Principal(access.Member{Kind: kind, Place: access.Account, Name: id, Display: display})
	}
	f, err := b.Build()
	if err != nil {
		t.Fatal(err)
	}
	for text, name := range map[string]string{"id-1": "id-1", "LOADER": "id-1", "ann": "ann"} { // a name that grants have goes before
		if p, err := f.Find(in, text); err != nil || f.Name(p) != name {
			t.Errorf("%s is %s, %v", text, f.Name(p), err)
		}
	}
	_, err = f.Find(in, "twin")
	if said := connector.Sentence(err); !strings.Contains(said, "2 service principals") || !strings.Contains(said, "id-2") || !strings.Contains(said, "id-3") {
		t.Error(said)
	}
}
