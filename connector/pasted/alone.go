package pasted

// GatewayAlone is what a gateway says that has nobody to ask, for Alone: in a mesh of services many say the same of each other.
const GatewayAlone = `(?:(?:503\W{1,3})?service (?:temporarily )?unavailable(?:\W{1,3}503)?|(?:503\W{1,3}){0,2}upstream connect error or disconnect/reset before headers\W{0,3}` +
	`(?:reset reason: (?:(?:local |remote )?connection (?:failure|timeout|termination|reset)|protocol error|overflow)` +
	`(?:, transport failure reason: delayed connect error: \d{1,3})?)?)`

// Alone is an expression for a text of which all is said by another, but for the words that programs put around a status.
func Alone(said string) string {
	return `^\W{0,8}(?:(?:an?|the|error|err|warn\w{0,3}|fatal|exception|http|https|1\.1|status|code|response|server|returned|got|failed|with|request|message|msg|detail)` +
		`\W{1,4}){0,6}` + said + `\W{0,8}$`
}
