package cmd

import (
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoLibraryTracesWhatIsPasted asks every library to write down what it sees, and has the program run.
func TestNoLibraryTracesWhatIsPasted(t *testing.T) {
	traces := []string{"TEA_TRACE", "TEA_DEBUG", "DATABRICKS_DEBUG_HEADERS", "DATABRICKS_DEBUG_TRUNCATE_BYTES"}
	file := filepath.Join(t.TempDir(), "trace")
	for _, name := range traces {
		t.Setenv(name, file)
	}
	was := log.Writer()
	t.Cleanup(func() { log.SetOutput(was) })
	var heard strings.Builder
	log.SetOutput(&heard)
	if code := Main("1.2.3", []string{"version", "extra"}); code != exitUsage {
		t.Errorf("exit %d", code)
	}
	log.Print("a library speaks")
	if heard.Len() > 0 {
		t.Errorf("libraries are heard: %s", heard.String())
	}
	for _, name := range traces {
		if value, set := os.LookupEnv(name); set {
			t.Errorf("%s=%s reaches a library", name, value)
		}
	}
}
