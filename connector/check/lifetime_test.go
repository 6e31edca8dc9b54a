package check

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

var today = time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC)

func in(days float64) time.Time { return today.Add(time.Duration(days * 24 * float64(time.Hour))) }

func TestTheEndOfASecretIsSaidInTime(t *testing.T) {
	tests := []struct {
		ends    time.Time
		state   State
		seen    string
		pattern string
	}{
		{in(400), Passed, "400 days left", ""},
		{in(31), Passed, "31 days left", ""},
		{in(30), Passed, "30 days left; renew it soon", ""},
		{in(7.1), Passed, "7 days left; renew it soon", ""},
		{in(7), Failed, "7 days left", "expiring"},
		{in(1.5), Failed, "1 day left", "expiring"},
		{in(0.1), Failed, "0 days left", "expiring"},
		{today, Failed, "ended 0 seconds ago", "expired"},
		{in(-3), Failed, "ended 3 days ago", "expired"},
	}
	for _, tt := range tests {
		r := endsAt(tt.ends, today, connector.OAuth)
		if r.State != tt.state || r.Evidence != tt.seen {
			t.Errorf("%s: %s, %q", tt.ends, r.State, r.Evidence)
		}
		if f := r.Finding; (f != nil) != (tt.pattern != "") || f != nil && (f.Pattern != tt.pattern || f.Exit != ExitExpiring || f.Cause != AuthenticationFailed || !strings.Contains(f.Remedy.Text, "OAuth secret")) {
			t.Errorf("%s: %+v", tt.ends, f)
		}
	}
}

func TestOfSeveralTokensOnlyWhatHoldsForAllIsSaid(t *testing.T) {
	never := time.Time{}
	tests := []struct {
		name  string
		ends  []time.Time
		state State
		seen  string
	}{
		{"none is listed", nil, Unknown, "lists no token"},
		{"one", []time.Time{in(90)}, Passed, "90 days left"},
		{"one that ends soon", []time.Time{in(3)}, Failed, "3 days left"},
		{"one that never ends", []time.Time{never}, Passed, "no token of this principal ends"},
		{"several that last", []time.Time{in(90), never, in(60)}, Passed, "60 days left, the first of 3 tokens"},
		{"several that end soon", []time.Time{in(5), in(2)}, Failed, "2 days left, the first of 2 tokens"},
		{"one of several ends soon", []time.Time{in(90), in(2)}, Unknown, "one of 2 tokens ends in 2 days"},
		{"one of several ended, and cannot be the one in use", []time.Time{in(90), in(-2)}, Passed, "90 days left"},
	}
	for _, tt := range tests {
		var tokens []workspace.Token
		for _, end := range tt.ends {
			tokens = append(tokens, workspace.Token{Expires: end})
		}
		if r := tokenEnds(tokens, today); r.State != tt.state || !strings.Contains(r.Evidence, tt.seen) {
			t.Errorf("%s: %s, %q", tt.name, r.State, r.Evidence)
		}
	}
}
