package rest

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/registry"
)

// TestWhatIsBelowASpaceIsToldToWhoMayEditItAndAsks asks for what the list never has.
func TestWhatIsBelowASpaceIsToldToWhoMayEditItAndAsks(t *testing.T) {
	w, _ := smallWorld(t)
	err := w.AddThing(model.Thing{
		Kind: "genie", ID: "s", Details: map[string]any{"title": "Orders", "serialized_space": `{"data_sources":{}}`},
		Access: map[string]model.Level{"reader": registry.CanRun, "clicker": registry.CanEdit},
	})
	if err != nil {
		t.Fatal(err)
	}
	h := New(w, Options{})
	for _, asks := range []struct {
		who, path string
		code      int
		told      bool
	}{
		{"clicker", "/api/2.0/genie/spaces", 200, false},
		{"clicker", "/api/2.0/genie/spaces/s", 200, false},
		{"clicker", "/api/2.0/genie/spaces/s?include_serialized_space=true", 200, true},
		{"reader", "/api/2.0/genie/spaces/s", 200, false},
		{"reader", "/api/2.0/genie/spaces/s?include_serialized_space=true", 403, false},
	} {
		rec := ask(h, "GET", asks.path, accessToken(t, h, asks.who), nil)
		if rec.Code != asks.code || strings.Contains(rec.Body.String(), "serialized_space") != asks.told || asks.code == 200 && !strings.Contains(rec.Body.String(), "Orders") {
			t.Errorf("%s, %s: %d %s", asks.who, asks.path, rec.Code, rec.Body)
		}
	}
}
