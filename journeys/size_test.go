package journeys

import (
	"bytes"
	"os"
	"testing"
)

// bytesOfProgram is how large the program may become. Each page of it that a start touches is read first.
const bytesOfProgram = 46_000_000

func TestTheProgramIsNoLargerThanItMayBecome(t *testing.T) {
	built, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if len(built) > bytesOfProgram {
		t.Errorf("the program has %.1f MB, and may have %.1f MB", float64(len(built))/1e6, float64(bytesOfProgram)/1e6)
	}
}

// TestTheProgramHasNoMethodThatNobodyCalls looks for what would have the linker keep every method of every type, some 7 MB of them: code
// that calls a method whose name is known only when it runs. Templates do. Methods, which nobody calls, is kept only with all others.
func TestTheProgramHasNoMethodThatNobodyCalls(t *testing.T) {
	built, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(built, []byte("reflect.(*rtype).Elem")) {
		t.Fatal("the program does not hold the names of its functions, so that none can be looked for")
	}
	for _, name := range []string{"text/template.(*state).evalField", "reflect.(*rtype).Methods"} {
		if bytes.Contains(built, []byte(name)) {
			t.Errorf("the program holds %s; go build -ldflags=-dumpdep tells who calls what", name)
		}
	}
}
