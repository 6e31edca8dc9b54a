package estate

import (
	"time"
)

// bucket keeps requests to one limit. It begins at the documented pace, halves it whenever a request is refused, and comes back to it bit by
// bit with each that is answered.
type bucket struct {
	rate, most float64 // requests a second: now, and as documented
	room, full float64 // requests that may be sent at once
	at         time.Time
	until      time.Time // nothing is sent before
}

// The bounds of the pace. What is refused without a word about when to come back is asked again after patience.
const (
	slowest    = 1.0 / 32 // of the documented pace
	recovery   = 1.0 / 200
	patience   = time.Second
	longest    = 2 * time.Minute
	atOncePart = 4 // of what a limit allows in its time, so much may go out at once
)

func newBuckets(now time.Time, part float64) []bucket {
	if part <= 0 {
		part = 1
	}
	out := make([]bucket, len(limits))
	for i, l := range limits {
		b := bucket{most: l.Requests * part / l.Per.Seconds(), full: max(1, l.Requests*part/atOncePart), at: now}
		b.rate, b.room = b.most, b.full
		out[i] = b
	}
	return out
}

// wait is how long it takes until a request may be sent; 0 is now.
func (b *bucket) wait(now time.Time) time.Duration {
	if passed := now.Sub(b.at); passed > 0 {
		b.room = min(b.full, b.room+passed.Seconds()*b.rate)
		b.at = now
	}
	pause := b.until.Sub(now)
	if short := 1 - b.room; short > 1e-9 {
		pause = max(pause, time.Duration(short/b.rate*float64(time.Second))+time.Microsecond)
	}
	return max(0, pause)
}

// take counts a request that is sent.
func (b *bucket) take() { b.room-- }

// slower is after a refusal. Those that were on their way together with it count once.
func (b *bucket) slower(now time.Time, after time.Duration) {
	if after <= 0 {
		after = patience
	}
	if now.Before(b.until) {
		return
	}
	b.until = now.Add(min(after, longest))
	b.rate = max(b.most*slowest, b.rate/2)
	b.room = min(b.room, 1)
}

// faster is after an answer.
func (b *bucket) faster() { b.rate = min(b.most, b.rate+b.most*recovery) }
