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
)
