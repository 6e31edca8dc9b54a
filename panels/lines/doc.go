// Package lines is the line-by-line half of panels.
package lines
