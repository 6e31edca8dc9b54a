package main

import "fmt"

// Window is a terminal as it is drawn: its cells, and the frame around them.
type Window struct {
	Grid             [][]Cell
	Title            string
	Look             Look
	HasCursor        bool
	CursorX, CursorY int
}

// Sizes in points. A picture in pixels is drawn at scale of them, so that it is sharp on dense screens.
const (
	fontSize  = 13.0
	cellWide  = 8.0
	cellHigh  = 17.0
	barHigh   = 30.0
	padding   = 12.0
	radius    = 9.0
	buttonGap = 18.0
	scale     = 2
)

func (w Window) cols() int { return len(w.Grid[0]) }

func (w Window) rows() int { return len(w.Grid) }

// size is the whole picture in points.
func (w Window) size() (wide, high float64) {
	return float64(w.cols())*cellWide + 2*padding, float64(w.rows())*cellHigh + barHigh + 2*padding
}

// place is the top left corner of a cell in points.
func place(col, row int) (x, y float64) {
	return padding + float64(col)*cellWide, barHigh + padding + float64(row)*cellHigh
}

// SetCursor puts the cursor at COLUMN,ROW from 0,0.
func (w *Window) SetCursor(at string) error {
	if _, err := fmt.Sscanf(at, "%d,%d", &w.CursorX, &w.CursorY); err != nil {
		return fmt.Errorf("read the cursor's place %q: %w", at, err)
	}
	w.HasCursor = true
	return nil
}
