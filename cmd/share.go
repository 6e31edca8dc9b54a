package cmd

import (
	"io"
	"os"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// output is where results go: a file or terminal, or one that hides what may not be shown.
type output interface {
	io.ReadWriteCloser
	Fd() uintptr
}

// veiled writes no secret, and aliases in place of known values while the screen is shared. Whatever prints goes through it, transcripts
// included; the wizard veils what it draws by itself and is given the terminal.
type veiled struct{ output }

// Write writes the whole text as it may be shown and reports the length of what it was given.
func (v veiled) Write(p []byte) (int, error) {
	if _, err := io.WriteString(v.output, connector.ShownText(string(p))); err != nil {
		return 0, err //nolint:wrapcheck // a writer hands on its writer's error
	}
	return len(p), nil
}

// veiledErrors is veiled for standard error, which nobody asks whether it is a terminal.
type veiledErrors struct{ io.Writer }

// Write is that of veiled.
func (v veiledErrors) Write(p []byte) (int, error) {
	if _, err := io.WriteString(v.Writer, connector.ShownText(string(p))); err != nil {
		return 0, err //nolint:wrapcheck // a writer hands on its writer's error
	}
	return len(p), nil
}

// bare is the terminal itself.
func bare(out output) output {
	for {
		inner, ok := out.(interface{ below() output })
		if !ok {
			return out
		}
		out = inner.below()
	}
}

func (v veiled) below() output { return v.output }

// beginSharing turns share mode on where it was asked for, and makes the screens keep to it. The wizard's key may turn it on later.
func (a *app) beginSharing() {
	connector.Share(a.flags.share)
	if home, err := os.UserHomeDir(); err == nil {
		connector.Known().Note(connector.KindFolder, home)
	}
	ui.UseAliases(panels.Aliases())
}

// shareNotice suggests share mode once where somebody may be looking on, or be shown a recording later.
func (a *app) shareNotice() string {
	if a.flags.share {
		return ""
	}
	return suggestSharing(os.Getenv)
}

func suggestSharing(getenv func(string) string) string {
	for _, name := range []string{"ASCIINEMA_REC", "ASCIINEMA_SESSION", "SCRIPT", "TMATE", "UPTERM_ADMIN_SOCKET"} {
		if getenv(name) != "" {
			return "This session may be seen by others: ctrl+s shows aliases in place of names."
		}
	}
	if getenv("SSH_TTY") != "" && getenv("TMUX") != "" {
		return "Others may share this tmux session: ctrl+s shows aliases in place of names."
	}
	return ""
}
