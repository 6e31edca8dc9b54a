package prompt

// OnlyLines reports whether the screen of a terminal cannot be redrawn, which leaves asking line by line. TERM, as the environment has it,
// decides. Where it is not set, as in every console of Windows, the terminal itself is asked.
func OnlyLines(term string, out uintptr) bool {
	switch term {
	case "":
		return !redrawsWithoutTerm(out)
	case "dumb":
		return true
	}
	return false
}
