package check

import "github.com/draftt-io/draftt-databricks/connector/clue"

// noRouteNumbers are those of Winsock and of Apple for a network or a host that cannot be reached.
var noRouteNumbers = errorNumbers{winsock: "100(?:51|65)", apple: "1009"}.texts()

// errorNumbers are the numbers by which systems tell one thing, which are the same in every language: those of Winsock, of WinHTTP and
// WinINet, of Windows as a result code, of Apple's NSURLErrorDomain, and curl's exit codes. Each is an expression, or empty.
type errorNumbers struct{ winsock, winHTTP, result, apple, curl string }

// numbered are the wordings that are numbers.
var numbered = []wording{
	{kindDNS, errorNumbers{winsock: "1100[14]", winHTTP: "12007", result: "(?:8007)?2EE7", apple: "100[36]", curl: "[56]"}.clue()},
	{kindRefused, errorNumbers{winsock: "10061", winHTTP: "12029", result: "(?:8007)?2EFD", apple: "1004", curl: "7"}.clue()},
	{kindTimeout, errorNumbers{winsock: "10060", winHTTP: "12002", result: "(?:8007)?2EE2", apple: "1001", curl: "28"}.clue()},
	{kindCut, errorNumbers{winsock: "1005[34]", winHTTP: "12030", result: "(?:8007)?2EFE", apple: "1005", curl: "5[256]"}.clue()},
	{kindUntrusted, errorNumbers{winHTTP: "12045", result: "800B0109|80090325", apple: "120[23]", curl: "60"}.clue()},
	{kindExpired, errorNumbers{winHTTP: "12037", result: "800B0101", apple: "120[14]"}.clue()},
	{kindWrongName, errorNumbers{winHTTP: "12038", result: "800B010F|80090322", curl: "51"}.clue()},
	{kindTLS, errorNumbers{winHTTP: "121(?:57|75)", result: "80072F8F|8009(?:0326|0331|201[23])", apple: "1200", curl: "35"}.clue()},
}

func (n errorNumbers) clue() *clue.Clue { return clue.Says(n.texts()...) }

func (n errorNumbers) texts() (texts []string) {
	for _, written := range []struct{ before, number, after string }{
		{`(?:WinError|errno|error|exception|code)\W{1,5}`, n.winsock, `\b`},
		{`(?:WinHttp|WinINet|ERROR_(?:WINHTTP|INTERNET))\w{0,40}\b.{0,40}\b`, n.winHTTP, `\b`},
		{`\b0x`, n.result, `\b`},
		{`NSURLErrorDomain\W{1,3}(?:Code)?\W{0,2}-`, n.apple, `\b`},
		{`\bcurl:? (?:error )?\(?`, n.curl, `[):]`},
	} {
		if written.number != "" {
			texts = append(texts, written.before+`(?:`+written.number+`)`+written.after)
		}
	}
	return texts
}
