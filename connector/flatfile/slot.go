package flatfile

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// Slot is where the value of a key goes, and where it comes from.
type Slot interface {
	take(*yaml.Node) error
	give() *yaml.Node // nil when there is nothing to write
}

var (
	errNotText  = errors.New("needs a text")
	errNotFlag  = errors.New("needs true or false")
	errNotList  = errors.New("needs a list")
	errNotCount = errors.New("needs a whole number")
	errNotDay   = errors.New("needs a day like 2027-06-30, or a time like 2027-06-30T12:00:00Z")
)

// Text is a slot for a text, without the blanks around it where it is one line.
func Text(at *string) Slot { return textSlot{at} }

type textSlot struct{ at *string }

func (s textSlot) take(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return errNotText
	}
	if *s.at = n.Value; !strings.Contains(n.Value, "\n") {
		*s.at = strings.TrimSpace(n.Value)
	}
	return nil
}

func (s textSlot) give() *yaml.Node {
	if *s.at == "" {
		return nil
	}
	return textNode(*s.at)
}

func textNode(text string) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text}
}

// Flag is a slot for true or false.
func Flag(at *bool) Slot { return flagSlot{at} }

type flagSlot struct{ at *bool }

func (s flagSlot) take(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		return errNotFlag
	}
	*s.at = strings.EqualFold(n.Value, "true")
	return nil
}

func (s flagSlot) give() *yaml.Node {
	if !*s.at {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: "true"}
}

// Count is a slot for a whole number that is not negative.
func Count(at *int) Slot { return countSlot{at} }

type countSlot struct{ at *int }

func (s countSlot) take(n *yaml.Node) error {
	value, err := strconv.Atoi(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || value < 0 {
		return errNotCount
	}
	*s.at = value
	return nil
}

func (s countSlot) give() *yaml.Node {
	if *s.at == 0 {
		return nil
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(*s.at)}
}

// Day is a slot for a day, which begins at midnight UTC, or a time.
func Day(at *time.Time) Slot { return daySlot{at} }

type daySlot struct{ at *time.Time }

func (s daySlot) take(n *yaml.Node) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		at, err := time.Parse(layout, n.Value)
		if at = at.UTC().Truncate(time.Second); n.Kind == yaml.ScalarNode && err == nil && at.Year() >= 2000 && at.Year() < 3000 {
			*s.at = at
			return nil
		}
	}
	return errNotDay
}

func (s daySlot) give() *yaml.Node {
	if s.at.IsZero() {
		return nil
	}
	if day := s.at.Truncate(24 * time.Hour); day.Equal(*s.at) {
		return textNode(day.Format(time.DateOnly))
	}
	return textNode(s.at.Format(time.RFC3339))
}

// List is a slot for a list of texts.
func List(at *[]string) Slot { return listSlot{at} }

type listSlot struct{ at *[]string }

func (s listSlot) take(n *yaml.Node) error {
	if n.Kind != yaml.SequenceNode {
		return errNotList
	}
	var list []string
	for _, item := range n.Content {
		var text string
		if err := (textSlot{&text}).take(item); err != nil || text == "" {
			return errors.New("needs a list of texts")
		}
		list = append(list, text)
	}
	*s.at = list
	return nil
}

func (s listSlot) give() *yaml.Node {
	if len(*s.at) == 0 {
		return nil
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, text := range *s.at {
		n.Content = append(n.Content, textNode(text))
	}
	return n
}

// Word is a slot for one of a few words.
func Word[W ~string](at *W, words ...W) Slot { return wordSlot[W]{at, words} }

type wordSlot[W ~string] struct {
	at    *W
	words []W
}

func (s wordSlot[W]) take(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode && slices.Contains(s.words, W(n.Value)) {
		*s.at = W(n.Value)
		return nil
	}
	return errors.New("needs one of these: " + joined(s.words))
}

func joined[W ~string](words []W) string {
	var known []string
	for _, w := range words {
		known = append(known, string(w))
	}
	return strings.Join(known, ", ")
}

func (s wordSlot[W]) give() *yaml.Node {
	text := string(*s.at)
	return textSlot{&text}.give()
}
