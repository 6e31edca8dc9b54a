package authorization

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

func refusal(cause error, what, remedy string) error {
	return &connector.Error{Kind: ErrRefused, What: what, Remedy: remedy, Cause: cause}
}

// list is a list in a sentence: a, b and c.
func list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " and " + items[len(items)-1]
}
