package authorization

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// MostText is how large a text may be that a list is read from.
const MostText = 4 << 20

// Parse reads a list from a text: a resource databricks_permissions of Terraform, in its own language or as .tf.json, the body of a request, or
// a rollback file, or what Write writes in any form. Of Terraform it understands what is written out: names in quotes, and references to resources in the same text. What else
// there is, it refuses with the line and the reason. Errors are *connector.Error that are ErrRefused and ErrNoText.
func Parse(o Object, text []byte) (ACL, error) {
	text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff")))
	text, err := bodyOf(o, text)
	switch {
	case err != nil:
		return nil, err
	case len(text) == 0:
		return nil, unreadable(0, "the file is empty")
	case len(text) > MostText:
		return nil, unreadable(0, "the file is too large for a list")
	case text[0] == '{':
		return parseJSON(o, text)
	case text[0] == '[':
		return nil, unreadable(1, "a list of its own is no body of a request; it stands in access_control_list")
	}
	file, err := parseHCL(string(text))
	if err != nil {
		return nil, err
	}
	return file.list(o)
}

func unreadable(at int, why string) error {
	what := "The list cannot be read: " + why + "."
	if at > 0 {
		what = fmt.Sprintf("Line %d cannot be read: %s.", at, why)
	}
	return refusal(ErrNoText, what, "Correct the file, or begin from the one that export writes.")
}

// parseJSON reads the body of a request, a rollback file or .tf.json.
func parseJSON(o Object, text []byte) (ACL, error) {
	if at, found := trailingComma(text); found {
		return nil, unreadable(lineOf(text, at), "a comma stands before a closing bracket, where JSON has none; the examples of some pages have such commas")
	}
	var whole struct {
		Object   Object                                `json:"object"`
		List     *[]map[string]any                     `json:"access_control_list"`
		Resource map[string]map[string]json.RawMessage `json:"resource"`
	}
	if err := json.Unmarshal(text, &whole); err != nil {
		return nil, noJSON(text, err)
	}
	if key, at, found := keyTwice(text); found {
		return nil, unreadable(lineOf(text, at), connector.CleanLine(key, 40)+" is set twice, of which one would not count")
	}
	switch {
	case whole.Object != "" && whole.Object != o:
		return nil, unreadable(0, "it is the list of "+whole.Object.Noun()+", and not of "+o.Noun())
	case whole.List != nil:
		return parseBody(o, *whole.List)
	case whole.Resource != nil:
		file, err := terraformJSON(whole.Resource)
		if err != nil {
			return nil, err
		}
		return file.list(o)
	}
	return nil, unreadable(0, "it has neither access_control_list nor a resource")
}

func parseBody(o Object, lines []map[string]any) (list ACL, err error) {
	for i, fields := range lines {
		texts := map[string]string{}
		for name, value := range fields {
			text, is := value.(string)
			switch {
			case name == "all_permissions":
				return nil, unreadable(0, "it is an answer, and not a request: it has all_permissions in place of "+levelField)
			case !is:
				return nil, unreadable(0, fmt.Sprintf("%s of entry %d is no text", connector.CleanLine(name, 40), i+1))
			}
			texts[name] = text
		}
		entry, err := entryOf(o, texts)
		if err != nil {
			return nil, unreadable(0, fmt.Sprintf("entry %d %s", i+1, err))
		}
		list = append(list, entry)
	}
	return list, nil
}

// entryOf reads an entry from its fields. The error is the end of a sentence.
func entryOf(o Object, fields map[string]string) (e Entry, err error) {
	named := 0
	for _, kind := range []Kind{User, ServicePrincipal, Group} {
		if name, has := fields[kind.Field()]; has {
			e.Kind, e.Name = kind, connector.Known().Remote(shareKinds[kind], name)
			named++
		}
	}
	for name := range fields {
		if name != levelField && name != User.Field() && name != ServicePrincipal.Field() && name != Group.Field() {
			return e, errors.New("has " + connector.CleanLine(name, 40) + ", which an entry has not")
		}
	}
	if named != 1 || strings.TrimSpace(e.Name.Raw()) == "" {
		return e, errors.New("must name one user, service principal or group")
	}
	level, known := ParseLevel(fields[levelField])
	if !known || level == CanManage && o == Passwords && !e.admins() {
		return e, errors.New("has the permission level " + connector.CleanLine(fields[levelField], 40) + ", which " + o.Noun() + " have not")
	}
	e.Level = level
	return e, nil
}

// trailingComma finds a comma before a closing bracket, outside of texts.
func trailingComma(text []byte) (at int, found bool) {
	comma, quoted := -1, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
			comma = -1
		case quoted, c == ' ', c == '\t', c == '\n', c == '\r':
		case c == ',':
			comma = i
		case (c == '}' || c == ']') && comma >= 0:
			return comma, true
		default:
			comma = -1
		}
	}
	return 0, false
}

func lineOf(text []byte, at int) int { return bytes.Count(text[:min(at, len(text))], []byte("\n")) + 1 }
