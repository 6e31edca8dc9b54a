package contain

// provoke is called with what is about to run. It does nothing; a build for tests puts a panic in its place, to see what becomes of the
// terminal.
func provoke(string) {}
