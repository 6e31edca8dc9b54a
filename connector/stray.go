package connector

import (
	"errors"

	"github.com/draftt-io/draftt-databricks/redact"
	"github.com/draftt-io/draftt-databricks/words"
)

// ErrStray is in every Error about a secret that was given where something else belongs. Such an error repeats no part of the input.
var ErrStray = errors.New("a secret stands in a place for something else")

// Exposed is what to do about a secret that was given in a wrong place.
const Exposed = "A secret that was shown or written down elsewhere should be replaced: create a new one in Databricks and delete this one."

// Stray is a secret within an input that is no place for one.
type Stray struct {
	Secret Secret
	Rest   string // the input with a fixed mask in place of the secret
}

// FindStray looks for a secret in an input, by form and by position. From then on no text of the program repeats it.
func FindStray(input string) (Stray, bool) {
	found, ok := redact.Find(input)
	if !ok {
		return Stray{}, false
	}
	return Stray{Secret: NewSecret([]byte(found.Secret)), Rest: found.Rest}, true
}

// WithoutStray is an input as it may be kept and shown: with a fixed mask in place of a secret in it.
func WithoutStray(input string) string {
	if s, ok := FindStray(input); ok {
		return s.Rest
	}
	return input
}

// RefuseStray is the error of an input that holds a secret, nil where it holds none. place is what belongs there: "the workspace host".
func RefuseStray(input, place string) error {
	s, ok := FindStray(input)
	if !ok {
		return nil
	}
	return s.refusal(place)
}

func (s Stray) refusal(place string) error {
	what := words.UpperFirst(s.Secret.Shape().Called()) + " stands in the place of " + place + "."
	return &Error{Kind: ErrInput, What: what, Remedy: Exposed, Cause: ErrStray}
}

// refusePrefixed refuses what begins as a secret of Databricks does, however little follows: the rest may be on its way. text is in lower case.
func refusePrefixed(text, place string) error {
	if s := NewSecret([]byte(text)); s.Shape().Method() != "" {
		return Stray{Secret: s}.refusal(place)
	}
	return nil
}
