// Package journeys walks the real program in a real terminal, the way a person does: it presses keys in tmux and reads the screen.
// Each test is a page of the user's manual, and says which screens a person meets. What runs without a terminal is in journeys/script.
//
// Everything stays on this machine: the program has a home folder of its own for each journey, and the only workspace is the embedded
// one, inside the demo or on a loopback address.
package journeys
