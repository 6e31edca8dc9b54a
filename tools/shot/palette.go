package main

import (
	"cmp"
	"image"
	"image/color"
	"maps"
	"slices"
)

// paletted reduces a picture to the 256 colours that it has most of. Soft edges of letters make thousands of shades nobody can tell
// apart, and without them the file is a third of the size.
func paletted(src *image.RGBA) *image.Paletted {
	seen := map[color.RGBA]int{}
	for i := 0; i < len(src.Pix); i += 4 {
		seen[at(src, i)]++
	}
	colours := slices.Collect(maps.Keys(seen))
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(seen[b], seen[a]), cmp.Compare(key(a), key(b)))
	})
	var palette color.Palette
	for _, c := range colours[:min(256, len(colours))] {
		palette = append(palette, c)
	}
	index := map[color.RGBA]uint8{}
	for c := range seen {
		index[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(src.Bounds(), palette)
	for i := range out.Pix {
		out.Pix[i] = index[at(src, i*4)]
	}
	return out
}

func at(src *image.RGBA, i int) color.RGBA {
	return color.RGBA{src.Pix[i], src.Pix[i+1], src.Pix[i+2], src.Pix[i+3]}
}

func key(c color.RGBA) uint32 {
	return uint32(c.R)<<24 | uint32(c.G)<<16 | uint32(c.B)<<8 | uint32(c.A)
}
