package cmd

import (
	"errors"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"github.com/draftt-io/draftt-databricks/screentest/golden"
)

// TestMain makes the machine the same everywhere: no keychain, no proxy, one time zone, quiet libraries.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	log.SetOutput(io.Discard)
	keyring.MockInitWithError(errors.New("no secret service on this machine"))
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"} {
		_, _ = os.Unsetenv(name), os.Unsetenv(strings.ToLower(name))
	}
	_ = os.Setenv(idleVariable, "never")
	os.Exit(m.Run())
}

// outcome is what a command leaves behind.
type outcome struct {
	code     int
	out, err string
}

// run runs a command line in this process, with nothing to read and nobody at a terminal.
func run(t *testing.T, args ...string) outcome {
	t.Helper()
	return runWith(t, "", args...)
}

// wants fails unless a command ended with a code and said these things on standard error.
func (o outcome) wants(t *testing.T, code int, says ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("exit %d, want %d\nout: %s\nerr: %s", o.code, code, o.out, o.err)
	}
	for _, text := range says {
		if !strings.Contains(o.err, text) {
			t.Errorf("standard error does not say %q:\n%s", text, o.err)
		}
	}
	if len(says) == 0 && o.err != "" {
		t.Errorf("standard error says %q", o.err)
	}
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	golden.Compare(t, filepath.Join("testdata", name), got)
}
