package pasted

// Targets are how programs name the host that they talk to. The groups are the host and, where it is given, the port.
var Targets = []string{
	`\b[a-z][\w+.-]{1,20}://([\w.-]{1,253})(?::(\d{1,5}))?`,
	`\b((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})[:,](\d{2,5})\b`,
	`\blookup ([\w.-]{1,253})`,
	`resolve (?:host|proxy):? ['"]?([\w.-]{1,253})`,
	`failed to resolve '([\w.-]{1,253})'`,
	`(?:ENOTFOUND|EAI_AGAIN) ([\w.-]{1,253})`,
	`UnknownHostException: ([\w.-]{1,253})`,
	`\bhost='([\w.-]{1,253})'(?:, port=(\d{1,5}))?`,
	`connect(?:ing|ion)? to (?:server at )?["']?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|localhost)["']?(?:,? port |:)?(\d{1,5})?`,
	`(?:dial tcp|ECONNREFUSED|ETIMEDOUT|read tcp [\w.:\[\]-]{1,60}->)\s?([\w.-]{1,253}?):(\d{1,5})\b`,
	`\[([0-9a-f:.]{2,45})\]:(\d{1,5})\b`,
	`\b(\d{1,3}(?:\.\d{1,3}){3}):(\d{2,5})\b`,
}

const (
	// HostName is what looks like a host where nothing says that a program talks to it.
	HostName = `(?:^|[\s"'(=\[<])((?:[\w-]{1,63}\.){2,8}` +
		`(?:com|net|org|io|ai|dev|app|cloud|internal|intern|local|lan|corp|example|azure|eu|de|fr|es|it|nl|uk|ch|at|se|pl|jp|cn|us))` +
		`(?:$|[\s"')\],;/]|[.:](?:\D|$))`

	// SourceFile ends in the name of a file, which has a line number where a host has its port.
	SourceFile = `\.(?:go|py|js|mjs|ts|tsx|java|scala|kt|clj|rb|rs|c|cc|cpp|h|cs|php|ps1|psm1|sh|r|sql|tf|hcl|ya?ml|json|toml|html?|` +
		`ipynb|log|txt|md)$`
)
