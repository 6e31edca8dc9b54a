package torture

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
)

// built is the program of this tree: the one that JOURNEY_PROGRAM names, or one built for these tests.
var built = sync.OnceValues(func() (string, error) {
	if program := os.Getenv("JOURNEY_PROGRAM"); program != "" {
		return program, nil
	}
	program := filepath.Join(scratch, "draftt-databricks")
	build := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w", "-o", program, "..")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return program, nil
})
