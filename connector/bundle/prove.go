package bundle

import (
	"encoding/json"
	"strings"

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
		text := own.Replace(strings.ToLower(unescaped(file)))
		if found := names.Find(text); found != "" {
			return refused(file.Name, "a value of the workspace")
		}
	}
	return nil
}

func refused(name, what string) error {
	return &connector.InputError{
		What:   "The bundle was not written: " + name + " would have held " + what + ".",
		Remedy: "Report this as a fault of this program, and send the output of test NAME --share instead.",
	}
}

// unescaped is a file's text as a person reads it, since JSON writes some characters otherwise.
func unescaped(file File) string {
	text := string(file.Text)
	var tree any
	if strings.HasSuffix(file.Name, ".json") && json.Unmarshal(file.Text, &tree) == nil {
		var all []string
		collect(tree, &all)
		text = strings.Join(all, "\n")
	}
	return text
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

// vocabulary takes away what this program itself puts into every bundle: the causes, and the paths
// and IDs of its list of requests. A table may be called as one of their words.
func vocabulary(c Contents) *strings.Replacer {
	var pairs []string
	for _, r := range c.Requests {
		pairs = append(pairs, strings.ToLower(r.Path), " ")
		if r.RequestID != "" {
			pairs = append(pairs, strings.ToLower(r.RequestID), " ")
		}
	}
	for _, cause := range []check.Cause{
		check.AuthenticationFailed, check.WarehouseAccess, check.MissingPermissions, check.WarehouseNotRunning, check.Unreachable, check.BeyondReadOnly,
	} {
		pairs = append(pairs, strings.ToLower(string(cause)), " ")
	}
	return strings.NewReplacer(pairs...)
}
