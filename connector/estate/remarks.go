package estate

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

// identityKinds are the kinds of rows of users, groups and service principals.
var identityKinds = []string{"users", "groups", "service-principals", "workspace-users", "workspace-groups", "workspace-service-principals"}

// ManagedBy is what manages a user, group or service principal: whatever an identity provider pushed has an external ID, and is changed there. It is
// empty for rows of other kinds.
func ManagedBy(row store.Row) string {
	var body struct {
		External string `json:"externalId"`
	}
	switch {
	case !slices.Contains(identityKinds, row.Kind) || json.Unmarshal([]byte(row.Body), &body) != nil:
		return ""
	case body.External != "":
		return "identity provider"
	}
	return "Databricks"
}

// NoPasswords is to know of users whom an identity provider manages.
const NoPasswords = "Users whom an identity provider manages are changed there, and set no password in Databricks."

// idle is after how long a personal access token that nobody uses is revoked by Databricks.
const idle = 90 * 24 * time.Hour

// Idle says how long it is until a personal access token is revoked because nobody uses it; empty for rows of other kinds, and where it is not known.
func Idle(row store.Row, now time.Time) string {
	var t struct {
		Made int64 `json:"creation_time"`
		Used int64 `json:"last_used_day"`
	}
	if row.Kind != "tokens" || json.Unmarshal([]byte(row.Body), &t) != nil || max(t.Made, t.Used) == 0 {
		return ""
	}
	left := time.UnixMilli(max(t.Made, t.Used)).Add(idle).Sub(now)
	if left <= 0 {
		return "due, unused for 90 days"
	}
	return "in " + words.Count(int((left+24*time.Hour-1)/(24*time.Hour)), "day") + " unless used"
}
