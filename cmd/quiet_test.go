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

// TestATextThatIsAskedForIsNotKeptQuiet holds every command whose text is all that it is for to one rule.
func TestATextThatIsAskedForIsNotKeptQuiet(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	for _, args := range [][]string{{"words"}, {"completion", "bash"}, {"export", "prod"}, {"setup", "--answers-example"}, {"list", "--json"}} {
		o := s.run(append(args, "-q")...)
		if o.wants(t, exitUsage, "--quiet prints nothing, and ", " is asked for."); o.out != "" {
			t.Errorf("%q prints %q", args, o.out)
		}
	}
	if o := s.run("export", "prod", "-", "-q"); !strings.HasPrefix(o.out, "# ") {
		t.Errorf("a file on standard output is kept quiet: %+v", o)
	}
	o := s.run("bundle", "create", "prod", "-q")
	if o.wants(t, exitUsage, "--quiet neither shows what will be written nor asks."); strings.Contains(o.err, "above") {
		t.Errorf("it speaks of what is not there: %s", o.err)
	}
}
