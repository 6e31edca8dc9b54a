package values

import (
	"errors"
	"fmt"
	"strings"
)

// Error is a failed statement as the client sees it.
type Error struct {
	Class    string // Databricks' error class, such as "TABLE_OR_VIEW_NOT_FOUND"; empty where an error has none
	SQLState string // five characters, such as "42P01"
	Message  string // the text after the class

	Place string // where in the statement, as it stands after the SQLSTATE
	At    int    // the same as an offset in bytes, plus one; zero where it is not known
}

// Error returns the text in Databricks' form: [CLASS] message SQLSTATE: 12345,
// then where in the statement the mistake is, if that is known.
func (e *Error) Error() string {
	if e.Class == "" { // so are some refusals of Unity Catalog passed on
		return e.Message
	}
	return fmt.Sprintf("[%s] %s SQLSTATE: %s%s", e.Class, e.Message, e.SQLState, e.Place)
}

// maxRepeated is how much of a value an error repeats.
const maxRepeated = 1000

func repeated(text string) string {
	if len(text) <= maxRepeated {
		return text
	}
	return strings.ToValidUTF8(text[:maxRepeated], "") + "…"
}

// AsError returns err as an [*Error], wrapping what has no class of its own as
// an internal error.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Class: "INTERNAL_ERROR", SQLState: "XX000", Message: err.Error() + "."}
}

// DivideByZero is how a division ends whose divisor is zero.
func DivideByZero() *Error {
	return &Error{Class: "DIVIDE_BY_ZERO", SQLState: "22012",
		Message: "Division by zero. Use `try_divide` to tolerate divisor being 0 and return NULL instead. " +
			"If necessary set \"ansi_mode\" to \"false\" to bypass this error."}
}

// TooLarge is how a statement ends whose result has more values than there may be.
func TooLarge(most int64) *Error {
	return &Error{Class: "RESULT_SIZE_EXCEEDED", SQLState: "54000",
		Message: fmt.Sprintf("The result has more than %d values, which is the limit of the embedded workspace.", most),
	}
}

// TooHeavy is how a statement ends whose result has more bytes than there may be.
func TooHeavy(most int64) *Error {
	return &Error{Class: "RESULT_SIZE_EXCEEDED", SQLState: "54000",
		Message: fmt.Sprintf("The result has more than %d bytes of text, which is the limit of the embedded workspace.", most),
	}
}

// TooLong is how a statement ends that has a value longer than one may be.
func TooLong(most int) *Error {
	return &Error{Class: "RESULT_SIZE_EXCEEDED", SQLState: "54000",
		Message: fmt.Sprintf("A value has more than %d bytes, which is the limit of the embedded workspace.", most),
	}
}

// Canceled is how a statement ends whose client went away or gave up.
func Canceled() *Error {
	return &Error{Class: "OPERATION_CANCELED", SQLState: "HY008", Message: "Operation was canceled."}
}
