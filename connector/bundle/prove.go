package bundle

import (
	"encoding/json"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

// prove searches every file, as it will be written, for each value and secret.
func (b *Bundle) prove(c Contents, names *connector.Registry, secrets []connector.Secret) error {
	own := vocabulary(c)
	for _, file := range b.files {
		for _, secret := range secrets {
			if secret.Within(file.Text) {
				return refused(file.Name, "a secret")
			}
		}
		for _, text := range texts(file) {
			if !own[text] && names.Find(text) != "" {
				return refused(file.Name, "a value of the workspace")
			}
		}
	}
	return nil
}

func refused(name, what string) error {
	return &connector.Error{
		Kind:   connector.ErrInput,
		What:   "The bundle was not written: " + name + " would have held " + what + ".",
		Remedy: "Report this as a fault of this program, and send the output of test NAME --share instead.",
	}
}

// texts are those of a file as a person reads them: the strings of JSON, which writes some characters otherwise, and lines.
func texts(file File) []string {
	var tree any
	if strings.HasSuffix(file.Name, ".json") && json.Unmarshal(file.Text, &tree) == nil {
		var all []string
		collect(tree, &all)
		return all
	}
	return strings.Split(string(file.Text), "\n")
}

// collect gathers the strings of decoded JSON. Its keys are ours.
func collect(tree any, into *[]string) {
	switch node := tree.(type) {
	case string:
		*into = append(*into, node)
	case []any:
		for _, child := range node {
			collect(child, into)
		}
	case map[string]any:
		for _, child := range node {
			collect(child, into)
		}
	}
}

// vocabulary is what this program itself puts into a bundle as a whole string or line: a table may be called as one of them, and is an
// alias where it is meant.
func vocabulary(c Contents) map[string]bool {
	own := map[string]bool{c.Program.Version: true, c.Program.Go: true, c.Program.System: true}
	for word := range words() {
		own[word] = true
	}
	for _, line := range c.Connection {
		own[line.Label] = true
	}
	for _, r := range c.Requests {
		own[r.Method], own[r.Path], own[r.RequestID], own[requestLine(r)] = true, true, true, true
	}
	return own
}

// words are what a stage may hold that is not said about anybody's workspace. They are gathered with the first bundle: reading the causes
// table takes longer than most commands.
var words = sync.OnceValue(func() map[string]bool {
	all := map[string]bool{}
	for _, stage := range check.All() {
		all[string(stage.ID)] = true
	}
	for _, state := range []check.State{check.Running, check.Passed, check.Failed, check.Blocked, check.Unknown, check.Skipped} {
		all[string(state)] = true
	}
	for _, row := range check.Causes() {
		all[row.ID], all[string(row.Cause)] = true, true
	}
	return all
})
