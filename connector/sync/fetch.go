package sync

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// AskStorage asks a person whether large results may come from a host beside the workspace.
func AskStorage(host string) string {
	return "Large results lie on " + connector.Shown(connector.KindHost, connector.CleanLine(host, 260)) + ". Fetch them from there?"
}

// AboutStorage explains that question.
const AboutStorage = "Azure Databricks puts large results on a storage, from which they come faster. On Azure its name ends in .blob.core.windows.net. " +
	"The links to them are good for some minutes; no credential of the workspace is sent there, and its certificate is verified. Without it every row comes from the workspace."

// Beside says where large results come from, empty where all comes from the workspace.
func (s *Sync) Beside() string {
	if len(s.options.Links.Hosts) == 0 {
		return ""
	}
	hosts := make([]string, len(s.options.Links.Hosts))
	for i, h := range s.options.Links.Hosts {
		hosts[i] = connector.Shown(connector.KindHost, connector.CleanLine(h, 260))
	}
	return fmt.Sprintf("Large results may come from %s, which is sent no credential.", strings.Join(hosts, ", "))
}
