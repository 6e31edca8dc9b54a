package panels

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui/link"
)

// Links are LinksOf what is at hand, for a shell.
func Links(env setup.Environment, at func() place.At) func() []link.Link {
	return func() []link.Link { return LinksOf(at(), env.Demo != nil) }
}

// LinksOf are the links of the pages of what is at hand. There are none in a demo: its workspace has no pages, and whoever follows a link
// would leave the machine for a host that may be somebody's. Nor are there any while the screen is shared, since they hold the host.
func LinksOf(at place.At, demo bool) []link.Link {
	if demo || connector.Sharing() {
		return nil
	}
	pages := place.Pages(at)
	links := make([]link.Link, len(pages))
	for i, page := range pages {
		links[i] = link.Link(page)
	}
	return links
}
