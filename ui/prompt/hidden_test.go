package prompt

import (
	"errors"
	"strings"
	"testing"
)

func TestAHiddenLineUnderstandsTheEditingKeys(t *testing.T) {
	tests := []struct {
		name, typed, want string
		err               error
	}{
		{"a plain line", "secret\r", "secret", nil},
		{"backspace takes a whole letter back", "saä\x7f\x7fecret\r", "secret", nil},
		{"ctrl+u starts over", "wrong\x15secret\n", "secret", nil},
		{"ctrl+w takes a word back", "two wrong\x17words\r", "two words", nil},
		{"ctrl+c interrupts", "sec\x03ret\r", "", ErrInterrupted},
		{"ctrl+d on an empty line ends", "\x04", "", errEnded},
		{"ctrl+d behind text does nothing", "sec\x04ret\r", "secret", nil},
		{"ctrl+z stops, and nothing is lost", "sec\x1aret\r", "secret", nil},
		{"the end of the input is no answer", "secret", "", errEnded},
	}
	for _, test := range tests {
		stopped := 0
		got, err := readHiddenLine(strings.NewReader(test.typed), func() { stopped++ })
		if stopped != strings.Count(test.typed, "\x1a") {
			t.Errorf("%s: stopped %d times", test.name, stopped)
		}
		if string(got) != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s: %q, %v", test.name, got, err)
		}
	}
}
