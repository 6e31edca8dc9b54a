package connector

import (
	"errors"
	"testing"
)

func TestWhatASystemSaysFitsIntoASentence(t *testing.T) {
	for said, want := range map[string]string{
		"no such file or directory": "no such file or directory",
		"Invalid function.":         "Invalid function",
		"\x1b[2JDenied.":            "␛[2JDenied",
	} {
		if got := Said(errors.New(said), 300); got != want {
			t.Errorf("%q is said as %q, want %q", said, got, want)
		}
	}
}
