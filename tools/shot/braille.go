package main

import "image/color"

// brailleDots are the places of the eight dots of a braille pattern, column and row, in the order of the bits of its code point.
var brailleDots = [8][2]int{{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}}

// braille draws a braille pattern, which spinners are made of and the font does not have. It reports whether text is one.
func (c canvas) braille(text string, x, y float64, with color.NRGBA) bool {
	letters := []rune(text)
	if len(letters) != 1 || letters[0] < 0x2800 || letters[0] > 0x28ff {
		return false
	}
	const size = 1.8
	for bit, at := range brailleDots {
		if letters[0]&(1<<bit) != 0 {
			left, top := x+1.6+float64(at[0])*3.2, y+2.6+float64(at[1])*3.2
			c.rounded(left, top, size, size, size/2, with, size)
		}
	}
	return true
}
