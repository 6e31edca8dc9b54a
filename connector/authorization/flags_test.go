package authorization_test

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// TestADayOfUseCountsToItsEnd looks at tokens of which a workspace tells the last day alone.
func TestADayOfUseCountsToItsEnd(t *testing.T) {
	at := time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)
	day := func(month time.Month, n int) time.Time { return time.Date(2026, month, n, 0, 0, 0, 0, time.UTC) }
	for what, c := range map[string]struct {
		created, used time.Time
		since         time.Time
		says          string
	}{
		"used today":                      {day(1, 1), day(11, 28), at, ""},
		"used yesterday":                  {day(1, 1), day(11, 27), day(11, 28), ""},
		"made after midnight and used":    {day(11, 27).Add(20 * time.Hour), day(11, 26), day(11, 27).Add(20 * time.Hour), ""},
		"never used":                      {at.Add(-time.Hour), time.Time{}, at.Add(-time.Hour), ""},
		"over in a day that has begun":    {day(1, 1), day(8, 30), day(8, 31), "ends in 1 day if not used"},
		"over in more than one day":       {day(1, 1), day(8, 31), day(9, 1), "ends in 2 days if not used"},
		"since the end of the last day":   {day(1, 1), day(8, 29), day(8, 30), "stale"},
		"never used, and made long since": {day(1, 1), time.Time{}, day(1, 1), "stale"},
	} {
		token := authorization.Token{ID: "1", Created: c.created, LastUsed: c.used, Owner: "id of ada@contoso.example", Expires: at.AddDate(1, 0, 0)}
		if got := token.IdleSince(at); !got.Equal(c.since) {
			t.Errorf("%s: idle since %s", what, got)
		}
		s := office()
		s.At, s.Tokens = at, []authorization.Token{token}
		flags := s.Columns(s.Owned()[0])[6]
		if c.says == "" && (strings.Contains(flags, "stale") || strings.Contains(flags, "if not used")) || !strings.Contains(flags, c.says) {
			t.Errorf("%s: %q", what, flags)
		}
	}
}

// TestOnlyAKnownPartnerIsFlaggedAsOne has the one rule that the list of partners goes by as well.
func TestOnlyAKnownPartnerIsFlaggedAsOne(t *testing.T) {
	for name, is := range map[string]bool{
		"FIVETRAN_USER": true, "DBT_CLOUD_USER": true, "DBT_USER": true, "POWERBI_USER": true, "RIVERY_USER": true,
		"BATCH_USER": false, "fivetran_user": false, "FIVETRAN USER": false, "FIVETRAN": false, "DRAFTT_USER": false, "_USER": false,
	} {
		if got := authorization.LooksLikePartner(machine("0a000000-0000-4000-8000-000000000001", name)); got != is {
			t.Errorf("%s: %v", name, got)
		}
	}
	if authorization.LooksLikePartner(group("FIVETRAN_USER")) {
		t.Error("a group is a partner")
	}
}
