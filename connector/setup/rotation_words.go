package setup

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// ambiguousOld says that the old secret is one of several; err lists them.
func ambiguousOld(err error) string {
	return fmt.Sprintf("The old secret still works in Databricks. %s", connector.Sentence(err))
}

// maybeUsedOld says which connections keep the old secret from being deleted.
func maybeUsedOld(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	return fmt.Sprintf("The old secret was kept: %s may sign in with it.", strings.Join(quoted, ", "))
}
