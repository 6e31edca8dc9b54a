package outlet

import (
	"io"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/ui/link"
)

// TestWhatIsPrintedLinksAndItsRecordDoesNot prints a remedy in colour, on a terminal and into a record.
func TestWhatIsPrintedLinksAndItsRecordDoesNot(t *testing.T) {
	const text = "✗ Failed\n  Next: look under Cellar › left\n        shelf.\n"
	const url = "https://adb-1234567890123456.7.azuredatabricks.net/sql/warehouses/0123456789abcdef?o=1234567890123456"
	below, record := &paper{}, &strings.Builder{}
	out := Linked{
		Outlet: &Painted{Outlet: Taped{Outlet: Veiled{below}, Record: record}, Style: console.Style{Colour: true}},
		Links:  func() []link.Link { return []link.Link{{Words: "Cellar › left shelf", URL: url}} },
	}
	if n, err := io.WriteString(out, text); err != nil || n != len(text) {
		t.Errorf("%d, %v", n, err)
	}
	printed := below.String()
	if ansi.Strip(printed) != text || strings.Count(printed, ";"+url+"\x1b\\") != 2 {
		t.Errorf("printed %q", printed)
	}
	if got := ansi.Strip(record.String()); got != text {
		t.Errorf("a record, which strips what it hears, has %q", got)
	}
	if Bare(out) != Outlet(below) {
		t.Error("the terminal is not found")
	}
}
