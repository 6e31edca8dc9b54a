package sync_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/sync"
)

// TestASyncAsksForTheChosenTablesAndNothingElse goes through all that the workspace was asked in some runs: whole, of the changes, of some
// columns, and by a cursor.
func TestASyncAsksForTheChosenTablesAndNothingElse(t *testing.T) {
	w := newWorld(t)
	chosen := []string{"generated.sync.rows_1k", "generated.sync.without_feed", "inventory.assets.components"}
	for _, o := range []sync.Options{{Slice: 300}, {}, {Mode: sync.Full, Columns: []string{"id"}, Limit: 10}} {
		w.run(o, chosen...)
	}
	byCursor := sync.Options{Key: []string{"id"}, Cursors: []sync.Cursor{{Table: w.table(chosen[0]), Column: "updated_at"}}}
	w.run(byCursor, chosen[0])
	byCursor.Since = "2026-09-01"
	w.run(byCursor, chosen[0])
	named := regexp.MustCompile("`([^`]+)`\\.`([^`]+)`\\.`([^`]+)`")
	verbs := regexp.MustCompile("^(SELECT (\\*|count\\(\\*\\)|max\\(`updated_at`\\) AS high|`)|DESCRIBE (TABLE|HISTORY) )")
	tags := regexp.MustCompile("^SELECT table_name, (?:column_name, )?tag_name, tag_value FROM `([a-z]+)`.information_schema.(?:table|column)_tags WHERE schema_name = '([a-z]+)' AND table_name IN \\(([a-z0-9_', ]+)\\)$")
	statements, met := 0, map[string]bool{}
	for _, r := range w.d.Requests() {
		if r.Principal != string(w.d.Connector().ClientID) && r.Principal != "" {
			t.Errorf("%s %s as %q", r.Method, r.Path, r.Principal)
		}
		if table, is := strings.CutPrefix(r.Path, "/api/2.1/unity-catalog/tables/"); is && !slices.Contains(chosen, table) {
			t.Errorf("it asked for %s", r.Path)
		}
		if r.Statement == "" {
			continue
		}
		statements++
		if asked := tags.FindStringSubmatch(r.Statement); asked != nil {
			for one := range strings.SplitSeq(asked[3], ", ") {
				if table := asked[1] + "." + asked[2] + "." + strings.Trim(one, "'"); !slices.Contains(chosen, table) {
					t.Errorf("it asked for the tags of %s", table)
				}
			}
			continue
		}
		tables := named.FindAllStringSubmatch(r.Statement, -1)
		if len(tables) != 1 || !slices.Contains(chosen, strings.Join(tables[0][1:], ".")) || !verbs.MatchString(r.Statement) {
			t.Errorf("it ran %s", r.Statement)
			continue
		}
		met[strings.Join(tables[0][1:], ".")] = true
	}
	if statements < 9 || len(met) != len(chosen) {
		t.Errorf("%d statements on %d tables", statements, len(met))
	}
}
