package setup

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// The files that a person writes are flat: keys with a text, a number, true or false, or a list of texts. JSON is read as well, because it
// is YAML. Everything else is refused with its line: an answer that was misspelt must not be left out silently.

// fileLimit is more than any such file needs.
const fileLimit = 1 << 20

// fileVersion is the value of the key version that this release writes.
const fileVersion = "1"

// fileKey is one key of a file of type T.
type fileKey[T any] struct {
	name    string
	about   string // one line for the commented example
	example string // as YAML; shown commented out where the key may be left out
	needed  bool
	slot    func(*T) slot
}

// slot is where the value of a key goes, and where it comes from.
type slot interface {
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

// daySlot takes a day, which begins at midnight UTC, or a time.
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

// wordSlot takes one of a few words.
type wordSlot[W ~string] struct {
	at    *W
	words []W
}

func (s wordSlot[W]) take(n *yaml.Node) error {
	if n.Kind == yaml.ScalarNode && slices.Contains(s.words, W(n.Value)) {
		*s.at = W(n.Value)
		return nil
	}
	var known []string
	for _, w := range s.words {
		known = append(known, string(w))
	}
	return errors.New("needs one of these: " + strings.Join(known, ", "))
}

func (s wordSlot[W]) give() *yaml.Node {
	text := string(*s.at)
	return textSlot{&text}.give()
}

// readKeys reads a file. What names it in an error, for example "answers file". The error is a *connector.Error of kind ErrInput, which quotes no
// value: one in the wrong place could be a secret.
func readKeys[T any](content []byte, keys []fileKey[T], what string) (T, error) {
	var into T
	pairs, err := filePairs(content, what)
	if err != nil {
		return into, err
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		at := slices.IndexFunc(keys, func(k fileKey[T]) bool { return k.name == name.Value })
		switch {
		case name.Value == "version":
			if value.Value != fileVersion {
				return into, refuseLine(what, value.Line, "is of another version", "This release reads version "+fileVersion+".")
			}
		case at < 0:
			return into, unknownKey(keys, what, name)
		case holdsSecret(name.Value, value):
			return into, refuseSecret(what, value.Line)
		case seen[name.Value]:
			return into, refuseLine(what, name.Line, fmt.Sprintf("has %q again", name.Value), "Keep one of the two.")
		default:
			if err := keys[at].slot(&into).take(value); err != nil {
				return into, refuseLine(what, value.Line, fmt.Sprintf("is wrong: %q %s", name.Value, err), "Change that line.")
			}
		}
		seen[name.Value] = true
	}
	return into, nil
}

var lineOf = regexp.MustCompile(`line (\d+)`)

// filePairs parses the one mapping of a file into names and values. Anchors and aliases have no use here, and a file could hide in them.
func filePairs(content []byte, what string) ([]*yaml.Node, error) {
	if len(content) > fileLimit {
		return nil, incomplete("The "+what+" is too large.", "Give it only the keys that are known.")
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var file, more yaml.Node
	err := decoder.Decode(&file)
	switch {
	case errors.Is(err, io.EOF):
		return nil, incomplete("The "+what+" is empty.", "Write each answer as KEY: VALUE on a line of its own.")
	case err != nil:
		where := "It"
		if found := lineOf.FindString(err.Error()); found != "" {
			where = words.UpperFirst(found)
		}
		return nil, incomplete("The "+what+" is not YAML. "+where+" cannot be read.", "Write each answer as KEY: VALUE on a line of its own.")
	case !errors.Is(decoder.Decode(&more), io.EOF):
		return nil, incomplete("The "+what+" has more than one document.", "Keep one.")
	}
	top := file.Content[0]
	if top.Kind != yaml.MappingNode {
		return nil, refuseLine(what, top.Line, "has no KEY: VALUE", "Write each answer as KEY: VALUE on a line of its own.")
	}
	for _, n := range top.Content {
		if n.Kind == yaml.AliasNode || n.Anchor != "" {
			return nil, refuseLine(what, n.Line, "has an anchor or an alias", "Write the value out.")
		}
	}
	return top.Content, nil
}

func refuseLine(what string, line int, how, remedy string) error {
	return incomplete(fmt.Sprintf("Line %d of the %s %s.", line, what, how), remedy)
}

var plainWord = regexp.MustCompile(`^[A-Za-z_ -]{1,40}$`)

func unknownKey[T any](keys []fileKey[T], what string, name *yaml.Node) error {
	if isSecretKey(name.Value) {
		return refuseSecret(what, name.Line)
	}
	if !plainWord.MatchString(name.Value) {
		return refuseLine(what, name.Line, "has a key that is not known", "Write each answer as KEY: VALUE on a line of its own.")
	}
	names := []string{"version"}
	for _, k := range keys {
		names = append(names, k.name)
	}
	remedy := "The keys are " + strings.Join(names, ", ") + "."
	if near := connector.Nearest(name.Value, names, 1); len(near) > 0 {
		remedy = fmt.Sprintf("Did you mean %q?", near[0])
	}
	return refuseLine(what, name.Line, fmt.Sprintf("has the unknown key %q", name.Value), remedy)
}
