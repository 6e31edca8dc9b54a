package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
)

// sentences are what is said of one row of the causes table. Grant is the statement that the remedy calls the GRANT below, with
// placeholders; it is empty where no GRANT helps. Also are rows of other causes that a text of this one may mean.
type sentences struct {
	Reason, Remedy, Grant string
	Also                  []rival
}

// words are those of the row. They are read with the first finding, because most commands find nothing and should not wait for them.
func (p pattern) words() sentences { return wordsOfAll()[p.id] }

// wordsOfAll panics, as assets.Must does, where table and file do not fit: that is a fault of the build, which a test finds.
var wordsOfAll = sync.OnceValue(func() map[string]sentences {
	said := assets.Must[map[string]sentences]("causes.yaml")
	if err := fit(said, table()); err != nil {
		panic(err)
	}
	return said
})

// fit reports rows of which nothing is said, and what is said of no row.
func fit(said map[string]sentences, rows []pattern) error {
	var wrong []string
	left := maps.Clone(said)
	for _, row := range rows {
		if words := said[row.id]; words.Reason == "" || words.Remedy == "" {
			wrong = append(wrong, row.id+" has no reason or no remedy")
		}
		for _, r := range said[row.id].Also {
			if _, known := said[r.Pattern]; !known || r.Look == "" {
				wrong = append(wrong, row.id+" is told from "+r.Pattern+", which is no row, or does not say by what")
			}
		}
		delete(left, row.id)
	}
	for _, id := range slices.Sorted(maps.Keys(left)) {
		wrong = append(wrong, id+" is no row of the table")
	}
	if len(wrong) > 0 {
		return fmt.Errorf("causes.yaml does not fit the causes table: %s", strings.Join(wrong, "; "))
	}
	return nil
}
