package torture

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// mostWithNames is how much, in MiB, a set-up may hold that shows a list of 100,000 names. Without one it is held to the bound of the
// answers' table.
const mostWithNames = 300

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// held is the most memory that the program held so far, in MiB.
func (s *screen) held() int {
	s.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid))
	if err != nil {
		s.t.Fatal(err)
	}
	found := highWater.FindSubmatch(status)
	if found == nil {
		s.t.Fatalf("the system does not say how much it holds:\n%s", status)
	}
	kilobytes, err := strconv.Atoi(string(found[1]))
	if err != nil {
		s.t.Fatal(err)
	}
	return kilobytes >> 10
}

func TestAListOfAHundredThousandNamesHoldsBoundedMemory(t *testing.T) {
	t.Parallel()
	m := newMachineFor(t, "large")
	s := start(t, m.setup("--fresh"))
	s.waitFor("Connect to your workspace", "paste it")
	s.paste(m.served.ClientSecret)
	s.waitFor("36 characters received")
	for _, step := range []struct{ sight, keys string }{
		{"36 characters received", "\r"}, {"Signed in as", "\r"}, {"› Starter Warehouse", "\r"}, {"Choose the catalog and schema", "warehouse_100k"},
		{"› warehouse_100k", "\r"}, {"› events", "\r"}, {"The way to the schema is open", "\r"},
	} {
		s.waitFor(step.sight)
		s.send(step.keys)
	}
	s.waitFor("100,000")
	held := s.held()
	s.send("\x03")
	s.waitFor("ctrl+c leaves")
	s.send("\x03")
	s.end()
	if held > mostWithNames {
		t.Errorf("%d MiB", held)
	}
	t.Logf("%d MiB", held)
}
