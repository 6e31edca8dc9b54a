package query_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/query"
)

func table(t testing.TB, catalog, schema, name string) connector.TableName {
	t.Helper()
	var idents [3]connector.Ident
	for i, part := range []string{catalog, schema, name} {
		id, err := connector.RemoteIdent(connector.FromRemote(part))
		if err != nil {
			t.Fatal(err)
		}
		idents[i] = id
	}
	return connector.TableName{SchemaName: connector.SchemaName{Catalog: idents[0], Schema: idents[1]}, Table: idents[2]}
}

func TestThereAreThreeStatements(t *testing.T) {
	devices := table(t, "inventory", "assets", "devices")
	for got, want := range map[string]string{
		query.Ping().SQL():                "SELECT 1 AS one, current_user() AS me",
		query.Describe(devices).SQL():     "DESCRIBE TABLE `inventory`.`assets`.`devices`",
		query.Preview(devices, 20).SQL():  "SELECT * FROM `inventory`.`assets`.`devices` LIMIT 20",
		(query.Statement{}).SQL():         "",
		query.Preview(devices, 0).SQL():   "SELECT * FROM `inventory`.`assets`.`devices` LIMIT 0",
		query.Preview(devices, -1).SQL():  "SELECT * FROM `inventory`.`assets`.`devices` LIMIT 0",
		query.Preview(devices, 1e6).SQL(): "SELECT * FROM `inventory`.`assets`.`devices` LIMIT 1000",
	} {
		if got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	for _, rows := range []int{math.MinInt, math.MaxInt} {
		if got := query.Preview(devices, rows).SQL(); !strings.HasSuffix(got, " LIMIT 0") && !strings.HasSuffix(got, fmt.Sprintf(" LIMIT %d", query.MaxPreview)) {
			t.Errorf("%d rows: %s", rows, got)
		}
	}
}

func TestAHostileNameStaysOneName(t *testing.T) {
	for name, want := range map[string]string{
		"t`1":                        "`t``1`",
		"`":                          "````",
		"x`;drop\u00b7table\u00b7y;": "`x``;drop\u00b7table\u00b7y;`",
		"--":                         "`--`",
		"/*":                         "", // a slash is no part of a name
		"a'b\"c":                     "`a'b\"c`",
		"limit":                      "`limit`",
		"$(id)":                      "`$(id)`",
		"%s%d%!":                     "`%s%d%!`",
		":t?":                        "`:t?`",
		"${x}":                       "`${x}`",
	} {
		id, err := connector.RemoteIdent(connector.FromRemote(name))
		if want == "" {
			if err == nil {
				t.Errorf("%q is a name", name)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		full := table(t, "c", "s", "x").SchemaName.Table(id)
		if got := query.Preview(full, 5).SQL(); got != "SELECT * FROM `c`.`s`."+want+" LIMIT 5" {
			t.Errorf("%q: %s", name, got)
		}
		if got := query.Describe(full).SQL(); got != "DESCRIBE TABLE `c`.`s`."+want {
			t.Errorf("%q: %s", name, got)
		}
	}
}

// tokens reads a statement after the SQL reference: words, delimited names with doubled backticks, and single signs. It is written anew
// here, so that a mistake of the quoting is not repeated in its proof.
func tokens(statement string) []string {
	var found []string
	for rest := statement; rest != ""; {
		switch {
		case rest[0] == ' ':
			rest = rest[1:]
		case rest[0] == '`':
			end := 1
			for end < len(rest) && (rest[end] != '`' || end+1 < len(rest) && rest[end+1] == '`') {
				if rest[end] == '`' {
					end++
				}
				end++
			}
			if end >= len(rest) {
				return append(found, "unclosed")
			}
			found, rest = append(found, "name:"+strings.ReplaceAll(rest[1:end], "``", "`")), rest[end+1:]
		default:
			end := strings.IndexAny(rest, " `.")
			if end == 0 {
				end = 1
			}
			if end < 0 {
				end = len(rest)
			}
			found, rest = append(found, rest[:end]), rest[end:]
		}
	}
	return found
}

func FuzzPreview(f *testing.F) {
	for _, seed := range []string{"devices", "t`1", "`", "``", "x`;--", "a\x00b", "ａ", "/**/"} {
		f.Add(seed, seed, seed, 10)
	}
	f.Fuzz(func(t *testing.T, catalog, schema, name string, rows int) {
		full, err := connector.ParseTable("`"+strings.ReplaceAll(catalog, "`", "``")+"`.`"+strings.ReplaceAll(schema, "`", "``")+"`.`"+strings.ReplaceAll(name, "`", "``")+"`", connector.SchemaName{})
		if err != nil {
			return
		}
		want := []string{
			"SELECT", "*", "FROM", "name:" + full.Catalog.Raw(), ".", "name:" + full.Schema.Raw(), ".", "name:" + full.Table.Raw(),
			"LIMIT", fmt.Sprint(max(0, min(rows, query.MaxPreview))),
		}
		if got := tokens(query.Preview(full, rows).SQL()); !slices.Equal(got, want) {
			t.Fatalf("%q is read as %q", query.Preview(full, rows).SQL(), got)
		}
	})
}
