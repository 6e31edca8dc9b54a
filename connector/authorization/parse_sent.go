package authorization

import (
	"bytes"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// shareKinds are the kinds of principal as share mode keeps them apart.
var shareKinds = map[Kind]connector.Kind{User: connector.KindUser, ServicePrincipal: connector.KindSP, Group: connector.KindGroup}

// The beginnings of a request and of a command, as Write writes them.
const (
	restBegins = "PUT https://"
	cliBegins  = "databricks api put "
	cliBody    = " --json "
)

// bodyOf is the body of a request or of a command of the Databricks CLI that replaces a list, and any other text as it is.
func bodyOf(o Object, text []byte) ([]byte, error) {
	var target, body string
	switch whole := strings.ReplaceAll(string(text), "\r\n", "\n"); {
	case bytes.HasPrefix(text, []byte(restBegins)):
		head, rest, found := strings.Cut(whole, "\n\n")
		if !found {
			return nil, unreadable(1, "the request has no body behind an empty line")
		}
		first, _, _ := strings.Cut(strings.TrimPrefix(head, restBegins), "\n")
		_, path, _ := strings.Cut(first, "/")
		target, body = "/"+path, rest
	case bytes.HasPrefix(text, []byte(cliBegins)):
		path, rest, found := strings.Cut(strings.TrimPrefix(whole, cliBegins), cliBody)
		if !found {
			return nil, unreadable(1, "the command has no --json")
		}
		unquoted, is := shellText(rest)
		if !is {
			return nil, unreadable(1, "what stands behind --json is no text in single quotes")
		}
		target, body = path, unquoted
	default:
		return text, nil
	}
	if target = strings.TrimSpace(target); target != o.Path() && target != o.PreviewPath() {
		return nil, unreadable(1, connector.CleanLine(target, 80)+" is not where the list of "+o.Noun()+" is, which is "+o.Path())
	}
	return []byte(strings.TrimSpace(body)), nil
}

// shellText is what a shell makes of a text in single quotes, with single quotes in it written as '\”.
func shellText(quoted string) (string, bool) {
	inner, opens := strings.CutPrefix(strings.TrimSpace(quoted), "'")
	inner, closes := strings.CutSuffix(inner, "'")
	text := strings.ReplaceAll(inner, `'\''`, "\x00")
	if !opens || !closes || strings.Contains(text, "'") {
		return "", false
	}
	return strings.ReplaceAll(text, "\x00", "'"), true
}
