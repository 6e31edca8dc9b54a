package main

import (
	"image"
	"image/color"
	"math"
)

// corners is the mask of a rectangle with round corners and soft edges.
type corners struct {
	left, top, right, bottom int
	radius                   float64
}

// ColorModel is that of a mask.
func (c corners) ColorModel() color.Model { return color.AlphaModel }

// Bounds are those of the rectangle.
func (c corners) Bounds() image.Rectangle { return image.Rect(c.left, c.top, c.right, c.bottom) }

// At is how much of a pixel lies inside.
func (c corners) At(x, y int) color.Color {
	dx := beyond(float64(x)+0.5, float64(c.left)+c.radius, float64(c.right)-c.radius)
	dy := beyond(float64(y)+0.5, float64(c.top)+c.radius, float64(c.bottom)-c.radius)
	inside := c.radius + 0.5 - math.Hypot(dx, dy)
	return color.Alpha{A: uint8(255 * min(1, max(0, inside)))}
}

// beyond is how far v lies outside of from..to.
func beyond(v, from, to float64) float64 {
	return max(0, from-v, v-to)
}
