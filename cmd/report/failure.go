package report

// Failure is what a command prints that ended without what it was to print.
type Failure struct {
	Version string  `json:"version"` // of the program
	Error   Problem `json:"error"`
}

// Problem is what went wrong, and the one thing to do about it where there is one.
type Problem struct {
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
	Exit    int    `json:"exit"`
}
