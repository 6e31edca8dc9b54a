package cmd

import "testing"

func TestNoFileIsReadFromATerminal(t *testing.T) {
	s := newShelf(t, "ready")
	for _, args := range [][]string{{"setup", "--answers", "-"}, {"import", "-"}, {"bundle", "open", "-"}, {"demo", "--test", "--fault", "-"}} {
		s.typing("x\n", 200, 50, args...).wants(t, exitUsage, "reads standard input, which is a terminal.", "Name the file, or send it there with < or |.")
	}
}
