// Package outlet is the way that what a command prints takes to where it is seen: each outlet stands over another one and changes what
// passes, or keeps it.
package outlet

import (
	"bytes"
	"io"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/ui/link"
)

// Outlet is where results go: a file or terminal, or one that hides what may not be shown.
type Outlet interface {
	io.ReadWriteCloser
	Fd() uintptr
}

// Over is an outlet that stands over another.
type Over interface{ Below() Outlet }

// Bare is what is below all others: the terminal or the file itself.
func Bare(out Outlet) Outlet {
	for {
		above, ok := out.(Over)
		if !ok {
			return out
		}
		out = above.Below()
	}
}

// Veiled writes no secret, and aliases in place of known values while the screen is shared. Whatever prints goes through it, transcripts
// included; a screen veils what it draws by itself and is given the terminal.
type Veiled struct{ Outlet }

// Write writes the whole text as it may be shown and reports the length of what it was given. JSON that is written at once stays JSON.
func (v Veiled) Write(p []byte) (int, error) {
	if connector.Sharing() {
		if shown, is := veiledJSON(p); is {
			return written(v.Outlet, shown, p)
		}
	}
	return written(v.Outlet, connector.ShownText(string(p)), p)
}

// Below is the outlet that this one stands over.
func (v Veiled) Below() Outlet { return v.Outlet }

// VeiledErrors is Veiled for standard error, which nobody asks whether it is a terminal.
type VeiledErrors struct{ io.Writer }

// Write is that of Veiled.
func (v VeiledErrors) Write(p []byte) (int, error) {
	return written(v.Writer, connector.ShownText(string(p)), p)
}

// written writes what stands for a text, and reports the length of the text.
func written(to io.Writer, shown string, text []byte) (int, error) {
	if _, err := io.WriteString(to, shown); err != nil {
		return 0, err //nolint:wrapcheck // a writer hands on its writer's error
	}
	return len(text), nil
}

// Taped has its text recorded as well.
type Taped struct {
	Outlet
	Record io.Writer
}

// Write writes to both.
func (t Taped) Write(p []byte) (int, error) {
	_, _ = t.Record.Write(p)
	return t.Outlet.Write(p) //nolint:wrapcheck // a writer hands on its writer's error
}

// Below is the outlet that this one stands over.
func (t Taped) Below() Outlet { return t.Outlet }

// Aside has its text go elsewhere, because the file that was asked for goes to the outlet below.
type Aside struct {
	Outlet
	To io.Writer
}

// Write writes to the other place.
func (s Aside) Write(p []byte) (int, error) {
	return s.To.Write(p) //nolint:wrapcheck // a writer hands on its writer's error
}

// Silent shows nothing.
type Silent struct{ Outlet }

// Write keeps quiet.
func (s Silent) Write(p []byte) (int, error) { return len(p), nil }

// Below is the outlet that this one stands over.
func (s Silent) Below() Outlet { return s.Outlet }

// Painted gives the marks that lines begin with their colours.
type Painted struct {
	Outlet
	Style console.Style

	mid bool // in a line whose beginning was written
}

// Write paints and writes.
func (p *Painted) Write(text []byte) (int, error) {
	begun := 0
	if p.mid {
		begun = bytes.IndexByte(text, '\n') + 1
		if begun == 0 {
			begun = len(text)
		}
	}
	p.mid = len(text) > 0 && text[len(text)-1] != '\n' || len(text) == 0 && p.mid
	return written(p.Outlet, string(text[:begun])+p.Style.Marks(string(text[begun:])), text)
}

// Below is the outlet that this one stands over.
func (p *Painted) Below() Outlet { return p.Outlet }

// Linked makes places that the text names into links. None is kept in a record, which hears the text without its sequences.
type Linked struct {
	Outlet
	Links func() []link.Link
}

// Write links and writes.
func (l Linked) Write(p []byte) (int, error) {
	return written(l.Outlet, link.Text(string(p), l.Links()), p)
}

// Below is the outlet that this one stands over.
func (l Linked) Below() Outlet { return l.Outlet }

// LinkedErrors is Linked for standard error.
type LinkedErrors struct {
	io.Writer
	Links func() []link.Link
}

// Write is that of Linked.
func (l LinkedErrors) Write(p []byte) (int, error) {
	return written(l.Writer, link.Text(string(p), l.Links()), p)
}

// Holding keeps what is written instead of showing it.
type Holding struct {
	Outlet
	Text bytes.Buffer
}

// Write keeps the text.
func (h *Holding) Write(p []byte) (int, error) { return h.Text.Write(p) }
