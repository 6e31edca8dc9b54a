package torture

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"testing"
)

// The counts of an ordinary run are small; scripts/torture asks for all.
var (
	full   = flag.Bool("full", false, "every lure and every journey, not a part of them")
	cycles = flag.Int("cycles", 200, "how often the soak connects, tests and closes")
	ledger = flag.String("ledger", "", "the folder with the requests of a whole test run, to judge them")
)

// sampled reports whether a run tries a thing in a place: a full run tries all of them, and another each in turn, from place to place.
func sampled(place, thing, things int) bool { return *full || (place+thing)%things == 0 }

// scratch is a folder for what the tests build.
var scratch string

func TestMain(m *testing.M) {
	if place, chosen := os.LookupEnv(provokedIn); chosen {
		os.Exit(provoked(place))
	}
	flag.Parse()
	log.SetOutput(io.Discard) // as the program does: net/http and the SQL driver write there
	os.Exit(runIn(m))
}

func runIn(m *testing.M) int {
	_ = os.Unsetenv("GOGC") // how seldom tests collect is not how the program does
	var err error
	if scratch, err = os.MkdirTemp("", "draftt-torture-"); err != nil {
		fmt.Fprintln(os.Stderr, "make a folder for the program:", err)
		return 1
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	return m.Run()
}
