package sync_test

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

var full = flag.Bool("full", false, "every kill and every fault, and the largest tables")

// counted is how often something is tried in an ordinary run, and in a full one.
func counted(ordinary, all int) int {
	if *full {
		return all
	}
	return ordinary
}

// made is a table that an admin makes.
const made = "generated.sync.made"

// made makes it, with or without a change feed.
func (w *world) made(feed string) {
	w.Helper()
	w.admin("GRANT ALL PRIVILEGES ON CATALOG generated TO `" + demo.AdminID + "`")
	w.admin("CREATE TABLE " + made + " (id BIGINT, name STRING) TBLPROPERTIES (delta.enableChangeDataFeed = " + feed + ")")
	w.admin("INSERT INTO " + made + " VALUES (1, 'a'), (2, 'b'), (2, 'b'), (NULL, 'n'), (5, NULL)")
}

// within are the files of a folder.
func within(t testing.TB, folder string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

type authenticator struct{ ws *workspace.Workspace }

func (a authenticator) Authenticate(r *http.Request) error { return a.ws.Authenticate(r) }

func (w *world) signIn(as demo.Credentials) *workspace.Workspace {
	w.Helper()
	host, _, err := connector.ParseHost(w.d.Host(), nil)
	if err != nil {
		w.Fatal(err)
	}
	ws, err := workspace.Open(workspace.Config{
		Host: host, Network: w.d.Network(), Credentials: connector.Credentials{Method: connector.OAuth, ClientID: as.ClientID, Secret: as.Secret},
	})
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(ws.Close)
	return ws
}

func sorted(lines []string) []string { return slices.Sorted(slices.Values(lines)) }

// applied is what rows become by changes, as multisets.
func applied(rows []string, changes string) []string {
	count := map[string]int{}
	for _, r := range rows {
		count[r]++
	}
	for line := range strings.Lines(changes) {
		head, row, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(line), "}"), ",")
		if strings.Contains(head, "insert") || strings.Contains(head, "postimage") {
			count[row]++
		} else {
			count[row]--
		}
	}
	var out []string
	for r, n := range count {
		for range n {
			out = append(out, r)
		}
	}
	return sorted(out)
}
