package place

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector"
)

func at(t *testing.T, host, warehouse, catalog string, allowed ...string) At {
	t.Helper()
	allow, err := connector.ParseAllowList(allowed)
	if err != nil {
		t.Fatal(err)
	}
	parsed, _, err := connector.ParseHost(host, allow)
	if err != nil {
		t.Fatal(err)
	}
	where := At{Host: parsed, Warehouse: connector.WarehouseID(warehouse)}
	if catalog != "" {
		if where.Catalog, err = connector.ParseIdent(catalog); err != nil {
			t.Fatal(err)
		}
	}
	return where
}

func TestAPlaceLeadsToItsPageOfTheWorkspace(t *testing.T) {
	const host = "adb-1234567890123456.7.azuredatabricks.net"
	azure := "https://" + host
	for _, c := range []struct {
		at          At
		words, want string
	}{
		{at(t, host, "", ""), "Settings › Identity and access › Service principals", azure + "/settings/workspace/identity-and-access/service-principals?o=1234567890123456"},
		{at(t, host, "", ""), "SQL Warehouses › this warehouse › Permissions", azure + "/sql/warehouses?o=1234567890123456"},
		{at(t, host, "0123456789abcdef", ""), "SQL Warehouses › this warehouse › Permissions", azure + "/sql/warehouses/0123456789abcdef?o=1234567890123456"},
		{at(t, host, "0123456789abcdef", ""), "SQL Warehouses › this warehouse › Monitoring", azure + "/sql/warehouses/0123456789abcdef/monitoring?o=1234567890123456"},
		{at(t, host, "", "üben&mehr?"), "Catalog › this catalog › Workspaces", azure + "/explore/data/%C3%BCben&mehr%3F?o=1234567890123456"},
		{at(t, host, "", ""), "SQL editor", azure + "/sql/editor?o=1234567890123456"},
		{at(t, host, "", ""), "account console", "https://accounts.azuredatabricks.net/"},
		{at(t, "dbc-1.cloud.databricks.com", "", ""), "account console", "https://accounts.cloud.databricks.com/"},
		{at(t, "adb-1.2.databricks.azure.us", "", ""), "account console", ""},
		{at(t, "gateway.contoso.example:8443", "", "", "gateway.contoso.example:8443"), "SQL editor", "https://gateway.contoso.example:8443/sql/editor"},
		{At{}, "SQL editor", ""},
	} {
		got := ""
		for _, page := range Pages(c.at) {
			if page.Words == c.words {
				got = page.URL
			}
		}
		if got != c.want {
			t.Errorf("%s of %s leads to %q, want %q", c.words, c.at.Host, got, c.want)
		}
	}
}

// TestNoNameLeadsOffTheWorkspace has catalogs called what would change an address if it were put there as it is.
func TestNoNameLeadsOffTheWorkspace(t *testing.T) {
	for _, name := range []string{"../../x", "a?o=1", "a#b", "@thief.example", "//thief.example", "a\x1b\\b", "\u202e", strings.Repeat("ü", 200)} {
		where := at(t, "adb-1234567890123456.7.azuredatabricks.net", name, "")
		where.Catalog, _ = connector.ParseIdent(name)
		for _, page := range Pages(where) {
			u, err := url.Parse(page.URL)
			if err != nil || page.Words != "account console" && u.Host != where.Host.Name() || u.Fragment != "" || u.RawQuery != "" && u.RawQuery != "o=1234567890123456" {
				t.Errorf("%q leads to %q", name, page.URL)
			}
			if strings.ContainsFunc(page.URL, func(r rune) bool { return r <= ' ' || r > '~' }) {
				t.Errorf("%q stands in %q as it is", name, page.URL)
			}
		}
	}
}

// TestEveryPlaceIsNamedSomewhere reads what the program says, in its code and its data, for the words of each place.
func TestEveryPlaceIsNamedSomewhere(t *testing.T) {
	var said strings.Builder
	for _, pattern := range []string{"../../assets/causes.yaml", "../*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			said.Write(text)
		}
	}
	b, err := assets.Read[book]("places.yaml")
	if err != nil {
		t.Fatal(err)
	}
	words := []string{b.Account.Words}
	for _, p := range b.Places {
		words = append(words, p.Words...)
	}
	for _, w := range words {
		if !strings.Contains(said.String(), w) {
			t.Errorf("nothing names %s", w)
		}
	}
}
