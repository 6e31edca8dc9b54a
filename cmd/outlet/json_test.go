package outlet

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// TestJSONStaysJSONWhileTheScreenIsShared prints names, numbers that look like identifiers and texts with quotation marks.
func TestJSONStaysJSONWhileTheScreenIsShared(t *testing.T) {
	connector.Share(true)
	t.Cleanup(func() { connector.Share(false) })
	connector.Known().Note(connector.KindTable, "components")
	for text, want := range map[string]string{
		`{"rows_per_second":1326.1234567890123,"seconds_left":-1.5e-7,"rows":1000}`: `{"rows_per_second":1326.1234567890123,"seconds_left":-1.5e-7,"rows":1000}`,
		`{"table":"a.components","done":true,"none":null}`:                          `{"table":"a.`,
		`{"workspace_id":1234567890123456}`:                                         `{"workspace_id":"`,
		`{"said":"\"components\" and \\components\\ at 1234567890123456"}`:          `{"said":"`,
		"[\n  {\"mail\": \"jane@example.com\"}\n]\n":                                "[\n  {\"mail\": \"",
	} {
		below := &paper{}
		if n, err := io.WriteString(Veiled{below}, text); err != nil || n != len(text) {
			t.Errorf("%d, %v", n, err)
		}
		shown := below.String()
		if !json.Valid([]byte(shown)) || !strings.HasPrefix(shown, want) {
			t.Errorf("%s is printed as %s", text, shown)
		}
		for _, hidden := range []string{"components", "1234567890123456", "jane"} {
			if strings.Contains(shown, hidden) && !strings.Contains(want, hidden) {
				t.Errorf("%s shows %s", shown, hidden)
			}
		}
	}
}

// FuzzJSONStaysJSON has aliases take the place of what they may, in any JSON.
func FuzzJSONStaysJSON(f *testing.F) {
	connector.Share(true)
	f.Cleanup(func() { connector.Share(false) })
	connector.Known().Note(connector.KindTable, "components")
	for _, seed := range []string{`{"a":["components",123456789012,-0.1e+9]}`, `["\u2028\\\"components\"", "dapi0123456789abcdef0123456789abcdef"]`, `{"client_secret":123456789012}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if shown, is := veiledJSON([]byte(text)); is && !json.Valid([]byte(shown)) {
			t.Errorf("%q is printed as %q", text, shown)
		}
	})
}
