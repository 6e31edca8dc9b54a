package torture

import (
	"os"
	"path/filepath"

	"github.com/draftt-io/draftt-databricks/cmd"
	"github.com/draftt-io/draftt-databricks/contain"
)

// The tests are a program of their own that panics: with provokedIn set they run the program's main function rather than any test.
const (
	provokedIn = "TORTURE_PROVOKE" // the place where it panics
	placesMet  = "TORTURE_PLACES"  // the folder where it leaves a file for each place that it comes by
	armedBy    = "TORTURE_ARMED"   // the file without which it neither panics nor leaves any; empty: always
)

// provoked runs the program with a panic in the place that the environment names, and gives its exit code.
func provoked(place string) int {
	places, armed := os.Getenv(placesMet), os.Getenv(armedBy)
	contain.OnRun(func(during string) {
		if _, err := os.Stat(armed); armed != "" && err != nil {
			return
		}
		_ = os.WriteFile(filepath.Join(places, during), nil, 0o600)
		if during == place {
			panic("dose-canary-of-a-panic-value")
		}
	})
	return cmd.Main("torture", os.Args[1:])
}
