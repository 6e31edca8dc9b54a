package main

import (
	"image/color"

	"github.com/charmbracelet/x/ansi"
)

// Look is the colours of a terminal window.
type Look struct {
	Back, Text, Cursor color.NRGBA
	Bar, Title, Edge   color.NRGBA
	Buttons            [3]color.NRGBA
	Basic              [16]color.NRGBA // the colours that programs call by name
}

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

// Dark and Light are the two looks of the pictures.
var (
	Dark = Look{
		Back: rgb(0x16181d), Text: rgb(0xdfe3ea), Cursor: rgb(0xdfe3ea),
		Bar: rgb(0x22252c), Title: rgb(0x98a0ad), Edge: rgb(0x343842),
		Buttons: [3]color.NRGBA{rgb(0xec6a5e), rgb(0xf4bf4f), rgb(0x61c554)},
		Basic: [16]color.NRGBA{
			rgb(0x2b2f38), rgb(0xe06c75), rgb(0x98c379), rgb(0xe5c07b), rgb(0x61afef), rgb(0xc678dd), rgb(0x56b6c2), rgb(0xc8ccd4),
			rgb(0x5c6370), rgb(0xf07178), rgb(0xa8d389), rgb(0xf5d08b), rgb(0x71bfff), rgb(0xd688ed), rgb(0x66c6d2), rgb(0xffffff),
		},
	}
	Light = Look{
		Back: rgb(0xffffff), Text: rgb(0x24292f), Cursor: rgb(0x24292f),
		Bar: rgb(0xeff1f4), Title: rgb(0x667080), Edge: rgb(0xc9ced6),
		Buttons: [3]color.NRGBA{rgb(0xec6a5e), rgb(0xf4bf4f), rgb(0x61c554)},
		Basic: [16]color.NRGBA{
			rgb(0x24292f), rgb(0xb3261e), rgb(0x1a7f37), rgb(0x7d5a00), rgb(0x0550ae), rgb(0x8250df), rgb(0x0f6a78), rgb(0x6e7781),
			rgb(0x57606a), rgb(0xa40e26), rgb(0x116329), rgb(0x633c01), rgb(0x0969da), rgb(0x6639ba), rgb(0x1b7c83), rgb(0x8c959f),
		},
	}
)

// resolve gives a cell's colours as they are drawn.
func (l Look) resolve(c Cell) (fg, bg color.NRGBA) {
	fg, bg = l.solid(c.Fg, l.Text), l.solid(c.Bg, l.Back)
	if c.Reverse {
		fg, bg = bg, fg
	}
	if c.Faint {
		fg = mix(fg, bg, 0.4)
	}
	return fg, bg
}

func (l Look) solid(c color.Color, otherwise color.NRGBA) color.NRGBA {
	switch c := c.(type) {
	case nil:
		return otherwise
	case ansi.BasicColor:
		return l.Basic[int(c)%len(l.Basic)]
	case ansi.IndexedColor:
		if int(c) < len(l.Basic) {
			return l.Basic[c]
		}
	}
	return color.NRGBAModel.Convert(c).(color.NRGBA)
}

// mix is a with a share of b.
func mix(a, b color.NRGBA, share float64) color.NRGBA {
	blend := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + 0.5) }
	return color.NRGBA{R: blend(a.R, b.R), G: blend(a.G, b.G), B: blend(a.B, b.B), A: blend(a.A, b.A)}
}
