// Package console is what a command prints on a terminal without drawing a screen: marks and headings in colour, tables as wide as the
// terminal, and long texts in the pager of whoever reads them. It knows nothing of what it prints.
package console
