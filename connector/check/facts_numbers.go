package check

import (
	"github.com/draftt-io/draftt-databricks/connector/clue"
	"github.com/draftt-io/draftt-databricks/connector/pasted"
)

// noRouteNumbers are those of Winsock and of Apple for a network or a host that cannot be reached.
var noRouteNumbers = pasted.ErrorNumbers{Winsock: "100(?:51|65)", Apple: "1009"}.Expressions()

func byNumber(n pasted.ErrorNumbers) *clue.Clue { return clue.Says(n.Expressions()...) }

// numbered are the wordings that are numbers.
var numbered = []wording{
	{kindDNS, byNumber(pasted.ErrorNumbers{Winsock: "1100[14]", WinHTTP: "12007", Result: "(?:8007)?2EE7", Apple: "100[36]", Curl: "[56]"})},
	{kindRefused, byNumber(pasted.ErrorNumbers{Winsock: "10061", WinHTTP: "12029", Result: "(?:8007)?2EFD", Apple: "1004", Curl: "7"})},
	{kindTimeout, byNumber(pasted.ErrorNumbers{Winsock: "10060", WinHTTP: "12002", Result: "(?:8007)?2EE2", Apple: "1001", Curl: "28"})},
	{kindCut, byNumber(pasted.ErrorNumbers{Winsock: "1005[34]", WinHTTP: "12030", Result: "(?:8007)?2EFE", Apple: "1005", Curl: "5[256]"})},
	{kindUntrusted, byNumber(pasted.ErrorNumbers{WinHTTP: "12045", Result: "800B0109|80090325", Apple: "120[23]", Curl: "60"})},
	{kindExpired, byNumber(pasted.ErrorNumbers{WinHTTP: "12037", Result: "800B0101", Apple: "120[14]"})},
	{kindWrongName, byNumber(pasted.ErrorNumbers{WinHTTP: "12038", Result: "800B010F|80090322", Curl: "51"})},
	{kindTLS, byNumber(pasted.ErrorNumbers{WinHTTP: "121(?:57|75)", Result: "80072F8F|8009(?:0326|0331|201[23])", Apple: "1200", Curl: "35"})},
}
