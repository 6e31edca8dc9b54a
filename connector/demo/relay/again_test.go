package relay

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/flatfile"
)

func TestARuleThatIsWrittenIsReadAgain(t *testing.T) {
	rule := Rule{
		Path: "/a", Stage: Stages()[0], Method: "GET", Signed: true, RPC: "x", Holds: "y", After: 1, Times: 2, Status: 203, Header: map[string]string{"A": "1", "B": ""},
		Foreign: true, Rewrite: []Edit{{At: "a[0].b", Set: json.RawMessage(`{"c":[1,null,true,"7"]}`)}, {At: "*", Delete: true}}, Replace: map[string]string{" a ": "b\n"},
		SQL: NoTypes, SQLError: " [X] y ", SQLState: "42000", Encode: []Encoding{Gzip, ByteOrderMark}, Repeat: 3, Cut: 4, Delay: time.Second, Trickle: time.Minute,
	}
	text, err := flatfile.YAML(file{about: "all at once", rules: []Rule{rule}}, fileKeys, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := Read(text)
	if err != nil || len(again) != 1 || !reflect.DeepEqual(again[0], rule) {
		t.Errorf("%+v, %v\n%s", again, err, text)
	}
}

func TestAStageIsToldByItsRequests(t *testing.T) {
	for stage, calls := range stages {
		for _, call := range calls {
			if call.Path == "" || call.Method == "" || call.Stage != "" {
				t.Errorf("%s has the request %+v", stage, call)
			}
		}
	}
}
