package check

import (
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// RouteText is the way to a workspace in words, err being why its setting does not read as a proxy.
func RouteText(route workspace.Route, err error) string {
	var setting *workspace.ProxySettingError
	switch {
	case errors.As(err, &setting) && setting.Variable != "":
		return setting.Shown + ", set in " + setting.Variable
	case route.Proxy == nil:
		return "no proxy" + noted(route)
	}
	return proxied(route) + noted(route)
}

// from says where the way comes from: the variable, or whoever gave it for this run.
func from(route workspace.Route) string {
	switch {
	case route.Given:
		return ", given by you"
	case route.Variable != "":
		return ", set in " + route.Variable
	}
	return ""
}

// proxied is a proxy as it is shown: its address, and where that comes from.
func proxied(route workspace.Route) string {
	return connector.CleanLine(route.Proxy.String(), 120) + from(route)
}

// entryOf is the entry that keeps the host out of the proxy.
func entryOf(route workspace.Route) string {
	if route.Entry == "" {
		return ""
	}
	return " (" + connector.CleanLine(route.Entry, 80) + ")"
}

// noted is what the evidence says of a setting that does not count as its user may think.
func noted(route workspace.Route) string {
	if route.Note == "" {
		return ""
	}
	return "; " + connector.CleanLine(route.Note, 200)
}
