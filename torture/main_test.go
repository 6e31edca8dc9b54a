package torture

import (
	"flag"
	"io"
	"log"
	"os"
	"testing"
)

// The counts of an ordinary run are small; scripts/torture asks for all.
var (
	full   = flag.Bool("full", false, "every lure and every journey, not a part of them")
	cycles = flag.Int("cycles", 300, "how often the soak connects, tests and closes")
)

func TestMain(m *testing.M) {
	flag.Parse()
	log.SetOutput(io.Discard) // as the program does: net/http and the SQL driver write there
	os.Exit(m.Run())
}
