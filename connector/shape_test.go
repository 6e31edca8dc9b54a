package connector_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestTheShapeOfASecretTellsWhatItLooksLikeAndNoMore(t *testing.T) {
	tests := []struct {
		secret string
		want   connector.Shape
	}{
		{"", 0},
		{"dose0123456789abcdef0123456789abcdef", connector.ShapeOAuth},
		{"dapi0123456789abcdef0123456789abcdef-2", connector.ShapeToken},
		{"abC8Q~0123456789.abcdefghijklmnopqrstuvw", connector.ShapeEntra},
		{"abC8Q00123456789aabcdefghijklmnopqrstuvw", 0},
		{"6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22", connector.ShapeUUID},
		{"eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.c2lnbmF0dXJl", connector.ShapeJWT},
		{"5103948571029384", connector.ShapeShort},
		{`"dose0123456789abcdef0123456789abcdef"`, connector.ShapeQuoted},
		{"client_secret=dose0123456789abcdef0123456789abcdef", connector.ShapeAssigned},
		{`"secret": "dose0123456789abcdef0123456789abcdef"`, connector.ShapeAssigned | connector.ShapeBlanks | connector.ShapeQuoted},
		{" dose0123456789abcdef0123456789abcdef\n", connector.ShapeOAuth | connector.ShapePadded},
		{"dose0123456789abcdef 0123456789abcdef", connector.ShapeOAuth | connector.ShapeBlanks},
		{"dose01234", connector.ShapeOAuth | connector.ShapeShort},
		{"••••••••", connector.ShapeMasked | connector.ShapeShort},
	}
	for _, tt := range tests {
		if got := connector.NewSecret([]byte(tt.secret)).Shape(); got != tt.want {
			t.Errorf("%q has shape %b instead of %b", tt.secret, got, tt.want)
		}
	}
	if !connector.Shape(0).Has(0) || connector.ShapeOAuth.Has(connector.ShapeOAuth|connector.ShapeShort) {
		t.Error("Has wants every mark")
	}
}
