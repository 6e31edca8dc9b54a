// Package steps is the five documented steps and the answers they collect: Connect, Warehouse, Catalog, Access, Review.
//
// A keystroke goes to the step's own Update, from there to a method of Draft that validates it and clears what depended on the old
// answer. A ui.Task runs check stages or a listing in the background; results come back as data and the step draws them. The wizard and
// the plain prompts are two faces of the same Draft and the same ladder; neither has rules of its own.
package steps
