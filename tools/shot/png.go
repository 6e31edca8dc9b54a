package main

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"io"

	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavusansmonobold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// WritePNG draws a window with a font that is part of this program, so that the picture is the same on every machine.
func WritePNG(w Window, out io.Writer) error {
	fonts, err := loadFonts()
	if err != nil {
		return err
	}
	wide, high := w.size()
	c := canvas{RGBA: image.NewRGBA(image.Rect(0, 0, px(wide), px(high))), fonts: fonts}
	c.frame(w)
	for y, row := range w.Grid {
		for x, cell := range row {
			c.cell(w.Look, cell, x, y)
		}
	}
	if w.HasCursor {
		x, y := place(w.CursorX, w.CursorY)
		c.fill(x, y, 1.5, cellHigh, w.Look.Cursor)
	}
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	return encoder.Encode(out, paletted(c.RGBA))
}

// faces are one font in its weights.
type faces struct{ regular, bold font.Face }

func loadFonts() (faces, error) {
	var loaded [2]font.Face
	for i, data := range [][]byte{dejavusansmono.TTF, dejavusansmonobold.TTF} {
		parsed, err := opentype.Parse(data)
		if err != nil {
			return faces{}, fmt.Errorf("read the font: %w", err)
		}
		loaded[i], err = opentype.NewFace(parsed, &opentype.FaceOptions{Size: fontSize * scale, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			return faces{}, fmt.Errorf("prepare the font: %w", err)
		}
	}
	return faces{loaded[0], loaded[1]}, nil
}

// canvas draws in points on pixels.
type canvas struct {
	*image.RGBA
	fonts faces
}

func px(points float64) int { return int(points*scale + 0.5) }

func (c canvas) fill(x, y, wide, high float64, with color.Color) {
	area := image.Rect(px(x), px(y), px(x+wide), px(y+high))
	draw.Draw(c, area, image.NewUniform(with), image.Point{}, draw.Over)
}

func (c canvas) cell(l Look, cell Cell, col, row int) {
	if cell.Blank() {
		return
	}
	fg, bg := l.resolve(cell)
	x, y := place(col, row)
	wide := cellWide
	if cell.Wide {
		wide *= 2
	}
	if bg != l.Back {
		c.fill(x, y, wide, cellHigh, bg)
	}
	if cell.Underline {
		c.fill(x, y+14.5, wide, 0.75, fg)
	}
	if c.braille(cell.Text, x, y, fg) {
		return
	}
	face := c.fonts.regular
	if cell.Bold {
		face = c.fonts.bold
	}
	c.text(face, cell.Text, x, y+12.75, fg)
}

func (c canvas) text(face font.Face, text string, x, y float64, with color.Color) {
	drawer := font.Drawer{Dst: c, Src: image.NewUniform(with), Face: face, Dot: fixed.P(px(x), px(y))}
	drawer.DrawString(text)
}

// frame draws the window around the cells: an edge, a bar with three buttons, and the title.
func (c canvas) frame(w Window) {
	wide, high := w.size()
	l := w.Look
	c.rounded(0, 0, wide, high, radius, l.Edge, high)
	c.rounded(0.5, 0.5, wide-1, high-1, radius-0.5, l.Back, high)
	c.rounded(0.5, 0.5, wide-1, high-1, radius-0.5, l.Bar, barHigh-0.5)
	for i, with := range l.Buttons {
		const r = 5.5
		c.rounded(padding+6+float64(i)*buttonGap-r, barHigh/2-r, 2*r, 2*r, r, with, 2*r)
	}
	room := font.MeasureString(c.fonts.regular, w.Title).Ceil()
	c.text(c.fonts.regular, w.Title, wide/2-float64(room)/2/scale, barHigh/2+4.5, l.Title)
}

// rounded fills the upper part of a rectangle with round corners.
func (c canvas) rounded(x, y, wide, high, r float64, with color.NRGBA, upTo float64) {
	area := image.Rect(px(x), px(y), px(x+wide), px(y+upTo))
	draw.DrawMask(c, area, image.NewUniform(with), image.Point{}, corners{px(x), px(y), px(x + wide), px(y + high), r * scale}, area.Min, draw.Over)
}
