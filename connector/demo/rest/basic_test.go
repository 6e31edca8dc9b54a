package rest

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestATokenMayComeAsThePasswordOfTheUserToken(t *testing.T) {
	world, _ := smallWorld(t)
	h := New(world, Options{})
	for _, test := range []struct {
		user, password string
		want           int
	}{
		{"token", "token of reader", http.StatusOK},
		{"token", "token of somebody else", http.StatusForbidden},
		{"reader", "token of reader", http.StatusUnauthorized},
		{"reader", "secret of reader", http.StatusUnauthorized},
	} {
		r := httptest.NewRequest(http.MethodGet, "https://adb-42.0.azuredatabricks.net/api/2.0/preview/scim/v2/Me", nil)
		r.SetBasicAuth(test.user, test.password)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		if rec.Code != test.want {
			t.Errorf("%s with %q: %d %s", test.user, test.password, rec.Code, rec.Body)
		}
	}
}
