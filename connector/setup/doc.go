// Package setup is what a set-up is, without a terminal: the five documented steps as a draft with its rules, what counts as proven, how it
// is protected, saved, kept, resumed and handed off, and what becomes of a saved connection afterwards: its test, its contract, its
// rotation and its end. Screens, lines, an answers file and the command line are faces of it and have no rule of their own.
//
// A keystroke travels to a method of Draft, which validates and normalises the answer and clears what depended on the old one. What takes
// time is an Attempt or a func for the face to run; its outcome is handed back in a method, and only then counts.
package setup
