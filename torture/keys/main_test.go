// Package keys holds every screen, panel and state against the grammar of keys, as a table.
package keys

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/draftt-io/draftt-databricks/screentest"
)

// full presses every key on every row, also while it works; else every row is held against the rules that leave nothing behind, every third
// has its own keys pressed, and every second is judged while it works.
var full = flag.Bool("full", false, "every key on every row, however long the way back to it is")

func TestMain(m *testing.M) { os.Exit(runIn(m)) }

// runIn runs the tests in a folder of their own, since some keys write files to where the program was started.
func runIn(m *testing.M) int {
	var err error
	if root, err = os.Getwd(); err != nil {
		fmt.Fprintln(os.Stderr, "find the tests:", err)
		return 1
	}
	folder, err := os.MkdirTemp("", "draftt-keys-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "make a folder:", err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }()
	if err := os.Chdir(folder); err != nil {
		fmt.Fprintln(os.Stderr, "go to the folder:", err)
		return 1
	}
	for _, name := range []string{"HOME", "USERPROFILE"} {
		if err := os.Setenv(name, folder); err != nil {
			fmt.Fprintln(os.Stderr, "set "+name+":", err)
			return 1
		}
	}
	profile := "[elsewhere]\nhost = https://" + screentest.AnotherHost + "\n"
	if err := os.WriteFile(".databrickscfg", []byte(profile), 0o600); err != nil {
		fmt.Fprintln(os.Stderr, "write a profile:", err)
		return 1
	}
	return screentest.Main(m)
}

// root is the folder of this package.
var root string
