package syncing

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
)

// ask has the storage be found by its first link, and a person asked whether to follow it.
const ask = "ask"

// AsksHost reports that a person wants to be asked for the host of large results.
func (f *Flags) AsksHost() bool { return slices.Contains(f.fetch, ask) }

// links reads --cloud-fetch.
func (f *Flags) links() (query.Links, error) {
	l := query.Links{Offer: len(f.fetch) > 0}
	for _, text := range f.fetch {
		if text = strings.TrimSpace(text); strings.EqualFold(text, ask) {
			continue
		}
		host, err := connector.StorageHost(text)
		if err != nil {
			return l, err
		}
		l.Hosts = append(l.Hosts, host)
	}
	return l, nil
}
