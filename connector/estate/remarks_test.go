package estate

import (
	"fmt"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

func TestWhatManagesAPrincipalIsToldByItsExternalID(t *testing.T) {
	for _, c := range []struct{ kind, body, want string }{
		{"users", `{"externalId":"8f1c"}`, "identity provider"}, {"users", `{"userName":"a"}`, "Databricks"}, {"workspace-groups", `{"externalId":"8f1c"}`, "identity provider"},
		{"service-principals", `{}`, "Databricks"}, {"tables", `{"externalId":"8f1c"}`, ""},
	} {
		if got := ManagedBy(store.Row{Kind: c.kind, Body: c.body}); got != c.want {
			t.Errorf("%s %s is managed by %q, not %q", c.kind, c.body, got, c.want)
		}
	}
}

func TestATokenThatNobodyUsesIsRevokedAfter90Days(t *testing.T) {
	now := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	ago := func(days int) int64 { return now.AddDate(0, 0, -days).UnixMilli() }
	for _, c := range []struct {
		made, used int64
		want       string
	}{
		{ago(300), ago(10), "in 80 days unless used"}, {ago(300), ago(89), "in 1 day unless used"}, {ago(300), ago(90), "due, unused for 90 days"}, {ago(30), 0, "in 60 days unless used"}, {0, 0, ""},
	} {
		if got := Idle(store.Row{Kind: "tokens", Body: fmt.Sprintf(`{"creation_time":%d,"last_used_day":%d}`, c.made, c.used)}, now); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
	if got := SayField("last_used_day", fmt.Sprint(ago(10))); got != "2026-11-10" {
		t.Errorf("it was used on %q", got)
	}
}
