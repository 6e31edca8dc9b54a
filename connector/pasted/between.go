package pasted

// What programs say where a proxy refuses, and where a page for people came in place of an answer.
const (
	ProxySays = `proxyconnect|tunnel connection failed|ProxyError|cannot connect to proxy|from proxy after CONNECT|` +
		`CONNECT tunnel failed|unable to tunnel through proxy|tunneling socket could not be established|` +
		`proxy authentication required|the proxy \S{1,200} answered HTTP|ERR_TUNNEL_CONNECTION|ERR_PROXY_|407 proxy`

	Page = `content-type["']?\s?[:=]\s?["']?text/html|\bgot text/html|<(?:head|title|body|meta)[ >]|` +
		`<!doctype html|<html[ >]|received HTML response|invalid character '<' looking for|unexpected token '?<|` +
		`(?:databricks_cli|databricks/sdk|api_client)\b.{0,400}JSONDecodeError: Expecting value|` +
		`unexpected character \('<'|` +
		`unexpected character encountered while parsing value: <|'<' is an invalid start of a value`

	// NoUpstream is what gateways say that have nobody to ask, whatever the status; a service of theirs says it in a page under 503.
	NoUpstream = `\bupstream connect error or disconnect/reset before headers|\bno healthy upstream\b|\bupstream request timeout\b|` +
		`no server is available to handle this request|<(?:title|h\d)>\s{0,4}(?:503 ?-? ?)?service (?:temporarily )?unavailable`
)
