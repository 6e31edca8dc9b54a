// Package patience waits for what is on its way as long as its test may run: how long a loaded machine takes decides nothing.
package patience

import (
	"iter"
	"testing"
	"time"
)

// farewell is what a test keeps of its time, to say what it waited for and to end what it began.
const farewell = 20 * time.Second

// Over is told shortly before the test's own deadline, and never where it has none, as a benchmark.
func Over(t testing.TB) <-chan time.Time {
	test, is := t.(interface{ Deadline() (time.Time, bool) })
	if !is {
		return nil
	}
	last, bounded := test.Deadline()
	if !bounded {
		return nil
	}
	return time.After(time.Until(last) - farewell)
}

// Each goes on, with a pause after every turn, until patience is over. Whoever waits leaves the loop when it has come.
func Each(t *testing.T, pause time.Duration) iter.Seq[int] {
	return func(yield func(int) bool) {
		over := Over(t)
		for turn := 0; yield(turn); turn++ {
			select {
			case <-over:
				return
			case <-time.After(pause):
			}
		}
	}
}
