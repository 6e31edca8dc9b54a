// Package rows keeps the rows of a table that statements change: those that it began with, which are made when they are read, and those that
// were written since. What a table was before a change stays as it was, and shares with what it is now all that the change left.
package rows
