package main

import (
	"cmp"
	"image"
	"image/color"
	"maps"
	"slices"
)

// apart is how far two colours are from each other before both are kept.
const apart = 14

// paletted reduces a picture to at most 256 colours. Soft edges of letters make thousands of shades nobody can tell apart, and without
// them the file is a third of the size. A colour that only one mark has is kept, because it is far from the shades that crowd the picture.
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
	for _, c := range colours {
		if len(palette) < 256 && !slices.ContainsFunc(palette, func(kept color.Color) bool { return near(c, kept.(color.RGBA)) }) {
			palette = append(palette, c)
		}
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

func near(a, b color.RGBA) bool {
	between := 0
	for _, of := range [][2]uint8{{a.R, b.R}, {a.G, b.G}, {a.B, b.B}, {a.A, b.A}} {
		d := int(of[0]) - int(of[1])
		between += d * d
	}
	return between < apart*apart
}

func at(src *image.RGBA, i int) color.RGBA {
	return color.RGBA{src.Pix[i], src.Pix[i+1], src.Pix[i+2], src.Pix[i+3]}
}

func key(c color.RGBA) uint32 {
	return uint32(c.R)<<24 | uint32(c.G)<<16 | uint32(c.B)<<8 | uint32(c.A)
}
