package sync

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestEveryTableHasAFolderOfItsOwn(t *testing.T) {
	named := func(table string) connector.TableName {
		parts := make([]connector.Ident, 3)
		for i, text := range []string{"main", "s", table} {
			ident, err := connector.RemoteIdent(connector.FromRemote(text))
			if err != nil {
				t.Fatal(err)
			}
			parts[i] = ident
		}
		return connector.SchemaName{Catalog: parts[0], Schema: parts[1]}.Table(parts[2])
	}
	long := strings.Repeat("ü", 250)
	var tables []connector.TableName
	for _, text := range []string{"latest", "Latest", "LATEST", "a=b", "a%3Db", "é", "e\u0301", "con", "x'\"`;--", "*?<>|:", "..a", "-rf", "_x", ".x", long, long + "x", "%", "#"} {
		if ident, err := connector.RemoteIdent(connector.FromRemote(text)); err == nil && !ident.IsZero() {
			tables = append(tables, named(text))
		}
	}
	taken := map[string]bool{}
	for name, folder := range folders(tables) {
		plain := strings.Trim(folder, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789%=._-")
		if taken[strings.ToLower(folder)] || plain != "" || len(folder) > 220 || !strings.HasPrefix(folder, "table=main.s.") || strings.HasSuffix(folder, ".") {
			t.Errorf("%s has the folder %s", name, folder)
		}
		taken[strings.ToLower(folder)] = true
	}
	if len(taken) < 12 {
		t.Errorf("%d folders of %d tables", len(taken), len(tables))
	}
	if got := folderOf(named("a=b")); got != "table=main.s.a%3Db" {
		t.Error(got)
	}
}
