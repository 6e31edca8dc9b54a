// Package tty stands between a terminal and whatever reads its keys. A
// terminal answers questions on the same line on which a person types, and
// over a slow connection an answer arrives in pieces. What is left of one must
// neither be typed into a field nor act as a key, and nothing typed may be
// lost over it.
package tty
