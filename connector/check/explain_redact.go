package check

import (
	"regexp"
	"strings"
)

// secrets are the forms in which a credential stands in a text. The first group is kept, so that a reader sees what was there.
var secrets = []*clue{
	says(`()\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}`),
	says(`()\b(?:dapi|dose|dkea|dsapi)[0-9a-z]{6,}(?:-\d+)?`),
	says(`(\b(?:bearer|basic) +)[\w.~+/=-]{6,}`),
	says(`(\b(?:client_?secret|access_?token|refresh_?token|password|passwd|pwd|secret|token|sig|api_?key|authorization)["']?\s?[:=]\s?["']?)[^\s"'&;,}]{4,}`),
	says(`(//[^\s/:@]{1,100}:)[^\s/@]{1,200}(?:@)`),
}

const removed = "••••••"

var (
	escapes = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]`)
	frames  = regexp.MustCompile(`[\s│╷╵┃|]+`)
	quoted  = strings.NewReplacer(`\"`, `"`, `\n`, " ", `\r`, " ", `\t`, " ", `\u0027`, "'", "&quot;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">", "’", "'")
)

// flatten bounds a text, takes the secrets out of it and lays it on one line, because programs wrap, quote and frame what others said.
func flatten(text string) string {
	if len(text) > textLimit {
		text = text[:textLimit/2] + "\n" + text[len(text)-textLimit/2:]
	}
	text = escapes.ReplaceAllString(strings.ToValidUTF8(text, "�"), "")
	for _, form := range secrets {
		text = form.read().ReplaceAllString(text, "${1}"+removed)
	}
	return strings.TrimSpace(frames.ReplaceAllString(quoted.Replace(text), " "))
}
