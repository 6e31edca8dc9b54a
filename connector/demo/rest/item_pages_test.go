package rest

import (
	"math"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/unity"
)

func TestPagesOfObjectsAreAsLargeAsDocumented(t *testing.T) {
	for _, c := range []struct {
		kind           unity.Kind
		catalog, asked string
		size           int
	}{
		{unity.VolumeKind, "inventory", "", 10_000},
		{unity.VolumeKind, "inventory", "?max_results=0", 10_000},
		{unity.VolumeKind, "inventory", "?max_results=12", 12},
		{unity.ModelKind, "inventory", "?max_results=20000", 10_000},
		{unity.ModelKind, "", "", 100},
		{unity.ModelKind, "", "?max_results=0", 100},
		{unity.ModelKind, "", "?max_results=20000", 1_000},
		{unity.FunctionKind, "inventory", "", math.MaxInt},
		{unity.FunctionKind, "inventory", "?max_results=0", smallPage},
		{unity.FunctionKind, "inventory", "?max_results=20000", smallPage},
	} {
		row, _ := c.kind.Row()
		got, err := itemCursor(httptest.NewRequest(http.MethodGet, "/"+c.asked, nil), row, c.catalog, c.catalog)
		if err != nil || got.size != c.size {
			t.Errorf("%s of %q%s: pages of %d, %v", c.kind, c.catalog, c.asked, got.size, err)
		}
	}
}
