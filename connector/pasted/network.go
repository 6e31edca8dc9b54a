package pasted

// What programs in English say of a name that is not found, of a wait that was too long, of a connection that was cut, and of a network without a way there.
const (
	NoName = `\bgaierror\b|UnresolvedAddress|EAI_NONAME|no such host|\bENOTFOUND\b|\bEAI_AGAIN\b|UnknownHostException|` +
		`name or service not known|nodename nor servname|getaddrinfo failed|getaddrinfow:|` +
		`temporary failure in name resolution|could not resolve host|unable to resolve host|cannot resolve host|` +
		`failed to resolve host|NameResolutionError|failed to resolve '|no address associated with hostname|` +
		`remote name could not be resolved|NXDOMAIN|server misbehaving|ERR_NAME_NOT_RESOLVED|unknown host\b`
	Timeout = `operation (?:has |was aborted due to )?tim(?:ed |e)out|HttpClient\.Timeout|Client\.Timeout|socket\.timeout|` +
		`TimeoutError: timed out|(?:read|write) operation timed out|network timeout|context deadline exceeded|i/o timeout|` +
		`handshake timeout|\bE(?:SOCKET)?TIMEDOUT\b|connection (?:attempt )?timed out|connect(?:\(\))? timed out|read timed out|` +
		`ConnectTimeout|ReadTimeout|SocketTimeoutException|operation timed out|timeout was reached|` +
		`did not properly respond after a period of time|no (?:reply|answer|response) from the workspace|` +
		`UND_ERR_CONNECT_TIMEOUT|connection timeout expired|semaphore timeout period|ERR_CONNECTION_TIMED_OUT|connect timeout=`
	Cut = `transport connection|upstream connect error|ended prematurely|premature close|software caused connection abort|` +
		`unexpected end of file from server|failed to respond\b|server disconnected|socket disconnected|\bECONNABORTED\b|` +
		`closed network connection|sent GOAWAY|underlying connection was closed|SSL_ERROR_SYSCALL|recv failure|` +
		`ChunkedEncodingError|SSL_read: |connection (?:was )?reset|\bECONNRESET\b|socket hang up|unexpected EOF|` +
		`remote end closed connection|RemoteDisconnected|connection aborted|forcibly closed by the remote host|` +
		`empty reply from server|request error: EOF|": EOF$|\bTLS: EOF$|\bEPIPE\b|EOF occurred in violation of protocol|` +
		`UNEXPECTED_EOF_WHILE_READING|BadStatusLine|broken pipe|prematurely closed|IncompleteRead|ERR_CONNECTION_(?:RESET|` +
		`CLOSED)`
	NoRoute = `no route to host|NoRouteToHost|(?:network|host) is (?:unreachable|down)|\bE(?:HOST|NET)UNREACH\b|` +
		`unreachable (?:network|host)|(?:network|host) unreachable|ERR_(?:INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|NETWORK_CHANGED)`
)
