package main

import (
	"image/color"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// Cell is one place of the terminal. Text is empty in the second half of a wide character.
type Cell struct {
	Text      string
	Wide      bool
	Fg, Bg    color.Color // nil is the window's own
	Bold      bool
	Faint     bool
	Italic    bool
	Underline bool
	Reverse   bool
}

// Blank reports that nothing of the cell shows but the window's background.
func (c Cell) Blank() bool {
	return (c.Text == "" || c.Text == " ") && c.Bg == nil && !c.Reverse && !c.Underline
}

// Parse reads lines with escape sequences into rows of cells. What is beyond the size is left out.
func Parse(capture string, cols, rows int) [][]Cell {
	screen := uv.NewScreenBuffer(cols, rows)
	uv.NewStyledString(capture).Draw(screen, screen.Bounds())
	grid := make([][]Cell, rows)
	for y := range grid {
		grid[y] = make([]Cell, cols)
		for x := range grid[y] {
			if cell := screen.CellAt(x, y); cell != nil {
				grid[y][x] = cellOf(cell)
			}
		}
	}
	return grid
}

func cellOf(c *uv.Cell) Cell {
	has := func(attribute uint8) bool { return c.Style.Attrs&attribute != 0 }
	return Cell{
		Text: c.Content, Wide: c.Width > 1, Fg: c.Style.Fg, Bg: c.Style.Bg,
		Bold: has(uv.AttrBold), Faint: has(uv.AttrFaint), Italic: has(uv.AttrItalic), Reverse: has(uv.AttrReverse),
		Underline: c.Style.Underline != ansi.UnderlineNone,
	}
}
