package flatfile

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"
)

// Slots for files that hold more than one flat list of keys.

var (
	errNotSpan  = errors.New("needs a time such as 500ms, 2s or 1m")
	errNotPairs = errors.New("needs pairs of NAME: TEXT")
	errNotItems = errors.New("needs a list, each item of which begins with a hyphen")
)

// Verbatim is a slot for a text, of which every blank counts.
func Verbatim(at *string) Slot { return verbatimSlot{at} }

type verbatimSlot struct{ at *string }

func (s verbatimSlot) take(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return errNotText
	}
	*s.at = n.Value
	return nil
}

func (s verbatimSlot) give() *yaml.Node { return textSlot(s).give() }

// Words is a slot for a list of a few words.
func Words[W ~string](at *[]W, words ...W) Slot { return wordsSlot[W]{at, words} }

type wordsSlot[W ~string] struct {
	at    *[]W
	words []W
}

func (s wordsSlot[W]) take(n *yaml.Node) error {
	if n.Kind != yaml.SequenceNode || len(n.Content) > mostItems {
		return errNotList
	}
	var list []W
	for _, item := range n.Content {
		var one W
		if (wordSlot[W]{&one, s.words}).take(item) != nil {
			return errors.New("needs a list of these: " + joined(s.words))
		}
		list = append(list, one)
	}
	*s.at = list
	return nil
}

func (s wordsSlot[W]) give() *yaml.Node {
	var list []string
	for _, w := range *s.at {
		list = append(list, string(w))
	}
	return listSlot{&list}.give()
}

// Span is a slot for a length of time, as Go writes it, up to a day.
func Span(at *time.Duration) Slot { return spanSlot{at} }

type spanSlot struct{ at *time.Duration }

func (s spanSlot) take(n *yaml.Node) error {
	d, err := time.ParseDuration(n.Value)
	if n.Kind != yaml.ScalarNode || err != nil || d < 0 || d > 24*time.Hour {
		return errNotSpan
	}
	*s.at = d
	return nil
}

func (s spanSlot) give() *yaml.Node {
	if *s.at == 0 {
		return nil
	}
	return textNode(s.at.String())
}

// Pairs is a slot for texts by their names.
func Pairs(at *map[string]string) Slot { return pairsSlot{at} }

type pairsSlot struct{ at *map[string]string }

func (s pairsSlot) take(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return errNotPairs
	}
	pairs := map[string]string{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, value := n.Content[i], n.Content[i+1]
		if value.Kind != yaml.ScalarNode || name.Kind != yaml.ScalarNode || name.Value == "" {
			return errNotPairs
		}
		if _, twice := pairs[name.Value]; twice {
			return fmt.Errorf("has %q twice", name.Value)
		}
		pairs[name.Value] = value.Value
	}
	*s.at = pairs
	return nil
}

func (s pairsSlot) give() *yaml.Node {
	if len(*s.at) == 0 {
		return nil
	}
	n := &yaml.Node{Kind: yaml.MappingNode}
	for _, name := range slices.Sorted(maps.Keys(*s.at)) {
		n.Content = append(n.Content, textNode(name), textNode((*s.at)[name]))
	}
	return n
}

// Each is a slot for a list of things that have keys of their own. Whole looks at each when all its keys are read, and says what is wrong
// with them together, or nothing; it may be nil.
func Each[T any](at *[]T, keys []Key[T], whole func(*T) error) Slot {
	return eachSlot[T]{at, keys, whole}
}

type eachSlot[T any] struct {
	at    *[]T
	keys  []Key[T]
	whole func(*T) error
}

// mostItems is how long a list of things may be.
const mostItems = 1000

func (s eachSlot[T]) take(n *yaml.Node) error {
	if n.Kind != yaml.SequenceNode {
		return errNotItems
	}
	if len(n.Content) > mostItems {
		return fmt.Errorf("has more than %d items", mostItems)
	}
	var list []T
	for _, item := range n.Content {
		if item.Kind != yaml.MappingNode || len(item.Content) == 0 {
			return below{item.Line, "has no KEY: VALUE", "Write each item as KEY: VALUE, with a hyphen before the first."}
		}
		one, err := readItem(item.Content, s.keys)
		if err == nil && s.whole != nil {
			if wrong := s.whole(&one); wrong != nil {
				err = below{item.Line, "is wrong: " + wrong.Error(), "Change what begins on that line."}
			}
		}
		if err != nil {
			return err
		}
		list = append(list, one)
	}
	*s.at = list
	return nil
}

func (s eachSlot[T]) give() *yaml.Node {
	if len(*s.at) == 0 {
		return nil
	}
	n := &yaml.Node{Kind: yaml.SequenceNode}
	for _, one := range *s.at {
		item := &yaml.Node{Kind: yaml.MappingNode}
		for _, k := range s.keys {
			if value := k.Slot(&one).give(); value != nil {
				item.Content = append(item.Content, textNode(k.Name), value)
			}
		}
		n.Content = append(n.Content, item)
	}
	return n
}

// below is what is wrong with a line further down than the key that is read.
type below struct {
	line        int
	how, remedy string
}

func (b below) Error() string { return b.how }

// readItem reads the keys of one thing of a list.
func readItem[T any](pairs []*yaml.Node, keys []Key[T]) (T, error) {
	var into T
	var seen []string
	for i := 0; i+1 < len(pairs); i += 2 {
		name, value := pairs[i], pairs[i+1]
		at := slices.IndexFunc(keys, func(k Key[T]) bool { return k.Name == name.Value })
		switch {
		case value.Kind == yaml.AliasNode || value.Anchor != "":
			return into, below{value.Line, "has an anchor or an alias", "Write the value out."}
		case at < 0:
			return into, below{name.Line, unknownName(name.Value), nearestKey(keys, name.Value)}
		case slices.Contains(seen, name.Value):
			return into, below{name.Line, fmt.Sprintf("has %q again", name.Value), "Keep one of the two."}
		}
		seen = append(seen, name.Value)
		if err := keys[at].Slot(&into).take(value); err != nil {
			if further := (below{}); errors.As(err, &further) {
				return into, further
			}
			return into, below{value.Line, fmt.Sprintf("is wrong: %q %s", name.Value, err), "Change that line."}
		}
	}
	for _, k := range keys {
		if k.Needed && !slices.Contains(seen, k.Name) {
			return into, below{pairs[0].Line, fmt.Sprintf("begins an item without %q", k.Name), "Add that key."}
		}
	}
	return into, nil
}
