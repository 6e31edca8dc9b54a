package main

import (
	"bufio"
	"fmt"
	"html"
	"image/color"
	"io"
	"strings"
)

// WriteSVG draws a window with the reader's own monospaced font; every run of cells is told its width, so that the columns stand
// whatever that font is.
func WriteSVG(w Window, out io.Writer) error {
	b := bufio.NewWriter(out)
	svgFrame(b, w)
	for y, row := range w.Grid {
		svgRow(b, w.Look, row, y)
	}
	svgCursor(b, w)
	fmt.Fprintln(b, "</svg>")
	return b.Flush()
}

// svgFrame opens the drawing with the window around the cells: an edge, a bar with three buttons, and the title.
func svgFrame(b *bufio.Writer, w Window) {
	wide, high := w.size()
	l := w.Look
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="%g">`+"\n",
		wide, high, wide, high, fontSize)
	fmt.Fprintf(b, `<rect x=".5" y=".5" width="%g" height="%g" rx="%g" fill="%s" stroke="%s"/>`+"\n", wide-1, high-1, radius, web(l.Back), web(l.Edge))
	fmt.Fprintf(b, `<path d="M1 %[1]g V%[2]g a%[3]g %[3]g 0 0 1 %[3]g -%[3]g H%[4]g a%[3]g %[3]g 0 0 1 %[3]g %[3]g V%[1]g z" fill="%[5]s"/>`+"\n",
		barHigh, radius, radius-1, wide-radius, web(l.Bar))
	for i, c := range l.Buttons {
		fmt.Fprintf(b, `<circle cx="%g" cy="%g" r="5.5" fill="%s"/>`+"\n", padding+6+float64(i)*buttonGap, barHigh/2, web(c))
	}
	if w.Title != "" {
		fmt.Fprintf(b, `<text x="%g" y="%g" text-anchor="middle" fill="%s">%s</text>`+"\n", wide/2, barHigh/2+4.5, web(l.Title), html.EscapeString(w.Title))
	}
}

// svgRow writes one row of cells where row y is.
func svgRow(b *bufio.Writer, l Look, row []Cell, y int) {
	for x := 0; x < len(row); {
		x += svgRun(b, l, row, x, y)
	}
}

func svgCursor(b *bufio.Writer, w Window) {
	if w.HasCursor {
		x, y := place(w.CursorX, w.CursorY)
		fmt.Fprintf(b, `<rect x="%g" y="%g" width="1.5" height="%g" fill="%s"/>`+"\n", x, y, cellHigh, web(w.Look.Cursor))
	}
}

// svgRun writes the cells from x on that look the same, and gives how many they are.
func svgRun(b *bufio.Writer, l Look, row []Cell, x, y int) int {
	first := row[x]
	if first.Blank() {
		return 1
	}
	end, text := x, ""
	for end < len(row) && sameLook(row[end], first) {
		text += row[end].Text
		end++
	}
	fg, bg := l.resolve(first)
	px, py := place(x, y)
	wide := float64(end-x) * cellWide
	if bg != l.Back {
		fmt.Fprintf(b, `<rect x="%g" y="%g" width="%g" height="%g" fill="%s"/>`+"\n", px, py, wide, cellHigh, web(bg))
	}
	if strings.TrimSpace(text) == "" {
		return end - x
	}
	trimmed := strings.TrimRight(text, " ")
	wide -= float64(len(text)-len(trimmed)) * cellWide
	fmt.Fprintf(b, `<text x="%g" y="%g" textLength="%g" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="%s"%s>%s</text>`+"\n",
		px, py+12.5, wide, web(fg), svgStyle(first), html.EscapeString(trimmed))
	return end - x
}

func sameLook(a, b Cell) bool {
	a.Text, b.Text, a.Wide, b.Wide = "", "", false, false
	return a == b
}

func svgStyle(c Cell) string {
	var style string
	if c.Bold {
		style += ` font-weight="bold"`
	}
	if c.Italic {
		style += ` font-style="italic"`
	}
	if c.Underline {
		style += ` text-decoration="underline"`
	}
	return style
}

func web(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
