package torture

import (
	"flag"
	"fmt"
	"sync/atomic"
	"testing"
)

// The counts of an ordinary run are small; scripts/torture asks for all.
var (
	keysPressed = flag.Int("keys", 5000, "how many random keys are pressed")
	keySeed     = flag.Uint64("seed", 0, "the only seed of the random keys; 0 takes one for each round")
)

const (
	allKeys      = 1_000_000 // that are pressed with -full
	keysPerRound = 1000      // that one program gets before it must be possible to leave it
	monkeys      = 8         // side by side, since most of a round is waiting
)

// place is where a round begins.
type place string

const (
	inASetUp  place = "a set-up" // at one of its steps
	atHomeNow place = "home"
	inAnEdit  place = "an edit" // of a saved connection, at one of its steps
	locked    place = "the passphrase of home"
)

// rounds are walked over and over. The passphrase comes once, since it costs a second each time that it is tried.
var rounds = []struct {
	scenario string
	at       place
}{
	{"ready", inASetUp}, {"first-time", inASetUp}, {"ready", atHomeNow}, {"warehouse-stopped", inASetUp}, {"ready", inAnEdit}, {"wrong-secret", inASetUp},
	{"first-time", atHomeNow}, {"ready", inASetUp}, {"first-time", inAnEdit}, {"warehouse-stopped", atHomeNow}, {"ready", inASetUp}, {"wrong-secret", inAnEdit},
	{"wrong-secret", atHomeNow}, {"warehouse-stopped", inAnEdit}, {"ready", atHomeNow}, {"first-time", inASetUp}, {"ready", locked},
}

func TestRandomKeysDoNoHarmAndThereIsAlwaysAWayOut(t *testing.T) {
	alone(t)
	if *full && *keysPressed < allKeys {
		*keysPressed = allKeys
	}
	var seeds atomic.Uint64
	var left atomic.Int64
	left.Store(int64(*keysPressed))
	t.Run("side by side", func(t *testing.T) {
		for i := range monkeys {
			t.Run(fmt.Sprint("monkey ", i+1), func(t *testing.T) {
				t.Parallel()
				for left.Load() > 0 && !t.Failed() {
					seed := seeds.Add(1)
					if *keySeed != 0 {
						seed = *keySeed
					}
					round := rounds[seed%uint64(len(rounds))]
					t.Run(fmt.Sprintf("%s in %s with seed %d", round.scenario, round.at, seed), func(t *testing.T) {
						m := arrive(t, round.scenario, round.at, seed)
						most := min(int(left.Add(-keysPerRound))+keysPerRound, keysPerRound)
						left.Add(int64(keysPerRound - max(1, m.play(most))))
						m.out()
					})
				}
			})
		}
	})
}

// arrive puts a monkey where a round begins.
func arrive(t *testing.T, scenario string, at place, seed uint64) *monkey {
	t.Helper()
	if at == inASetUp {
		m := sit(t, scenario, seed)
		m.advance(int(seed % 5))
		return m
	}
	m := atHome(t, scenario, seed, at == locked)
	if at == inAnEdit {
		m.edit()
		m.advance(int(seed % 5))
	}
	return m
}

// alone keeps the monkey's files in a folder of its own, and its hands off the machine's clipboard.
func alone(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	t.Setenv("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")
	t.Setenv("TMUX", "")
}
