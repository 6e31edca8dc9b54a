package connector

import (
	"errors"
	"fmt"
	"strings"
)

// ErrInput is the Kind of an Error about a value that a person gave and that cannot be used.
var ErrInput = errors.New("a value that was given cannot be used")

// ErrUnreadable is wrapped by the error of an answer that is too large to read, has no end, or is not put together as it says.
var ErrUnreadable = errors.New("the answer could not be read")

// ErrTooLarge is the ErrUnreadable of an answer that is larger than is read of one.
var ErrTooLarge = fmt.Errorf("%w: it is too large", ErrUnreadable)

// Error is a failure with the words for a person: What happened, and in Remedy the one thing to do. Both are whole sentences that are
// safe to show: they never carry a secret or uncleaned text. errors.Is finds its Kind, which the package that made it lists among its
// sentinels, and everything in Cause.
type Error struct {
	Kind   error
	What   string
	Remedy string
	Cause  error // what the system, a library or the workspace said, or nil
}

// Error is What; a caller that has room shows Remedy below it.
func (e *Error) Error() string { return e.What }

// Unwrap gives the kind and the cause to errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	if e.Cause == nil {
		return []error{e.Kind}
	}
	return []error{e.Kind, e.Cause}
}

// Words gives what happened and what to do of the first Error that err wraps. Of any other error it gives the text, cleaned for one line,
// and notes for share mode what that quotes.
func Words(err error) (what, remedy string) {
	var known *Error
	if errors.As(err, &known) {
		return known.What, known.Remedy
	}
	// The text of a library enters the program here, and may quote what was typed or a name, on a command line or in a file.
	Known().NoteQuoted(err.Error())
	return CleanLine(err.Error(), 500), ""
}

// Sentence is what happened and what to do, as Words gives it, in one text.
func Sentence(err error) string {
	what, remedy := Words(err)
	return strings.TrimSpace(what + " " + remedy)
}

// Said is what an error of the system or of a library says, cleaned and cut to limit characters, for a sentence that goes on or ends behind
// it: without the full stop that Windows puts at the end of its texts.
func Said(err error, limit int) string { return strings.TrimRight(CleanLine(err.Error(), limit), ".") }
