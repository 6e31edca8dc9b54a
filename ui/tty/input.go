package tty

import (
	"os"
	"sync"
	"time"

	"github.com/charmbracelet/x/term"
)

// Input is a terminal as a program reads it: without what is left of answers, and with what is typed held back while the terminal may
// still answer what it was asked, but for no longer than a second.
type Input struct {
	*os.File
	now  func() time.Time
	wait func(*os.File, time.Duration) bool // until there is something to read

	mu    sync.Mutex
	sieve sieve
	asked bool
}

// widest is how many bytes one may become on its way: Esc alone.
const widest = len(escKey)

// newInput awaits an answer from the beginning, before the first question: what was typed ahead came before it.
func newInput(file *os.File, now func() time.Time, wait func(*os.File, time.Duration) bool) *Input {
	in := &Input{File: file, now: now, wait: wait}
	in.sieve.ask(now())
	return in
}

// Read gives what was typed, and answers. It may give nothing and no error, where nothing has come to its end. It never keeps anything
// that time alone would set free, since whoever calls it may wait for the terminal to send more before calling again.
func (in *Input) Read(p []byte) (int, error) {
	for first := true; ; first = false {
		wait, timed := in.patience()
		room := in.room(len(p))
		switch {
		case room == 0, first && in.ready(), !first && !timed:
			return in.give(p), nil
		case !first && !in.wait(in.File, wait):
			continue
		}
		piece := make([]byte, room)
		n, err := in.File.Read(piece)
		in.feed(piece[:n])
		if err != nil {
			if n := in.give(p); n > 0 {
				return n, nil
			}
			return 0, err //nolint:wrapcheck // whoever reads asks whether it is io.EOF
		}
	}
}

// patience is how long to wait for more.
func (in *Input) patience() (wait time.Duration, timed bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	now := in.now()
	in.sieve.pass(now)
	at, timed := in.sieve.wakes()
	return max(0, at.Sub(now)), timed
}

// room is how much can be read so that a buffer holds all that may come of it. It is 0 where more was typed
// than can be kept.
func (in *Input) room(buffer int) int {
	in.mu.Lock()
	defer in.mu.Unlock()
	room := max(0, buffer-in.sieve.size()) / widest
	if room == 0 {
		in.sieve.open()
	}
	if len(in.sieve.out) == 0 {
		room = max(1, room)
	}
	return room
}

// ready reports whether something can be given.
func (in *Input) ready() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return len(in.sieve.out) > 0
}

func (in *Input) feed(piece []byte) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.sieve.feed(piece, in.now())
}

func (in *Input) give(p []byte) int {
	in.mu.Lock()
	defer in.mu.Unlock()
	n := copy(p, in.sieve.out)
	in.sieve.out = append(in.sieve.out[:0], in.sieve.out[n:]...)
	return n
}

// ask notes that a question goes out.
func (in *Input) ask() {
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.asked {
		in.asked, in.sieve.awaited = true, 0
	}
	in.sieve.ask(in.now())
}

// Settle takes in what the terminal still owes when the program that asked has ended, for no longer than a second: what came later would be
// typed into whatever reads the terminal next. Nothing shows of it meanwhile.
func (in *Input) Settle() {
	if !in.owed() {
		return
	}
	state, err := term.MakeRaw(in.Fd())
	if err != nil {
		return
	}
	defer func() { _ = term.Restore(in.Fd(), state) }()
	piece := make([]byte, 256)
	for in.owed() {
		if !in.wait(in.File, answering) {
			continue
		}
		n, err := in.File.Read(piece)
		if err != nil {
			return
		}
		in.feed(piece[:n])
	}
}

// answering is how long Settle waits between two looks at the clock.
const answering = 20 * time.Millisecond

// owed reports whether a question that went out is not answered and may still be.
func (in *Input) owed() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.sieve.pass(in.now())
	return in.asked && in.sieve.awaited > 0
}
