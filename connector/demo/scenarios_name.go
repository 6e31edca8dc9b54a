package demo

// nameScenarios end before a connection is secured: at the name, the connection or the proxy.
func nameScenarios() []Scenario {
	return granted([]Scenario{
		{
			ID: "host-mistyped", Title: "A digit of the host is wrong",
			Story: "The host in the form differs from the workspace's in one digit, and no workspace has that name.",
			Want:  Want{stageAddress, unreachable, "name-does-not-resolve", 10},
			Host:  "adb-7405605741000001.0.azuredatabricks.net",
		},
		{
			ID: "wrong-cloud", Title: "The host is of another cloud",
			Story: "The host in the form has the domain of AWS, and the workspace is on Azure.",
			Want:  Want{stageAddress, unreachable, "wrong-domain", 10},
			Host:  "adb-7405605741000000.0.cloud.databricks.com",
		},
		{
			ID: "resolver-silent", Title: "The name server does not answer",
			Story: "The machine's name server is out of reach, as on a half-connected VPN. The stage ends by its own deadline.",
			Want:  Want{stageAddress, unreachable, "timeout", 10}, Between: SilentResolver,
		},
		{
			ID: "connection-refused", Title: "Nothing listens at the address",
			Story: "A firewall on the way refuses connections to the workspace's address.",
			Want:  Want{stageConnection, unreachable, "refused", 10}, Between: NobodyListens,
		},
		{
			ID: "connect-timeout", Title: "The connection is never answered",
			Story: "A firewall drops the packets to the workspace and says nothing. The stage ends by its own deadline.",
			Want:  Want{stageConnection, unreachable, "timeout", 10}, Between: Silence,
		},
		{
			ID: "proxy-refuses", Title: "The proxy does not allow the host",
			Story: "The company's proxy answers 403, because the workspace is not on its list.",
			Want:  Want{stageConnection, unreachable, "proxy", 10}, Between: ProxyRefuses,
		},
		{
			ID: "proxy-needs-sign-in", Title: "The proxy wants a sign-in",
			Story: "The company's proxy answers 407: it lets nobody through without a user name and a password.",
			Want:  Want{stageConnection, unreachable, "proxy-sign-in", 10}, Between: ProxyAsksSignIn,
		},
		{
			ID: "proxy-down", Title: "The proxy does not listen",
			Story: "The proxy setting names a proxy that refuses connections.",
			Want:  Want{stageConnection, unreachable, "proxy-silent", 10}, Between: ProxyDown,
		},
		{
			ID: "proxy-not-found", Title: "The proxy has no DNS record",
			Story: "The proxy setting names a proxy that is known only inside the company's network.",
			Want:  Want{stageAddress, unreachable, "proxy-name", 10}, Between: ProxyWithoutName,
		},
	})
}

// granted opens inventory.assets in each scenario, so that only what it is about goes wrong.
func granted(list []Scenario) []Scenario {
	for i := range list {
		list[i].Grants = assetsGrants
	}
	return list
}
