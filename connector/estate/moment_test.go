package estate_test

import (
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/estate"
)

func TestTimesOfFieldsAreSaidAsDates(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"creation_time", "1695802260000", "2023-09-27 08:11:00 UTC"},
		{"created_at", "1695802260000", "2023-09-27 08:11:00 UTC"},
		{"expiry_time", "-1", "no end"},
		{"create_time", "2023-09-27T08:11:00Z", "2023-09-27T08:11:00Z"},
		{"creation_time", "-1", "-1"},
		{"owner_id", "1695802260000", "1695802260000"},
		{"expiry_time", "30", "30"},
	} {
		if got := estate.SayField(c.name, c.value); got != c.want {
			t.Errorf("%s %s is said as %q, want %q", c.name, c.value, got, c.want)
		}
	}
}
