package stored_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// Each kind that an error names can be asked about, and what is found by its kind is found as answers have it as well.
func TestEachKindThatIsNamedIsFound(t *testing.T) {
	c := founded(t)
	f, in, err := stored.Read(c.taken(t, c.Admin(), c.AccountAdmin()), access.Table())
	if err != nil {
		t.Fatal(err)
	}
	_, objects := f.Count()
	first, twice := map[access.Kind]access.Object{}, map[string]bool{}
	titled := map[string]bool{}
	for o := access.Object(1); int(o) <= objects; o++ {
		name := string(f.Kind(o)) + ":" + f.Title(o)
		twice[name], titled[name] = titled[name], true
	}
	for o := access.Object(1); int(o) <= objects; o++ {
		if first[f.Kind(o)] == access.Nothing && !twice[string(f.Kind(o))+":"+f.Title(o)] {
			first[f.Kind(o)] = o
		}
	}
	for _, k := range f.Rules().Kinds() {
		on := first[k]
		if on == access.Nothing {
			t.Errorf("there is no %s", k)
			continue
		}
		for _, text := range []string{strings.ToLower(string(k)) + ":" + f.Title(on), f.CalledObject(on)} {
			if got, err := f.Seek(text, in); got != on {
				t.Errorf("%q: %v, %v", text, got, err)
			}
		}
		for _, r := range f.Rules().Asked(k) {
			if _, unknown, err := f.Who(r, on, in); err != nil || len(unknown) > 0 && len(f.Untold(on, in, []access.Right{r})) == 0 {
				t.Errorf("%s on %s: %v, unknown of %d", f.Rules().API(r), f.CalledObject(on), err, len(unknown))
			}
		}
	}
	for _, word := range []string{"account", "workspace", "metastore", "tokens", "passwords"} {
		if on, err := f.Seek(word, in); err != nil || !strings.HasPrefix(strings.ToLower(string(f.Kind(on))), word) {
			t.Errorf("%s: %v", word, err)
		}
	}
}

// What is shared is told with whom, and a recipient is nobody of the account.
func TestAShareSaysWithWhomItIsShared(t *testing.T) {
	c := founded(t)
	f, in, err := stored.Read(c.taken(t, c.Admin(), demo.Credentials{}), access.Table())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Seek("group:analysts", in); err == nil || err.Error() != "Who manages the group analysts was not collected." {
		t.Errorf("of a group: %v", err)
	}
	on, err := f.Seek("share:device_health", in)
	if err != nil {
		t.Fatal(err)
	}
	if to := f.Recipients(on); len(to) != 1 || f.CalledObject(to[0]) != "recipient fabrikam_service" {
		t.Errorf("it is shared with %v", to)
	}
	var said *connector.Error
	if _, err := f.Seek("warehouse:starter", in); !errors.Is(err, access.ErrAsked) || !errors.As(err, &said) || !strings.Contains(said.Remedy, "warehouses:Starter Warehouse") {
		t.Errorf("of a beginning: %v, %+v", err, said)
	}
}
