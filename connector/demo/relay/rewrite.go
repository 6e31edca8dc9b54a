package relay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// changed is the workspace's answer with what the rule changes in it. What an edit does not find it leaves.
func (r Rule) changed(a answer) answer {
	if r.Status != 0 {
		a.status = r.Status
	}
	if len(r.Rewrite) > 0 {
		a.body = rewritten(a.body, r.Rewrite)
	}
	for from, to := range r.Replace {
		a.body = bytes.ReplaceAll(a.body, []byte(from), []byte(to))
	}
	if r.SQL != "" || r.SQLError != "" {
		a.body = r.inSQL(a.body)
	}
	return a
}

func rewritten(body []byte, edits []Edit) []byte {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	var document any
	if decoder.Decode(&document) != nil {
		return body // it is not JSON
	}
	for _, e := range edits {
		path, err := places(e.At)
		var value any
		if err != nil || !e.Delete && json.Unmarshal(e.Set, &value) != nil {
			continue // Read refuses such a rule
		}
		document = edited(document, path, value, e.Delete)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(document) != nil {
		return body
	}
	return out.Bytes()
}

// place is one step into a document: a name, an index, or every one of them.
type place struct {
	name  string
	index int
	every bool
	inIn  bool // it is an index
}

var step = pattern.New(`^(?:\.?([^.\[\]]+)|\[(\d{1,6}|\*)\])`)

// places reads the address of an edit. The empty one is the whole document.
func places(at string) ([]place, error) {
	var path []place
	for rest := at; rest != ""; {
		found := step().FindStringSubmatch(rest)
		if found == nil {
			return nil, fmt.Errorf("%q is no address in JSON", at)
		}
		rest = rest[len(found[0]):]
		switch {
		case found[1] != "":
			path = append(path, place{name: found[1], every: found[1] == "*"})
		case found[2] == "*":
			path = append(path, place{inIn: true, every: true})
		default:
			n, _ := strconv.Atoi(found[2]) // digits alone
			path = append(path, place{inIn: true, index: n})
		}
		if rest == "." || strings.HasPrefix(rest, "..") {
			return nil, fmt.Errorf("%q is no address in JSON", at)
		}
	}
	return path, nil
}

// edited gives the document with the value put at the path, or what is there taken away. A name that is not there is added where it is the
// last of the path, or below an object that is.
func edited(document any, path []place, value any, remove bool) any {
	if len(path) == 0 {
		if remove {
			return nil
		}
		return value
	}
	here, last := path[0], len(path) == 1
	switch in := document.(type) {
	case map[string]any:
		for _, name := range here.names(in) {
			if last && remove {
				delete(in, name)
				continue
			}
			in[name] = edited(in[name], path[1:], value, remove)
		}
	case []any:
		kept := in[:0:0]
		for i, item := range in {
			if here.inIn && (here.every || here.index == i) {
				if last && remove {
					continue
				}
				item = edited(item, path[1:], value, remove)
			}
			kept = append(kept, item)
		}
		return kept
	}
	return document
}

func (p place) names(in map[string]any) []string {
	switch {
	case p.inIn:
		return nil
	case !p.every:
		return []string{p.name}
	}
	var names []string
	for name := range in {
		names = append(names, name)
	}
	return names
}
