package prompt

import "time"

// stillEvery is how often a wait is put into words: nothing moves on a line that was written.
const stillEvery = 10 * time.Second

// Clock tells how long something is waited for.
type Clock interface {
	// Now is the moment.
	Now() time.Time
	// Tick hands over a moment again and again, until stop is called.
	Tick(every time.Duration) (ticks <-chan time.Time, stop func())
}

// Now is the moment by the clock of the prompt.
func (p *Prompt) Now() time.Time { return p.clock().Now() }

func (p *Prompt) clock() Clock {
	if p.Clock == nil {
		return machineClock{}
	}
	return p.Clock
}

type machineClock struct{}

func (machineClock) Now() time.Time { return time.Now() }

func (machineClock) Tick(every time.Duration) (<-chan time.Time, func()) {
	ticker := time.NewTicker(every)
	return ticker.C, ticker.Stop
}

// Halted is a clock at which it is always the same moment, for transcripts that must not tell how busy the machine was: no wait by it
// ever takes long enough to be put into words.
type Halted time.Time

// Now is always the same.
func (h Halted) Now() time.Time { return time.Time(h) }

// Tick never hands over anything.
func (Halted) Tick(time.Duration) (<-chan time.Time, func()) { return nil, func() {} }
