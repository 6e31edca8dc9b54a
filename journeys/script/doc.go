// Package script runs the program where there is no terminal: in pipes, scripts and CI. Each file in testdata is one story, in the
// language of testscript.
//
// It is a module of its own, so that what it tests with stays out of the product; it knows the program only as a program.
package script
