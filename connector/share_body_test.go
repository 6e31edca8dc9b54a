package connector

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestANameInTheBodyOfARequestHasItsAlias(t *testing.T) {
	for _, name := range []string{`R&D "east" <x>`, `back\slash team`, "zero\u200bwidth team", "line\nbreak team"} {
		r := NewRegistry()
		r.Note(KindGroup, name)
		body, err := json.Marshal(map[string]string{"group_name": name})
		if err != nil {
			t.Fatal(err)
		}
		if shown := r.Text(string(EscapeJSON(body))); shown != `{"group_name":"group-1"}` {
			t.Errorf("%q is shown as %s", name, shown)
		}
		if shown := r.Text("group " + FromRemote(name).String() + ": Can Use"); strings.Contains(shown, "team") || !strings.Contains(shown, "group-1") {
			t.Errorf("%q is shown as %s", name, shown)
		}
	}
}
