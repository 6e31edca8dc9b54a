package pasted

// Alone is an expression for a text of which all is said by another, but for the words that programs put around a status.
func Alone(said string) string {
	return `^\W{0,8}(?:(?:an?|the|error|err|warn\w{0,3}|fatal|exception|http|https|1\.1|status|code|response|server|returned|got|failed|with|request|message|msg|detail)` +
		`\W{1,4}){0,6}` + said + `\W{0,8}$`
}
