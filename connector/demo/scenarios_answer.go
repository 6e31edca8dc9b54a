package demo

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// The requests that faults are about.
const (
	discovery  = "/oidc/.well-known/oauth-authorization-server"
	tokens     = "/oidc/v1/token"
	whoAmI     = "/api/2.0/preview/scim/v2/Me"
	oneOfThem  = "/api/2.0/sql/warehouses/*"
	oneCatalog = "/api/2.1/unity-catalog/catalogs/*"
	everyAPI   = "/api/*"
	everything = "/*"
)

// forEver is the delay of a server that hangs.
const forEver = 24 * time.Hour

const portal = "<!DOCTYPE html><html><head><title>Welcome to Airport Wi-Fi</title></head><body><h1>Accept the terms to go on</h1></body></html>"

// gatewayPage is what a gateway in front of a workspace answers by itself.
func gatewayPage(status int) string {
	said := strconv.Itoa(status) + " " + http.StatusText(status)
	return "<html><head><title>" + said + "</title></head><body><center><h1>" + said + "</h1></center></body></html>"
}

// denial is the body of an error of the REST API whose code is the status, as those of the network and of sign-in are.
// Where the code is a number, the text names the request.
func denial(code, message string) string {
	if _, err := strconv.Atoi(code); err == nil {
		message += " [ReqId: 0d4f7a52-91c3-4be8-a6d0-3e75f1b8c294]"
	}
	return `{"error_code":` + code + `,"message":"` + message + `"}`
}

// failing has a request refused: by the workspace, or where the body is a page by whatever stands before it.
func failing(path string, status int, body string) []rest.Fault {
	return []rest.Fault{{Path: path, Status: status, Body: body, Foreign: strings.HasPrefix(body, "<")}}
}

// answerScenarios end with what answers over HTTP: something that is no workspace, a workspace that lets this network not in, or one that
// answers badly.
func answerScenarios() []Scenario {
	return granted([]Scenario{
		{
			ID: "captive-portal", Title: "A captive portal answers",
			Story:  "A hotel's or an airport's network answers every request with its own page until the terms are accepted.",
			Want:   Want{stageWorkspace, unreachable, "web-page", 12},
			Faults: []rest.Fault{{Path: everything, Page: portal}},
		},
		{
			ID: "captive-portal-redirect", Title: "A captive portal redirects",
			Story:  "The network sends every request to its own sign-in page.",
			Want:   Want{stageWorkspace, unreachable, "not-a-workspace", 12},
			Faults: []rest.Fault{{Path: everything, Redirect: "http://login.airport-wifi.example/accept", Foreign: true}},
		},
		{
			ID: "not-a-workspace", Title: "The host is another web site",
			Story:  "Something answers there with 404, as a web server that has never heard of Databricks does.",
			Want:   Want{stageWorkspace, unreachable, "not-a-workspace", 12},
			Faults: failing(everything, http.StatusNotFound, "<html><body>Not Found</body></html>"),
		},
		{
			ID: "accounts-host", Title: "The host behaves like the account console",
			Story:  "The host signs in to an account rather than to a workspace: it has no sign-in information of a workspace.",
			Want:   Want{stageWorkspace, unreachable, "not-a-workspace", 12},
			Faults: failing(discovery, http.StatusNotFound, `{"error_code":"ENDPOINT_NOT_FOUND","message":"Account host"}`),
		},
		{
			ID: "no-such-workspace", Title: "The workspace does not exist",
			Story:  "The region answers, and knows no workspace of that number: it was deleted, or the number is mistyped.",
			Want:   Want{stageWorkspace, unreachable, "no-such-workspace", 12},
			Faults: failing(everything, http.StatusBadRequest, "The workspace you are trying to access does not exist in this Azure region, or your account does not belong to any Databricks workspace in the region."),
		},
		{
			ID: "server-error", Title: "The workspace answers 500",
			Story:  "The workspace has trouble of its own, in every request. Nothing is retried that is not worth it.",
			Want:   Want{stageWorkspace, unreachable, "server-trouble", 10},
			Faults: failing(everything, http.StatusInternalServerError, `{"error_code":"INTERNAL_ERROR","message":"Internal server error"}`),
		},
		{
			ID: "bad-gateway", Title: "A gateway answers 502",
			Story:  "A gateway in front of the workspace answers 502 with a page, however often it is asked.",
			Want:   Want{stageWorkspace, unreachable, "gateway", 10},
			Faults: failing(everything, http.StatusBadGateway, gatewayPage(http.StatusBadGateway)),
		},
		{
			ID: "unavailable", Title: "The workspace answers 503",
			Story:  "The workspace is temporarily unavailable, however often it is asked.",
			Want:   Want{stageWorkspace, unreachable, "server-trouble", 10},
			Faults: failing(everything, http.StatusServiceUnavailable, `{"error_code":"SERVICE_UNAVAILABLE","message":"The service is unavailable"}`),
		},
		{
			ID: "gateway-timeout", Title: "A gateway answers 504",
			Story:  "A gateway in front of the workspace gives up waiting for it, however often it is asked.",
			Want:   Want{stageWorkspace, unreachable, "gateway", 10},
			Faults: failing(everything, http.StatusGatewayTimeout, gatewayPage(http.StatusGatewayTimeout)),
		},
		{
			ID: "cut-body", Title: "The answer is cut off",
			Story:  "The connection closes after 20 bytes of the first answer.",
			Want:   Want{stageWorkspace, unreachable, "cut", 10},
			Faults: []rest.Fault{{Path: discovery, Cut: 20}},
		},
		{
			ID: "reset", Title: "The connection is reset",
			Story:  "A firewall resets every connection as soon as a request is sent on it.",
			Want:   Want{stageWorkspace, unreachable, "cut", 10},
			Faults: []rest.Fault{{Path: everything, Reset: true}},
		},
		{
			ID: "hung-server", Title: "The workspace never answers",
			Story:  "The workspace takes the request and says nothing. The stage ends by its own deadline.",
			Want:   Want{stageWorkspace, unreachable, "timeout", 10},
			Faults: []rest.Fault{{Path: everything, Delay: forEver}},
		},
		{
			ID: "ip-access-list", Title: "The address is not on the access list",
			Story:  "The workspace's IP access list does not include the address that this machine comes from.",
			Want:   Want{stageNetworkRules, unreachable, "ip-access-list", 12},
			Faults: failing(everyAPI, http.StatusForbidden, denial("403", "Source IP address: 203.0.113.9 is blocked by Databricks IP ACL for workspace: "+workspaceID)),
		},
		{
			ID: "private-link", Title: "The workspace asks for Private Link",
			Story:  "Public access is off: the workspace redirects to a page that says its private endpoint has to be used.",
			Want:   Want{stageNetworkRules, unreachable, "private-link", 12},
			Faults: []rest.Fault{{Path: everyAPI, Redirect: "/login.html?error=private-link-validation-error:" + workspaceID}},
		},
		{
			ID: "network-policy", Title: "Only the private network is let in",
			Story:  "The workspace refuses requests from outside its own network, in plain text.",
			Want:   Want{stageNetworkRules, unreachable, "network-policy", 12},
			Faults: failing(everyAPI, http.StatusForbidden, "Unauthorized network access to workspace: "+workspaceID),
		},
		{
			ID: "throttled-for-long", Title: "The workspace limits how often it is asked",
			Story:  "Every request is answered with 429 and an hour to wait, which nobody should be made to sit through.",
			Want:   Want{stageNetworkRules, unreachable, "throttled", 10},
			Faults: []rest.Fault{{Path: everyAPI, RetryAfter: time.Hour}},
		},
		{
			ID: "html-instead-of-json", Title: "A page in place of the catalog",
			Story:  "Sign-in works, and a gateway answers questions about catalogs with an HTML page and status 200.",
			Want:   Want{stageCatalog, unreachable, "web-page", 12},
			Faults: []rest.Fault{{Path: oneCatalog, Page: portal}},
		},
		{
			ID: "reset-at-a-byte", Title: "The catalog's answer is reset halfway",
			Story:  "The connection is reset after 64 bytes of the answer about the catalog.",
			Want:   Want{stageCatalog, unreachable, "cut", 10},
			Faults: []rest.Fault{{Path: oneCatalog, Cut: 64, Reset: true}},
		},
		{
			ID: "hung-catalog", Title: "The catalog never answers",
			Story:  "Everything works until the catalog is asked for, which takes the request and says nothing.",
			Want:   Want{stageCatalog, unreachable, "timeout", 10},
			Faults: []rest.Fault{{Path: oneCatalog, Delay: forEver}},
		},
	})
}
