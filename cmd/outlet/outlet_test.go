package outlet

import (
	"bytes"
	"io"
	"testing"

	"github.com/draftt-io/draftt-databricks/ui/console"
)

// paper is a file in memory.
type paper struct{ bytes.Buffer }

func (*paper) Close() error { return nil }
func (*paper) Fd() uintptr  { return 0 }

// TestAMarkIsPaintedOnlyWhereALineBegins writes lines in pieces, as questions are.
func TestAMarkIsPaintedOnlyWhereALineBegins(t *testing.T) {
	below := &paper{}
	out := &Painted{Outlet: below, Style: console.Style{Colour: true}}
	for _, piece := range []string{"✓ a\nWhich? ", "! no mark", "", " ? no mark\n✗ b\n"} {
		if n, err := io.WriteString(out, piece); err != nil || n != len(piece) {
			t.Errorf("%d, %v", n, err)
		}
	}
	const want = "\x1b[32m✓\x1b[0m a\nWhich? ! no mark ? no mark\n\x1b[31m✗\x1b[0m b\n"
	if got := below.String(); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestWhatStandsOverATerminalLeadsToIt(t *testing.T) {
	below := &paper{}
	var out Outlet = &Painted{Outlet: Taped{Veiled{below}, io.Discard}}
	if Bare(out) != Outlet(below) || Bare(Silent{out}) != Outlet(below) {
		t.Error("the terminal is not found")
	}
}
