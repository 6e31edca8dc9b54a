package format

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// typesPage is the table of types for people.
func typesPage() string {
	var b strings.Builder
	b.WriteString("# The types of a sync\n\nThis page is generated: `go test ./connector/sync/format -run TypesPage -update`. It says what each type of Databricks becomes in the files of\n[a sync](sync.md). A rule holds for a type, never for a value.\n\n| type | Parquet | NDJSON | CSV | Arrow |\n|---|---|---|---|---|\n")
	for _, f := range Forms() {
		fmt.Fprintf(&b, "| %s |", f.Type)
		for _, format := range []Format{Parquet, NDJSON, CSV, Arrow} {
			fmt.Fprintf(&b, " %s |", strings.ReplaceAll(f.In(format), "|", "\\|"))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestTheTypesPageIsThatOfTheForms(t *testing.T) {
	golden.Compare(t, filepath.Join("..", "..", "..", "docs", "sync-types.md"), typesPage())
}
