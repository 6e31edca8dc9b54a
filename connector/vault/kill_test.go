package vault

import (
	"bufio"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAKilledWriterLosesNothingThatItAcknowledged(t *testing.T) {
	v, keyFile := protected(t)
	known := map[string]int{}
	for range *kills {
		killedAfter(t, process("write", v.Dir(), keyFile, ""), rand.IntN(8), func(line string) { follow(t, known, line) })
		known = compare(t, known, list(t, v))
	}
	save(t, v, connection(t, "after all"))
	for path := range files(t, v.Dir()) {
		if strings.Contains(path, ".saving-") {
			t.Errorf("%s was left behind", path)
		}
	}
}

// killedAfter runs a process until it said that many lines and a moment more, kills it, and hands on every line it had said.
func killedAfter(t *testing.T, cmd *exec.Cmd, lines int, said func(string)) {
	t.Helper()
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	moment := time.Duration(rand.IntN(4000)) * time.Microsecond
	if lines == 0 {
		time.AfterFunc(moment*4, func() { _ = cmd.Process.Kill() })
	}
	scanner := bufio.NewScanner(out)
	for n := 1; scanner.Scan(); n++ {
		said(scanner.Text())
		if n == lines {
			time.Sleep(moment)
			_ = cmd.Process.Kill()
		}
	}
	if err := cmd.Wait(); err == nil || err.Error() != "signal: killed" {
		t.Fatalf("the writer ended by itself: %v", err)
	}
}

// follow keeps account of what a writer acknowledged.
func follow(t *testing.T, known map[string]int, line string) {
	t.Helper()
	words := strings.Fields(line)
	switch words[0] {
	case "create":
		known[words[1]] = 0
	case "delete":
		delete(known, words[1])
	case "change":
		known[words[1]] = must[int](t)(strconv.Atoi(words[2]))
	default:
		t.Fatalf("the writer said %q", line)
	}
}

// compare checks a vault against the account. The one step that was under way may have been done or not; everything else must hold.
func compare(t *testing.T, known map[string]int, saved []connector.Connection) map[string]int {
	t.Helper()
	var open []string
	now := map[string]int{}
	for _, c := range saved {
		now[c.ID] = count(c)
		if n, ok := known[c.ID]; !ok {
			open = append(open, "created "+c.ID)
		} else if n+1 == count(c) {
			open = append(open, "changed "+c.ID)
		} else if n != count(c) {
			t.Errorf("%s holds %d, acknowledged was %d", c.ID, count(c), n)
		}
	}
	for id := range known {
		if _, ok := now[id]; !ok {
			open = append(open, "deleted "+id)
		}
	}
	if len(open) > 1 {
		t.Errorf("more than one step was not acknowledged: %v", open)
	}
	return now
}

func TestAKillDuringTheChoiceLeavesItOpenOrMade(t *testing.T) {
	chosen := 0
	for range max(10, *kills/4) {
		dir := filepath.Join(t.TempDir(), "vault")
		cmd := process("choose", dir, "", "")
		out := must[*bufio.Scanner](t)(start(cmd))
		out.Scan()
		time.Sleep(time.Duration(rand.IntN(6000)) * time.Microsecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()

		v := reopen(dir, &fakeKeychain{})
		_, made, err := v.Protection()
		switch {
		case err != nil:
			t.Fatal(err)
		case made:
			chosen++
			err = v.Unlock(t.Context(), phrase(goodPhrase))
		default:
			err = v.InitPassphrase(t.Context(), connector.NewSecret([]byte("another good phrase")))
		}
		if err != nil {
			t.Fatalf("after a kill with the choice made %v: %v", made, err)
		}
		save(t, v, connection(t, "prod"))
	}
	t.Logf("the choice was made in %d runs", chosen)
}

func start(cmd *exec.Cmd) (*bufio.Scanner, error) {
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	return bufio.NewScanner(out), cmd.Start()
}
