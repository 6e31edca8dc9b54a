package console

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Pager is the command line of the pager that a person has chosen with PAGER, or less where that is there, and nil where long texts are to
// be printed as they are. It is run without a shell.
func Pager(lookup func(string) (string, bool), find func(string) (string, error)) []string {
	chosen, set := lookup("PAGER")
	if !set {
		chosen = "less -FRX"
	}
	command := strings.Fields(chosen)
	if len(command) == 0 || command[0] == "cat" {
		return nil
	}
	path, err := find(command[0])
	if err != nil {
		return nil
	}
	command[0] = path
	return command
}

// Fits reports whether a text leaves a line free on a terminal of this size.
func Fits(text string, width, height int) bool {
	rows := 0
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		rows += 1 + max(0, ansi.StringWidth(line)-1)/max(1, width)
	}
	return rows < height
}

// Page shows a text in a pager until that ends. The error says that it could not be started; then nothing was shown.
func Page(pager []string, text string, out, errors io.Writer) error {
	shown := exec.Command(pager[0], pager[1:]...)
	shown.Stdin, shown.Stdout, shown.Stderr = strings.NewReader(text), out, errors
	if _, set := os.LookupEnv("LESS"); !set {
		shown.Env = append(os.Environ(), "LESS=FRX") // a pager that was chosen as less, without a word on colours
	}
	if err := shown.Start(); err != nil {
		return fmt.Errorf("start the pager: %w", err)
	}
	_ = shown.Wait() // it was left before the end of the text, or with a code of its own
	return nil
}
