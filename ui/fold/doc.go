// Package fold breaks text into lines that a terminal has room for.
package fold
