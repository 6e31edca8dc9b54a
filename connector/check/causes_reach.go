package check

// blockRows are the rows of "Could not reach the workspace" that must come first: a workspace answers a network block as it answers a
// missing privilege, and what blocks everything else is named before anything else.
var blockRows = []pattern{
	{
		id: "ip-access-list", stage: StageNetworkRules, text: says(`blocked by Databricks IP ACL`),
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "The workspace's IP access list does not include your address.",
		remedy: "Ask a workspace admin to add your public address to the IP access list, or connect from an allowed network.",
	},
	{
		id: "network-policy", stage: StageNetworkRules, text: says(`unauthorized network access to workspace`),
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "The workspace only accepts connections from its private network.",
		remedy: "Connect from the network that has Private Link to this workspace.",
	},
	{
		id: "private-link", stage: StageWorkspace,
		text:  says(`private-?link-validation-error|PRIVATE_LINK_VALIDATION_ERROR|requested workspace has .{0,40}enabled and is not accessible from the current network`),
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "The workspace asks for its private endpoint.",
		remedy: "Connect from the network that has Private Link to this workspace.",
	},
	{
		id: "no-such-workspace", stage: StageWorkspace, text: says(`workspace you are trying to access does not exist`),
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "There is no such workspace in this Azure region, or it was deleted.",
		remedy: "Copy the host again from the address bar of your workspace.",
	},
	{
		id: "storage-blocked", stage: StageRead, whose: anyWords,
		text:  says(`(?:abfss?://|\.dfs\.core\.windows\.net|\.blob\.core\.windows\.net).{0,400}(?:AuthorizationFailure|not authorized to perform this operation|timed out|\b403\b)`),
		cause: Unreachable, exit: ExitNetwork, likely: true,
		reason: "A firewall stands before the storage that holds the data or the results. The grants may all be right.",
		remedy: "Ask whoever owns the storage account to admit the SQL warehouse, or the network this ran from.",
	},
}

// reachRows are the rows of "Could not reach the workspace" that any host can cause.
var reachRows = []pattern{
	{
		id: "throttled", stage: StageWorkspace, text: says(`throttled|too many requests|REQUEST_LIMIT_EXCEEDED`), whose: anyWords,
		cause: Unreachable, exit: ExitNetwork,
		reason: "The workspace limits how often it may be asked, and that limit is reached.",
		remedy: "Wait a minute, then test again.",
	},
	{
		id: "proxy-sign-in", stage: StageConnection, kinds: []kind{kindProxy}, status: []int{407}, whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
		reason: "Your proxy wants a sign-in of its own.",
		remedy: "Put the proxy's user name and password into HTTPS_PROXY, or add the host to NO_PROXY.",
	},
	{
		id: "proxy", stage: StageConnection, kinds: []kind{kindProxy}, whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
		reason: "Your proxy did not let the connection through.",
		remedy: "Check HTTPS_PROXY, or add the host to NO_PROXY.",
	},
	{
		id: "wrong-domain", stage: StageAddress, kinds: []kind{kindDNS}, text: says(`\badb-\d{5,20}\.\d{1,3}\.(?:cloud\.databricks\.com|gcp\.databricks\.com)|\bdbc-[0-9a-f]{6,}-[0-9a-f]{2,}(?:\.\w+)?\.azuredatabricks\.net`), whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
		reason: "The host has the form of one cloud and the domain of another.",
		remedy: "Copy the host again from the address bar of your workspace; Azure hosts end in azuredatabricks.net.",
	},
	{
		id: "name-does-not-resolve", stage: StageAddress, kinds: []kind{kindDNS}, whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
		reason: "The host name does not resolve to an address.",
		remedy: "Check the host for a typing mistake. With Private Link, use the network that knows the name.",
	},
	{
		id: "certificate-not-yet", stage: StageCertificate, kinds: []kind{kindExpired}, text: says(`current time \S+ is before|not yet valid$|CERT_NOT_YET_VALID|CertificateNotYetValid|certificate is not yet valid`), whose: openWords,
		cause: Unreachable, exit: ExitTLS,
		reason: "The certificate is not valid yet, so this machine's clock is most often behind.",
		remedy: "Set this machine's clock by a time server, then test again.",
	},
	{
		id: "certificate-expired", stage: StageCertificate, kinds: []kind{kindExpired}, whose: openWords,
		cause: Unreachable, exit: ExitTLS,
		reason: "The certificate has expired, or this machine's clock is wrong.",
		remedy: "Check the clock, then ask whoever runs the network.",
	},
	{
		id: "certificate-name", stage: StageCertificate, kinds: []kind{kindWrongName}, whose: openWords,
		cause: Unreachable, exit: ExitTLS,
		reason: "The certificate is for another host.",
		remedy: "Check the host value; a captive portal or proxy may have answered instead.",
	},
	{
		id: "self-signed", stage: StageCertificate, kinds: []kind{kindSelfSigned}, whose: openWords,
		cause: Unreachable, exit: ExitTLS,
		reason: "The certificate is signed by itself, which no workspace's is: something else answered.",
		remedy: "Check the host value, and whether a proxy or captive portal stands between.",
	},
	{
		id: "untrusted-certificate", stage: StageCertificate, kinds: []kind{kindUntrusted}, whose: openWords,
		cause: Unreachable, exit: ExitTLS,
		reason: "The certificate was not issued by an authority that this machine trusts. Your network may replace certificates.",
		remedy: "Start again with --ca-file and your network's CA certificate in PEM form.",
	},
	{
		id: "refused", stage: StageConnection, kinds: []kind{kindRefused}, whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
		reason: "Nothing accepts connections at that address.",
		remedy: "Check the host, and whether a firewall or VPN stands between.",
	},
	{
		id: "timeout", stage: StageConnection, kinds: []kind{kindTimeout}, whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
		reason: "No answer came in time.",
		remedy: "Check your network, VPN and proxy, then test again.",
	},
	{
		id: "cut", stage: StageConnection, kinds: []kind{kindCut}, whose: openWords,
		cause: Unreachable, exit: ExitNetwork,
		reason: "The connection was cut before the answer was complete.",
		remedy: "Test again. If it repeats, a proxy or firewall on the way cuts it.",
	},
	{
		id: "tls", stage: StageCertificate, kinds: []kind{kindTLS}, whose: openWords,
		cause: Unreachable, exit: ExitTLS,
		reason: "No secure connection could be made.",
		remedy: "Check whether a proxy on the way interferes with TLS.",
	},
	{
		id: "server-trouble", stage: StageWorkspace, status: []int{500, 502, 503, 504}, whose: anyWords, likely: true,
		cause: Unreachable, exit: ExitNetwork,
		reason: "The workspace is having trouble of its own.",
		remedy: "Wait a minute, then test again.",
	},
	{
		id: "web-page", stage: StageWorkspace, kinds: []kind{kindNotOurs}, text: says(`html|'<'|token '?<|Expecting value`), whose: anyWords,
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "A web page came back in place of the workspace's answer: a sign-in page of your network, or a host that is no workspace.",
		remedy: "Open the host in a browser from the same machine and look at what answers.",
	},
	{
		id: "no-such-api", stage: StageWorkspace, codes: []string{"ENDPOINT_NOT_FOUND"}, whose: openWords,
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "The host does not have the part of the API that was asked for.",
		remedy: "Copy the host again from the address bar of your workspace.",
	},
	{
		id: "not-a-workspace", stage: StageWorkspace, kinds: []kind{kindNotOurs, kindRedirect, kindRefusedBy}, whose: anyWords,
		cause: Unreachable, exit: ExitNotWorkspace,
		reason: "Something answers there, but not as a Databricks workspace does.",
		remedy: "Copy the host again from the address bar of your workspace.",
	},
}
