package prompt

import "golang.org/x/sys/windows"

// redrawsWithoutTerm asks a console for the sequences that a screen is drawn with, and leaves it as it was. The legacy console refuses.
func redrawsWithoutTerm(out uintptr) bool {
	console := windows.Handle(out)
	var before uint32
	if windows.GetConsoleMode(console, &before) != nil {
		return false
	}
	if windows.SetConsoleMode(console, before|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) != nil {
		return false
	}
	_ = windows.SetConsoleMode(console, before)
	return true
}
