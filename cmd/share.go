package cmd

import (
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
)

// beginSharing turns share mode on where it was asked for, and makes the screens keep to it. The wizard's key may turn it on later.
func (a *app) beginSharing(c *cobra.Command, args []string) {
	panels.Share(a.flags.share)
	known := connector.Known()
	if home, err := os.UserHomeDir(); err == nil {
		known.Note(connector.KindFolder, home)
	}
	known.NoteFolder(".")
	c.Flags().Visit(func(f *pflag.Flag) {
		path := f.Value.String()
		if _, folder := f.Annotations[cobra.BashCompSubdirsInDir]; folder {
			known.NoteFolder(path)
		} else if _, file := f.Annotations[cobra.BashCompFilenameExt]; file || filepath.IsAbs(path) {
			known.NoteFolder(filepath.Dir(path))
		}
	})
	for _, path := range args {
		if filepath.IsAbs(path) {
			known.NoteFolder(filepath.Dir(path))
		}
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
