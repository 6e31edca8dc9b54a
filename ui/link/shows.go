package link

import (
	"slices"
	"strconv"
	"strings"
)

// programs are the terminals that show links, by the name they give themselves in TERM_PROGRAM.
var programs = []string{"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio", "mintty", "contour"}

// marks are variables that only terminals with links set.
var marks = []string{"WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "ALACRITTY_WINDOW_ID", "DOMTERM"}

// terms are the terminals that show links, by what TERM begins with. It alone comes along over ssh.
var terms = []string{"xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm", "contour", "rio"}

// Shows reports whether the terminal of an environment shows links. Who is not known shows none. FORCE_HYPERLINK decides where it is set,
// as it does for other programs.
func Shows(getenv func(string) string) bool {
	if forced := getenv("FORCE_HYPERLINK"); forced != "" {
		return forced != "0" && forced != "false"
	}
	term, program := getenv("TERM"), getenv("TERM_PROGRAM")
	switch {
	case program == "tmux":
		return atLeast(getenv("TERM_PROGRAM_VERSION"), 3, 4) // earlier ones drop them
	case getenv("TMUX")+getenv("STY") != "", strings.HasPrefix(term, "screen"), strings.HasPrefix(term, "tmux"):
		return false
	}
	if vte, err := strconv.Atoi(getenv("VTE_VERSION")); err == nil && vte > 5000 { // 0.50.0 itself ends at one
		return true
	}
	return slices.Contains(programs, program) ||
		slices.ContainsFunc(marks, func(name string) bool { return getenv(name) != "" }) ||
		slices.ContainsFunc(terms, func(name string) bool { return strings.HasPrefix(term, name) })
}

// atLeast compares a version such as 3.4 or 3.5a.
func atLeast(version string, major, minor int) bool {
	first, rest, _ := strings.Cut(version, ".")
	end := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	if end >= 0 {
		rest = rest[:end]
	}
	a, errA := strconv.Atoi(first)
	b, errB := strconv.Atoi(rest)
	return errA == nil && errB == nil && (a > major || a == major && b >= minor)
}
