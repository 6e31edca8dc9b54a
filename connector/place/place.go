// Package place knows the pages of a workspace that sentences name, by the words they name them with.
package place

import (
	"net/url"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector"
)

// Page is a page of Databricks, and the words that sentences name it with.
type Page struct{ Words, URL string }

// At is what is at hand, as far as it is known: a workspace, and what was chosen there.
type At struct {
	Host      connector.Host
	Warehouse connector.WarehouseID
	Catalog   connector.Ident
}

// Of is what a saved connection chose.
func Of(c connector.Connection) At {
	return At{Host: c.Host, Warehouse: c.Warehouse.ID, Catalog: c.Schema.Catalog}
}

// book is the form of assets/places.yaml.
type book struct {
	Places []struct {
		Words []string `yaml:"words"`
		Paths []string `yaml:"paths"`
	} `yaml:"places"`
	Account struct {
		Words string            `yaml:"words"`
		Hosts map[string]string `yaml:"hosts"`
	} `yaml:"account"`
}

var read = sync.OnceValue(func() book { return assets.Must[book]("places.yaml") })

// Pages are the pages of what is at hand: none without a host, which only an allowed one can be.
func Pages(at At) (pages []Page) {
	if at.Host.IsZero() {
		return nil
	}
	for _, p := range read().Places {
		page := at.url(p.Paths)
		for _, words := range p.Words {
			pages = append(pages, Page{words, page})
		}
	}
	account := read().Account
	for domain, console := range account.Hosts {
		if strings.HasSuffix(at.Host.Name(), "."+domain) {
			pages = append(pages, Page{account.Words, "https://" + console + "/"})
		}
	}
	return pages
}

// url is the address of the first path for which everything is known. What a workspace gave stands in it percent-encoded.
func (at At) url(paths []string) string {
	chosen := map[string]string{"{warehouse}": string(at.Warehouse), "{catalog}": at.Catalog.Raw()}
	for _, path := range paths {
		known := true
		for mark, value := range chosen {
			if known = known && (value != "" || !strings.Contains(path, mark)); known {
				path = strings.ReplaceAll(path, mark, url.PathEscape(value))
			}
		}
		if known {
			return at.Host.URL() + path + at.organisation()
		}
	}
	return ""
}

// organisation names the workspace for a host that several share, as the address bar does.
func (at At) organisation() string {
	if id := at.Host.WorkspaceID(); id != "" {
		return "?o=" + url.QueryEscape(string(id))
	}
	return ""
}
