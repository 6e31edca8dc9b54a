package setup

import (
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestASecretWarnsLouderTheNearerItsEnd(t *testing.T) {
	t.Parallel()
	const day = 24 * time.Hour
	for _, c := range []struct {
		left  time.Duration
		text  string
		warns bool
	}{
		{400 * day, "ends on 25 December 2026, in 400 days", false},
		{31 * day, "ends on 21 December 2025, in 31 days", false},
		{30*day + time.Minute, "ends on 20 December 2025, in 30 days", false},
		{30 * day, "ends on 20 December 2025, in 30 days. It can be rotated any time", true},
		{14*day + time.Minute, "ends on 4 December 2025, in 14 days. It can be rotated any time", true},
		{14 * day, "ends on 4 December 2025, in 14 days. Plan its rotation", true},
		{7 * day, "ends on 27 November 2025, in 7 days. Rotate it this week", true},
		{2 * day, "ends on 22 November 2025, in 2 days. Rotate it this week", true},
		{day, "ends on 21 November 2025, in 1 day. Rotate it now", true},
		{time.Minute, "ends on 20 November 2025, in 0 days. Rotate it now", true},
		{0, "ended on 20 November 2025. Rotate it now", true},
		{-40 * day, "ended on 11 October 2025. Rotate it now", true},
	} {
		text, warns := connector.Expiry(connector.Connection{SecretExpires: today.Add(c.left)}, today)
		if text != c.text || warns != c.warns {
			t.Errorf("%s left: %q, %t", c.left, text, warns)
		}
	}
	if text, warns := connector.Expiry(connector.Connection{}, today); text != "" || warns {
		t.Errorf("an end that nobody knows: %q, %t", text, warns)
	}
}
