package authorization

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// What a value is that is neither a text nor a reference.
const (
	aHeredoc  = "a heredoc"
	aTemplate = "a template"
)

// expression says of what is no text and no reference that it is not understood.
func expression(what string) string {
	return what + " is an expression, and only texts and references to resources of the same file are understood"
}

// construct is what words come to that are more than one text or one name.
func construct(all []word) string {
	first, second := all[0], word{}
	if len(all) > 1 {
		second = all[1]
	}
	condition := slices.ContainsFunc(all, func(w word) bool { return w.is("?") })
	switch {
	case first.odd == aHeredoc:
		return aHeredoc
	case (first.is("[") || first.is("{")) && second.is("for"):
		return "a for"
	case first.is("["):
		return "a list"
	case first.is("{"):
		return "an object"
	case condition:
		return "a condition"
	case first.names() && second.is("("):
		return "a call of " + connector.CleanLine(first.text, 40)
	case first.names() && second.is("["):
		return "an element of " + connector.CleanLine(first.text, 60)
	case second.text != "" && !second.names() && !second.quoted:
		return "what stands around " + connector.CleanLine(second.text, 10)
	}
	return "what begins with " + connector.CleanLine(first.text, 40)
}

// literal is what a name is that stands for a value, empty for another.
func literal(name string) string {
	switch {
	case name == "true" || name == "false" || name == "null":
		return name
	case strings.Trim(name, "-.0123456789") == "":
		return "a number"
	}
	return ""
}

// meta is what a resource may have that changes what applying it does, so that the list in it is not the whole truth.
var meta = map[string]string{
	"lifecycle":  "lifecycle changes what applying the resource does, so what it would delete is not known",
	"for_each":   "for_each makes several of it by a loop, which must be written out",
	"count":      "count makes several of it, or none, which must be written out",
	"dynamic":    "dynamic makes blocks by a loop, which must be written out",
	"depends_on": "depends_on is not understood; leave it out",
	"provider":   "provider names a configuration of another workspace or account, which is not known here; leave it out",
}

// elsewhere are what the first part of a reference refers to outside of resources.
var elsewhere = map[string]string{
	"var": "a variable", "local": "a local value", "module": "an output of a module", "each": "what for_each goes through", "count": "what count counts", "self": "the resource itself", "path": "a path", "terraform": "about the run",
}
