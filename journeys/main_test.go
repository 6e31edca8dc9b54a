package journeys

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// program is the binary that every journey runs: the one that JOURNEY_PROGRAM names, or one built for these tests.
var program string

func TestMain(m *testing.M) {
	os.Exit(buildAndRun(m))
}

func buildAndRun(m *testing.M) int {
	_ = os.Unsetenv("GOGC") // how seldom tests collect is not how the program does
	if program = os.Getenv("JOURNEY_PROGRAM"); program != "" {
		return m.Run()
	}
	dir, err := os.MkdirTemp("", "draftt-journeys-")
	if err != nil {
		fmt.Fprintln(os.Stderr, "make a folder for the program:", err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program = filepath.Join(dir, "draftt-databricks")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	build := exec.Command("go", "build", "-tags", "grpcnotrace", "-buildvcs=false", "-ldflags", "-s -w -X main.version=journey", "-o", program, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build the program: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}
