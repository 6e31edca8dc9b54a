package pasted

// Statuses are how programs print the status of an answer over HTTP. Each alternative has one group, the number.
var Statuses = []string{
	`unexpected HTTP status (\d{3})\b`,
	`\bHTTP/\d(?:\.\d)? (\d{3})\b`,
	`\bHTTP(?:Error)?(?: response code| status(?: code)?| error| code)?:? (\d{3})\b`,
	`status(?:[ _]?code)?["']?\s?[:=]?\s?["']?(\d{3})\b`,
	`\berror_?code["']?\s?[:=]\s?["']?(\d{3})\b`,
	`\berror:? (\d{3})\b`,
	`\((\d{3})\)? ?(?:client error|server error|forbidden|unauthorized)`,
	`\b(40[0137]|429|50[0234]) (?:client error|server error|forbidden|unauthorized|bad request|proxy authentication|` +
		`too many|internal server|bad gateway|service unavailable|service temporarily|gateway time)`,
	`statusCode=(\d{3})\b`,
	`failed by code:? (\d{3})\b`,
	`\((40[01]|429|50[0234])\)`,
	`\b(401|407|429|50[0234]) from\b`,
	`(?:returned|answered|answers|got|gives|gave|->) (?:an? |HTTP )?(401|407|429|50[0234])\b`,
	`\bAPI (401|429|50[0234])\b`,
}

// ProxyStatuses are how they print that of a proxy, which says nothing of the host behind it.
var ProxyStatuses = []string{
	`proxy after CONNECT:? ?(\d{3})\b`,
	`tunnel connection failed: (\d{3})\b`,
	`CONNECT tunnel failed, response (\d{3})\b`,
	`HTTP code (\d{3}) from proxy`,
}
