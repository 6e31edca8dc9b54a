package pasted

// ErrorNumbers are the numbers by which systems tell one thing, which are the same in every language: those of Winsock, of WinHTTP and
// WinINet, of Windows as a result code, of Apple's NSURLErrorDomain, and curl's exit codes. Each is an expression, or empty.
type ErrorNumbers struct{ Winsock, WinHTTP, Result, Apple, Curl string }

// Expressions are how programs write them.
func (n ErrorNumbers) Expressions() (texts []string) {
	for _, written := range []struct{ before, number, after string }{
		{`(?:WinError|errno|error|exception|code)\W{1,5}`, n.Winsock, `\b`},
		{`(?:WinHttp|WinINet|ERROR_(?:WINHTTP|INTERNET))\w{0,40}\b.{0,40}\b`, n.WinHTTP, `\b`},
		{`\b0x`, n.Result, `\b`},
		{`NSURLErrorDomain\W{1,3}(?:Code)?\W{0,2}-`, n.Apple, `\b`},
		{`\bcurl:? (?:error )?\(?`, n.Curl, `[):]`},
	} {
		if written.number != "" {
			texts = append(texts, written.before+`(?:`+written.number+`)`+written.after)
		}
	}
	return texts
}
