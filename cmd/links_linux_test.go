package cmd

import (
	"os"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
)

// TestAPlaceIsALinkForThoseWhoSeeIt tests a connection whose warehouse refuses, on terminals of several kinds.
func TestAPlaceIsALinkForThoseWhoSeeIt(t *testing.T) {
	s := newShelf(t, "can-use-revoked")
	prod := s.connection("prod")
	s.save(prod)
	seeing(t)
	t.Setenv("FORCE_HYPERLINK", "1")
	piped := s.run("test", "prod")
	remedy := func(text string) string { return unbroken(text[strings.LastIndex(text, "Cannot access"):]) }
	page := ";https://" + prod.Host.String() + "/sql/warehouses/" + string(prod.Warehouse.ID)
	for _, width := range []uint16{60, 80, 200} {
		o := s.onTerminal(width, 100, "test", "prod")
		if !strings.Contains(o.out, page) || remedy(ansi.Strip(o.out)) != remedy(piped.out) {
			t.Errorf("at %d it does not link %s:\n%q", width, page, o.out)
		}
	}
	unlinked := map[string]outcome{
		"in a pipe": piped, "as JSON": s.onTerminal(80, 100, "test", "prod", "--json"), "in YAML": s.onTerminal(80, 100, "test", "prod", "-o", "yaml"),
		"line by line": s.onTerminal(80, 100, "test", "prod", "--plain"),
	}
	for name, value := range map[string]string{"NO_COLOR": "1", "TERM": "dumb", "ACCESSIBLE": "1", "FORCE_HYPERLINK": "0"} {
		before := os.Getenv(name)
		t.Setenv(name, value)
		unlinked["with "+name+"="+value] = s.onTerminal(80, 100, "test", "prod")
		t.Setenv(name, before)
	}
	t.Cleanup(func() { connector.Share(false) })
	unlinked["while the screen is shared"] = s.onTerminal(80, 100, "test", "prod", "--share")
	for when, o := range unlinked {
		if strings.Contains(o.out+o.err, "\x1b]8") || !strings.Contains(o.out, "SQL") {
			t.Errorf("%s it links:\n%q", when, o.out)
		}
	}
}
