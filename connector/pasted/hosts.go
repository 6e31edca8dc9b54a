package pasted

import "slices"

// aHost is a host by its name or its IPv4 address, as the one group of an expression.
const aHost = `([\w.-]{1,253})`

// LookedUp are how programs name a host whose address they asked for. The group is the host.
var LookedUp = []string{
	`\blookup ` + aHost, `resolve (?:host|proxy):? ['"]?` + aHost, `failed to resolve '` + aHost + `'`, `(?:ENOTFOUND|EAI_AGAIN) ` + aHost,
}

// Targets are how programs name the host that they talk to. The groups are the host and, where it is given, the port.
var Targets = append(slices.Clone(LookedUp),
	`\b[a-z][\w+.-]{1,20}://`+aHost+`(?::(\d{1,5}))?`,
	`\b((?:[\w-]{1,63}\.){1,8}[a-z]{2,24})[:,](\d{2,5})\b`,
	`UnknownHostException: `+aHost,
	`\bhost='`+aHost+`'(?:, port=(\d{1,5}))?`,
	`connect(?:ing|ion)? to (?:server at )?["']?([\w-]{1,63}(?:\.[\w-]{1,63}){1,8}|localhost)["']?(?:,? port |:)?(\d{1,5})?`,
	`(?:dial tcp|ECONNREFUSED|ETIMEDOUT|read tcp [\w.:\[\]-]{1,60}->)\s?([\w.-]{1,253}?):(\d{1,5})\b`,
	`\[([0-9a-f:.]{2,45})\]:(\d{1,5})\b`,
	`\b(\d{1,3}(?:\.\d{1,3}){3}):(\d{2,5})\b`,
)

const (
	// Domain is one that workspaces are in, without what stands before it.
	Domain = `(?:azuredatabricks\.net|databricks\.com|databricks\.us|databricks\.azure\.(?:us|cn)|azuredatabricks\.us)`

	// WithoutNumber is a workspace of Azure that lacks the number behind its ID.
	WithoutNumber = `\badb-\d{5,20}\.(?:azuredatabricks\.net|databricks\.azure\.(?:us|cn))`

	// HostName is what looks like a host where nothing says that a program talks to it.
	HostName = `(?:^|[\s"'(=\[<])((?:[\w-]{1,63}\.){2,8}` +
		`(?:com|net|org|io|ai|dev|app|cloud|internal|intern|local|lan|corp|example|azure|eu|de|fr|es|it|nl|uk|ch|at|se|pl|jp|cn|us))` +
		`(?:$|[\s"')\],;/]|[.:](?:\D|$))`

	// SourceFile ends in the name of a file, which has a line number where a host has its port.
	SourceFile = `\.(?:go|py|js|mjs|ts|tsx|java|scala|kt|clj|rb|rs|c|cc|cpp|h|cs|php|ps1|psm1|sh|r|sql|tf|hcl|ya?ml|json|toml|html?|` +
		`ipynb|log|txt|md)$`
)
