package console

import (
	"strconv"
	"strings"
)

// Coloured reports whether what is printed is painted. terminal says that somebody sees it on one that can. NO_COLOR wins, then FORCE_COLOR
// and CLICOLOR_FORCE paint what goes into a pipe as well, and CLICOLOR=0 leaves a terminal plain. FORCE_COLOR=0 is a no.
func Coloured(getenv func(string) string, terminal bool) bool {
	force := strings.ToLower(getenv("FORCE_COLOR"))
	switch {
	case getenv("NO_COLOR") != "", force == "0", force == "false":
		return false
	case force != "", !off(getenv("CLICOLOR_FORCE")):
		return true
	}
	return terminal && getenv("CLICOLOR") != "0"
}

func off(value string) bool { return value == "" || value == "0" }

// Background is that of a terminal, as far as the environment tells.
type Background struct {
	Light  bool
	Chosen bool // by the person, so that the terminal is not believed
}

// Themes are the values that name a background, or leave that to the terminal.
var Themes = []string{"light", "dark", "auto"}

// BackgroundOf is the background that a person chose, or else the one that COLORFGBG tells of, and dark where it is not known. known is
// false for a choice that is none of the themes.
func BackgroundOf(chosen, colorfgbg string) (b Background, known bool) {
	switch strings.ToLower(strings.TrimSpace(chosen)) {
	case "light":
		return Background{Light: true, Chosen: true}, true
	case "dark":
		return Background{Chosen: true}, true
	case "", "auto":
		return Background{Light: light(colorfgbg)}, true
	}
	return Background{Light: light(colorfgbg)}, false
}

// light reads the last of the numbers in COLORFGBG, the background among the sixteen colours: 7 and all bright ones but grey are light.
func light(colorfgbg string) bool {
	number, err := strconv.Atoi(colorfgbg[strings.LastIndex(colorfgbg, ";")+1:])
	return err == nil && (number == 7 || number > 8 && number < 16)
}

// Accessible follows the common reading of ACCESSIBLE: anything but empty, 0 or false.
func Accessible(value string) bool {
	switch strings.ToLower(value) {
	case "", "0", "false":
		return false
	}
	return true
}
