//go:build !unix

package prompt

import (
	"context"
	"os"
)

// LineReady is nil: a console tells of single keys, not of lines.
func LineReady(*os.File) func(context.Context) bool { return nil }
