package check

import "strings"

// secrets are the forms in which a credential stands in a text. The first group is kept, so that a reader sees what was there.
var secrets = []*clue{
	says(`()\beyJ[\w-]{6,}(?:\.[\w-]*){0,4}`),
	says(`()\b(?:dapi|dose|dkea|dsapi)[0-9a-z]{6,}(?:-\d+)?`),
	says(`(\b(?:bearer|basic) +)[\w.~+/=-]{6,}`),
	says( // the last part of a path is not the name of a value
		`((?:^|[^/\w])(?:client_?secret|access_?token|refresh_?token|password|passwd|pwd|secret|token|sig|api_?key|authorization)["']?` +
			`\s?[:=]\s?["']?)[^\s"'&;,}]{4,}`,
	),
	says(`(//[^\s/:@]{1,100}:)[^\s/@]{1,200}(?:@)`),
}

const removed = "••••••"

// quoted are the forms that a text takes inside JSON and HTML.
var quoted = strings.NewReplacer(
	`\"`, `"`, `\n`, " ", `\r`, " ", `\t`, " ", `\u0027`, "'", "&quot;", `"`, "&#39;", "'", "&lt;", "<", "&gt;", ">",
)

// bounded is a text within the limit: of a longer one, the beginning and the end.
func bounded(text string) string {
	if len(text) > textLimit {
		return text[:textLimit/2] + "\n" + text[len(text)-textLimit/2:]
	}
	return text
}

// flatten takes the secrets out of a text and lays it on one line, because programs wrap, quote and frame what others said.
func flatten(text string) string {
	lower := strings.Map(sameLength, text)
	for _, form := range secrets {
		for _, c := range form.read() {
			if c.mayBeIn(lower) {
				text = c.expression().ReplaceAllString(text, "${1}"+removed)
			}
		}
	}
	return strings.Join(strings.FieldsFunc(quoted.Replace(text), framing), " ")
}

// framing is what stands between the words of a text and around its lines.
func framing(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '\v', '\f', '\r', '│', '╷', '╵', '┃', '|':
		return true
	}
	return false
}
