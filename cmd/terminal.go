package cmd

import (
	"os"
	"strings"

	"github.com/charmbracelet/x/term"

	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// face is how a set-up talks to a person.
type face int

const (
	faceScreen face = iota // the wizard
	facePlain              // line by line
	faceNone               // there is nobody to talk to
)

// face decides once, from the terminal and what the person asked for. A wizard needs both ends to be a terminal; a redrawn screen also
// needs one that can move its cursor.
func (a *app) face() face {
	if !term.IsTerminal(a.in.Fd()) || !term.IsTerminal(a.out.Fd()) {
		return faceNone
	}
	if a.flags.plain || accessible(os.Getenv("ACCESSIBLE")) {
		return facePlain
	}
	if prompt.OnlyLines(os.Getenv("TERM"), a.out.Fd()) {
		return facePlain
	}
	return faceScreen
}

// accessible follows the common reading of ACCESSIBLE: anything but empty, 0 or false.
func accessible(value string) bool {
	switch strings.ToLower(value) {
	case "", "0", "false":
		return false
	}
	return true
}
