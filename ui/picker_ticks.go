package ui

import (
	"maps"
	"slices"
)

// SetTicks gives every row a box that space ticks. Ticks survive filtering.
func (p *Picker) SetTicks(on bool) { p.ticking = on }

// Toggle ticks or unticks the row under the cursor, unless it is disabled.
func (p *Picker) Toggle() {
	if index, ok := p.Selected(); ok {
		p.Tick(index, !p.ticked[index])
	}
}

// Tick ticks or unticks the row at index. An index without a row is ignored.
func (p *Picker) Tick(index int, on bool) {
	switch {
	case index < 0 || index >= len(p.names):
	case on:
		p.ticked[index] = true
	default:
		delete(p.ticked, index)
	}
}

// IsTicked reports whether the row at index is ticked.
func (p *Picker) IsTicked(index int) bool { return p.ticked[index] }

// Ticked lists the ticked rows in the order of Append, hidden ones too.
func (p *Picker) Ticked() []int { return slices.Sorted(maps.Keys(p.ticked)) }
