package outlet

import (
	"bytes"
	"sync"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/contain"
)

// Opening does something in the background once the first frame of a full screen was written to an outlet, so that nothing that a person
// does not see yet keeps them from what they look at first. With nothing to do it is the outlet itself.
func Opening(out Outlet, do func()) Outlet {
	if do == nil {
		return out
	}
	return &opening{Outlet: out, do: sync.OnceFunc(func() { contain.Go("working behind the first frame", do) })}
}

type opening struct {
	Outlet
	do func()
}

// Write looks for the words that a screen enters with. The terminal library writes them together with the first frame.
func (o *opening) Write(p []byte) (int, error) {
	n, err := o.Outlet.Write(p)
	if bytes.Contains(p, []byte(ansi.SetModeAltScreenSaveCursor)) {
		o.do()
	}
	return n, err //nolint:wrapcheck // a writer hands on its writer's error
}
