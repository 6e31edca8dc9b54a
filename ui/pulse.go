package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// Pulse redraws the screen while something runs, so that spinners turn and
// elapsed seconds count: eight times a second, or once when motion is
// reduced. It stops by itself when nothing runs.
type Pulse struct {
	theme   *Theme
	ticking bool
}

// NewPulse makes a pulse that is still.
func NewPulse(theme *Theme) *Pulse { return &Pulse{theme: theme} }

type pulseMsg struct{ pulse *Pulse }

// Beat keeps the pulse going while running is true. Call it at the end of
// every Update with the message at hand, and in Enter with nil; the command
// it returns is the next tick, or nil when none is needed.
func (p *Pulse) Beat(msg tea.Msg, running bool) tea.Cmd {
	p.landed(msg)
	if !running || p.ticking {
		return nil
	}
	p.ticking = true
	every := frameTime
	if p.theme.ReducedMotion {
		every = time.Second
	}
	return tea.Tick(every, func(time.Time) tea.Msg { return pulseMsg{p} })
}

func (p *Pulse) landed(msg tea.Msg) {
	if tick, ok := msg.(pulseMsg); ok && tick.pulse == p {
		p.ticking = false
	}
}

// landPulse notes a tick even when the step it belongs to has been left and
// never sees it; otherwise that pulse would wait for it for ever.
func landPulse(msg tea.Msg) {
	if tick, ok := msg.(pulseMsg); ok {
		tick.pulse.landed(msg)
	}
}
