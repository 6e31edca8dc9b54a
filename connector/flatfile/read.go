package flatfile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/pattern"
	"github.com/draftt-io/draftt-databricks/words"
)

// limit is more than any such file needs.
const limit = 1 << 20

// version is the value of the key version that this release writes.
const version = "1"

// Key is one key of a file of type T.
type Key[T any] struct {
	Name    string
	About   string // one line for the commented example
	Example string // as YAML; shown commented out where the key may be left out
	Needed  bool
	Slot    func(*T) Slot
}

// Empty reports whether the file has nothing at the key.
func (k Key[T]) Empty(file T) bool { return k.Slot(&file).give() == nil }

// Read reads a file. What names it in an error, for example "answers file". The error is a *connector.Error of kind ErrInput, which quotes no
// value: one in the wrong place could be a secret.
func Read[T any](content []byte, keys []Key[T], what string) (T, error) {
	var into T
	pairs, err := filePairs(content, what)
	if err != nil {
		return into, err
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		at := slices.IndexFunc(keys, func(k Key[T]) bool { return k.Name == name.Value })
		switch {
		case name.Value == "version":
			if value.Value != version {
				return into, refuseLine(what, value.Line, "is of another version", "This release reads version "+version+".")
			}
		case at < 0:
			return into, unknownKey(keys, what, name)
		case holdsSecret(name.Value, value):
			return into, refuseSecret(what, value.Line)
		case seen[name.Value]:
			return into, refuseLine(what, name.Line, fmt.Sprintf("has %q again", name.Value), "Keep one of the two.")
		default:
			if err := keys[at].Slot(&into).take(value); err != nil {
				if further := (below{}); errors.As(err, &further) {
					return into, refuseLine(what, further.line, further.how, further.remedy)
				}
				return into, refuseLine(what, value.Line, fmt.Sprintf("is wrong: %q %s", name.Value, err), "Change that line.")
			}
		}
		seen[name.Value] = true
	}
	return into, nil
}

var lineOf = pattern.New(`line (\d+)`)

// filePairs parses the one mapping of a file into names and values. Anchors and aliases have no use here, and a file could hide in them.
func filePairs(content []byte, what string) ([]*yaml.Node, error) {
	if len(content) > limit {
		return nil, refuse("The "+what+" is too large.", "Give it only the keys that are known.")
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var file, more yaml.Node
	err := decoder.Decode(&file)
	switch {
	case errors.Is(err, io.EOF):
		return nil, refuse("The "+what+" is empty.", "Write each answer as KEY: VALUE on a line of its own.")
	case err != nil:
		where := "It"
		if found := lineOf().FindString(err.Error()); found != "" {
			where = words.UpperFirst(found)
		}
		return nil, refuse("The "+what+" is not YAML. "+where+" cannot be read.", "Write each answer as KEY: VALUE on a line of its own.")
	case !errors.Is(decoder.Decode(&more), io.EOF):
		return nil, refuse("The "+what+" has more than one document.", "Keep one.")
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
	return refuse(fmt.Sprintf("Line %d of the %s %s.", line, what, how), remedy)
}

var plainWord = pattern.New(`^[A-Za-z_ -]{1,40}$`)

func unknownKey[T any](keys []Key[T], what string, name *yaml.Node) error {
	if isSecretKey(name.Value) {
		return refuseSecret(what, name.Line)
	}
	if !plainWord().MatchString(name.Value) {
		return refuseLine(what, name.Line, unknownName(name.Value), "Write each answer as KEY: VALUE on a line of its own.")
	}
	return refuseLine(what, name.Line, unknownName(name.Value), nearestKey(append([]Key[T]{{Name: "version"}}, keys...), name.Value))
}

// unknownName says of a key that it is not known. What is no plain word could be anything, so it is not repeated.
func unknownName(name string) string {
	if !plainWord().MatchString(name) {
		return "has a key that is not known"
	}
	return fmt.Sprintf("has the unknown key %q", name)
}

// nearestKey names the key that was most likely meant, or all of them.
func nearestKey[T any](keys []Key[T], asked string) string {
	var names []string
	for _, k := range keys {
		names = append(names, k.Name)
	}
	if near := connector.Nearest(asked, names, 1); len(near) > 0 {
		return fmt.Sprintf("Did you mean %q?", near[0])
	}
	return "The keys are " + strings.Join(names, ", ") + "."
}

func refuse(what, remedy string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: remedy}
}
