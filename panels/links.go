package panels

import (
	"github.com/draftt-io/draftt-databricks/connector/place"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui/link"
)

// Links are those of the pages of what is at hand. There are none in a demo: its workspace has no pages, and whoever follows a link would
// leave the machine for a host that may be somebody's.
func Links(env setup.Environment, at func() place.At) func() []link.Link {
	if env.Demo != nil {
		return nil
	}
	return func() []link.Link { return LinksOf(at()) }
}

// LinksOf are the links of the pages of what is at hand.
func LinksOf(at place.At) []link.Link {
	pages := place.Pages(at)
	links := make([]link.Link, len(pages))
	for i, page := range pages {
		links[i] = link.Link(page)
	}
	return links
}
