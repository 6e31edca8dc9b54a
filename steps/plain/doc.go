// Package plain is the five steps line by line: for screen readers, for terminals that cannot redraw, and for whoever likes it. It has the
// same draft, the same attempts and the same words as the screens.
package plain
