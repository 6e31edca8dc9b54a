package vault

import (
	"bufio"
	"fmt"
	"maps"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// lanes is how many writers run side by side, each in a vault of its own. Most of a save is waiting for the disk.
const lanes = 4

// toll is what a run of kills met.
type toll struct {
	kills, acknowledged int
	unfinished          int // files that were cut off in the middle
	unacknowledged      int // steps that were done, and nobody heard of it
}

func TestAKilledWriterLosesNothingThatItAcknowledged(t *testing.T) {
	var mu sync.Mutex
	var all toll
	t.Run("lanes", func(t *testing.T) {
		for lane := range lanes {
			t.Run(fmt.Sprint("lane ", lane+1), func(t *testing.T) {
				t.Parallel()
				met := killAgainAndAgain(t, (*kills+lane)/lanes)
				mu.Lock()
				defer mu.Unlock()
				all.kills += met.kills
				all.acknowledged += met.acknowledged
				all.unfinished += met.unfinished
				all.unacknowledged += met.unacknowledged
			})
		}
	})
	t.Logf("%d kills: %d steps were acknowledged, %d files were cut off, %d steps were done and not acknowledged", all.kills, all.acknowledged, all.unfinished, all.unacknowledged)
	if *kills >= 400 && (all.unfinished == 0 || all.unacknowledged == 0) {
		t.Error("no kill met a save")
	}
}

// killAgainAndAgain kills one writer after another in one vault, and checks the vault after each.
func killAgainAndAgain(t *testing.T, times int) (met toll) {
	v, keyFile := protected(t)
	known := map[string]int{}
	step := 10 * time.Millisecond
	for range times {
		said := 0
		step = killedAfter(t, process("write", v.Dir(), keyFile, ""), step, func(line string) { follow(t, known, line); said++ })
		met.kills++
		met.acknowledged += said
		met.unfinished += len(leftovers(t, v))
		now := standing(t, v)
		if !maps.Equal(known, now) {
			met.unacknowledged++
			oneStepApart(t, known, now)
		}
		known = now
		if t.Failed() {
			return met
		}
	}
	save(t, v, connection(t, "after all"))
	if left := leftovers(t, v); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	return met
}

// leftovers are the files that a save did not finish.
func leftovers(t *testing.T, v *Vault) (found []string) {
	t.Helper()
	for _, folder := range []string{"", connectionsDir, draftsDir} {
		paths := must[[]string](t)(filepath.Glob(filepath.Join(v.Dir(), folder, tempPrefix+"*")))
		found = append(found, paths...)
	}
	return found
}

// standing is the counter of every connection and of every draft, by its ID. Every secret must be one that was saved.
func standing(t *testing.T, v *Vault) map[string]int {
	t.Helper()
	now := map[string]int{}
	for _, d := range drafts(t, v) {
		now[d.ID] = draftCount(d)
	}
	for _, c := range list(t, v) {
		if _, twice := now[c.ID]; twice {
			t.Errorf("%s is a draft and a connection", c.ID)
		}
		if now[c.ID] = count(c); !strings.HasPrefix(string(c.Credentials.Secret.Reveal()), secretText) {
			t.Errorf("the secret of %s is another one", c.ID)
		}
	}
	return now
}

// killedAfter runs a process until it has said some lines and a moment more, kills it, and hands on every line that it had said. The moment
// is anywhere in a step and a half; it takes how long a step last was, and gives how long one is.
func killedAfter(t *testing.T, cmd *exec.Cmd, step time.Duration, said func(string)) time.Duration {
	t.Helper()
	lines := rand.IntN(6)
	out := must[*bufio.Scanner](t)(start(cmd))
	moment := time.Duration(rand.Int64N(int64(step + step/2)))
	if lines == 0 {
		time.AfterFunc(moment*2, func() { _ = cmd.Process.Kill() })
	}
	var first time.Time
	for n := 1; out.Scan(); n++ {
		said(out.Text())
		if n == 1 {
			first = time.Now()
		}
		if n == lines {
			if n > 1 {
				step = time.Since(first) / time.Duration(n-1)
			}
			time.Sleep(moment)
			_ = cmd.Process.Kill()
		}
	}
	if err := cmd.Wait(); err == nil || err.Error() != "signal: killed" {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return max(step, time.Millisecond)
}

// follow keeps account of what a writer acknowledged.
func follow(t *testing.T, known map[string]int, line string) {
	t.Helper()
	words := strings.Fields(line)
	switch words[0] {
	case "create", "change":
		known[words[1]] = must[int](t)(strconv.Atoi(words[2]))
	case "delete":
		delete(known, words[1])
	default:
		t.Fatalf("the writer said %q", line)
	}
}

// oneStepApart checks a vault against the account. The one step that was under way may have been done; everything else must hold.
func oneStepApart(t *testing.T, known, now map[string]int) {
	t.Helper()
	var steps []string
	for id, n := range now {
		switch before, ok := known[id]; {
		case !ok && n == 0:
			steps = append(steps, "created "+id)
		case ok && n == before+1:
			steps = append(steps, "changed "+id)
		case !ok || n != before:
			t.Errorf("%s holds %d, acknowledged was %d", id, n, before)
		}
	}
	for id := range known {
		if _, ok := now[id]; !ok {
			steps = append(steps, "deleted "+id)
		}
	}
	if len(steps) > 1 {
		t.Errorf("more than one step was not acknowledged: %v", steps)
	}
}

func TestAKillDuringTheChoiceLeavesItOpenOrMade(t *testing.T) {
	chosen := 0
	for range max(10, *kills/20) {
		dir := filepath.Join(t.TempDir(), "vault")
		cmd := process("choose", dir, "", "")
		out := must[*bufio.Scanner](t)(start(cmd))
		out.Scan()
		time.Sleep(time.Duration(rand.IntN(15_000)) * time.Microsecond)
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
