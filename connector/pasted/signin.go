package pasted

// What signs in, and what goes wrong with it, in a text that is about Databricks.
const (
	SignIn = `(?:\b(?:access |bearer |personal access |oauth |api |databricks |auth )tokens?\b|\bPATs?\b|\b(?:client|` +
		`oauth) secret\b|\bcredentials\b|\bpassword\b|\bDATABRICKS_(?:TOKEN|CLIENT_SECRET)\b|` +
		`\b(?:authentication|authenticate|sign-?in|log-?in|signing in|logging in)\b|\bthe token\b)`
	IsBad = `(?:\b(?:expired|invalid|not valid|wrong|revoked|refused|rejected|denied|missing|not found|not sent|not set|` +
		`not accepted|unsupported|disabled|failed|failure|fails|unsuccessful|unauthori[sz]ed|malformed|incorrect|ended|unset|empty|blank|` +
		`no longer valid|not configured|not provided)\b)`
)

// SentOnTo is how a redirect is printed, up to the host that it leads to, which is its group.
const SentOnTo = `(?:redirected \(30\d\) to|\blocation["']?:) ?["']?https?://` + aHost
