package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"html"
	"io"
	"math"
	"time"
)

// filmStyle shows the last frame wherever nothing moves: where motion is not wanted, and where pictures do not run animations.
const filmStyle = `.f{visibility:hidden;animation-duration:%gs;animation-timing-function:step-end;animation-iteration-count:infinite}
.last{visibility:visible}
@media (prefers-reduced-motion:reduce){.f{animation:none!important}}
`

// WriteFilm draws frames as one SVG that plays by itself in a browser, without a script, and begins again at its end. A row that shows
// more than once is drawn once, so that a film is little larger than what changes in it.
func WriteFilm(frames []Frame, description string, out io.Writer) error {
	if len(frames) == 0 {
		return errors.New("a film needs a frame")
	}
	b := bufio.NewWriter(out)
	svgFrame(b, frames[0].Window)
	fmt.Fprintf(b, "<desc>%s</desc>\n", html.EscapeString(description))
	writeKeyframes(b, frames)
	seen := rowsSeen{}
	fmt.Fprintln(b, "<defs>")
	for _, frame := range frames {
		for _, row := range frame.Grid {
			seen.draw(b, frame.Look, row)
		}
	}
	fmt.Fprintln(b, "</defs>")
	for i, frame := range frames {
		class := "f"
		if i == len(frames)-1 {
			class = "f last"
		}
		fmt.Fprintf(b, `<g class="%s" style="animation-name:k%d">`+"\n", class, i)
		for y, row := range frame.Grid {
			if id, ok := seen.draw(b, frame.Look, row); ok {
				fmt.Fprintf(b, `<use href="#r%d" y="%g"/>`+"\n", id, float64(y)*cellHigh)
			}
		}
		svgCursor(b, frame.Window)
		fmt.Fprintln(b, "</g>")
	}
	fmt.Fprintln(b, "</svg>")
	return b.Flush()
}

// writeKeyframes says when each frame shows.
func writeKeyframes(b *bufio.Writer, frames []Frame) {
	var whole, at time.Duration
	for _, frame := range frames {
		whole += frame.For
	}
	fmt.Fprintf(b, "<style>\n"+filmStyle, whole.Seconds())
	percent := func(t time.Duration) float64 { return math.Round(1e6*float64(t)/float64(whole)) / 1e4 }
	for i, frame := range frames {
		fmt.Fprintf(b, "@keyframes k%d{", i)
		if at > 0 {
			fmt.Fprint(b, "0%{visibility:hidden}")
		}
		fmt.Fprintf(b, "%g%%{visibility:visible}", percent(at))
		if at += frame.For; at < whole {
			fmt.Fprintf(b, "%g%%,100%%{visibility:hidden}", percent(at))
		}
		fmt.Fprintln(b, "}")
	}
	fmt.Fprintln(b, "</style>")
}

// rowsSeen are the rows that were drawn, by their drawing at the top, and their numbers.
type rowsSeen map[string]int

// draw draws a row the first time that it is seen, and gives its number; ok is false for a row without anything.
func (s rowsSeen) draw(b *bufio.Writer, l Look, row []Cell) (id int, ok bool) {
	var drawing bytes.Buffer
	inner := bufio.NewWriter(&drawing)
	svgRow(inner, l, row, 0)
	_ = inner.Flush() // a buffer takes everything
	if drawing.Len() == 0 {
		return 0, false
	}
	id, known := s[drawing.String()]
	if !known {
		id = len(s)
		s[drawing.String()] = id
		fmt.Fprintf(b, "<g id=\"r%d\">\n%s</g>\n", id, drawing.Bytes())
	}
	return id, true
}
