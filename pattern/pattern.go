// Package pattern puts off the compiling of regular expressions until they are used: there are so many that a program which compiled them all
// before it begins would be seen to start later.
package pattern

import (
	"regexp"
	"sync"
)

// Pattern gives a regular expression, compiled when it is first asked for. It may be called on any goroutine.
type Pattern func() *regexp.Regexp

// New makes a pattern of an expression in the syntax of package regexp. One that is none panics when it is first used.
func New(expression string) Pattern {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
