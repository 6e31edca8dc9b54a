package lint

import (
	"net/url"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/pattern"
)

// azureDatabricks is the application ID of the Azure Databricks resource itself, the same in every tenant (DATABRICKS.md D).
const azureDatabricks = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d"

// exampleHost is the one that the empty field shows.
const exampleHost = "adb-1234567890123456.7.azuredatabricks.net"

var (
	regionHost = pattern.New(`^[a-z]+[a-z0-9]*\.azuredatabricks\.net$`)
	azureAny   = pattern.New(`\.azuredatabricks\.net$`)
	azureWhole = pattern.New(`^adb-\d{5,20}\.\d{1,3}\.azuredatabricks\.net$`)
	azureHalf  = pattern.New(`^adb-\d{5,20}\.azuredatabricks\.net$`)
	hexOnly    = pattern.New(`^[0-9a-fA-F]{32}$`)
	digits     = pattern.New(`^\d{9,}$`) // longer than the first part of a UUID
	webAddress = pattern.New(`^https?://|^[0-9A-Za-z.-]+:\d{2,5}(?:/|$)`)
	notHex     = pattern.New(`[^0-9a-fA-F-]`)
)

// hostOf is the host name within what was pasted, in lower case and without scheme, path or port.
func hostOf(v Values) string {
	text := strings.ToLower(strings.Trim(strings.TrimSpace(v.Host), "\"'`<>"))
	if _, rest, found := strings.Cut(text, "://"); found {
		text = rest
	}
	if at := strings.IndexAny(text, "/?#:;"); at >= 0 {
		text = text[:at]
	}
	return strings.TrimSuffix(text, ".")
}

func hostEnds(suffixes ...string) func(Values) bool {
	return func(v Values) bool {
		for _, suffix := range suffixes {
			if name := hostOf(v); strings.HasSuffix(name, suffix) && len(name) > len(suffix) {
				return true
			}
		}
		return false
	}
}

func hostHas(part string) func(Values) bool {
	return func(v Values) bool { return strings.Contains(strings.ToLower(v.Host), part) }
}

func hostIs(form pattern.Pattern) func(Values) bool {
	return func(v Values) bool { return form().MatchString(hostOf(v)) }
}

// keptQuery reports a workspace ID in the query that the host name does not carry itself.
func keptQuery(v Values) bool {
	_, query, found := strings.Cut(v.Host, "?")
	values, err := url.ParseQuery(query)
	return found && err == nil && connector.ReadWorkspaceID(values.Get("o")) != ""
}

var hostRules = []Rule{
	{ID: "L62", Field: Host, Text: "This looks like a client ID. The host stands in the address bar of your workspace.", fires: func(v Values) bool {
		_, err := connector.ParseClientID(v.Host)
		return err == nil
	}},
	{ID: "L27", Field: Host, Text: "This is a JDBC URL. Only the host in it was taken.", fires: hostHas("jdbc:")},
	{ID: "L07", Field: Host, Text: "This is the account console, not a workspace. Open your workspace and copy the host from its address bar.", fires: func(v Values) bool { return strings.HasPrefix(hostOf(v), "accounts.") }},
	{ID: "L26", Field: Host, Text: "There is a letter in it that only looks like a Latin one. Copy the host again from the address bar.", fires: func(v Values) bool { return !plainASCII(hostOf(v)) }},
	{ID: "L25", Field: Host, Text: "Private Link keeps the workspace's own name. Leave out the part privatelink.", fires: hostHas(".privatelink.")},
	{ID: "L29", Field: Host, Text: "This is the example. Copy the host of your own workspace from the address bar.", fires: func(v Values) bool { return hostOf(v) == exampleHost }},
	{ID: "L24", Field: Host, Text: "This is the old address of a region, which many workspaces share. Open your workspace and copy its own host, which begins with adb-.", fires: func(v Values) bool {
		return regionHost().MatchString(hostOf(v)) && !strings.HasPrefix(hostOf(v), "accounts.")
	}},
	{ID: "L28", Field: Host, Text: "The number behind the workspace ID is missing: adb-, the ID, a dot, one or two digits.", fires: hostIs(azureHalf)},
	{ID: "L11", Field: Host, Text: "A workspace host of Azure begins with adb- and the workspace ID. Compare it with the address bar.", fires: func(v Values) bool {
		name := hostOf(v)
		return azureAny().MatchString(name) && !azureWhole().MatchString(name)
	}},
	{ID: "L22", Field: Host, Text: "This workspace is not on Azure. The steps are the same; the menus may be named otherwise.", fires: hostEnds(".cloud.databricks.com", ".cloud.databricks.us", ".gcp.databricks.com")},
	{ID: "L23", Field: Host, Text: "This is a sovereign cloud of Azure. Azure China has no serverless warehouses, and some features come later.", fires: hostEnds(".databricks.azure.us", ".databricks.azure.cn")},
	{ID: "L10", Field: Host, Text: "http was dropped; only https is used.", fires: func(v Values) bool { return strings.HasPrefix(strings.ToLower(strings.TrimSpace(v.Host)), "http://") }},
	{ID: "L09", Field: Host, Text: "The workspace ID in ?o= was read; the rest behind the host is left out.", fires: keptQuery},
	{ID: "L08", Field: Host, Text: "The host alone is kept, without https:// and without what follows it.", fires: func(v Values) bool { return v.HostParses && strings.ContainsAny(v.Host, "/?#") }},
}

func trimmed(text string) string { return strings.Trim(strings.TrimSpace(text), "\"'`") }

// A secret in the field of the client ID is no matter of hints: connector.ParseClientID refuses it, and no hint sees it.
var clientRules = []Rule{
	{ID: "L63", Field: ClientID, Text: "This looks like a workspace host. The client ID is the application ID, a UUID.", fires: func(v Values) bool {
		_, of := connector.WorkspaceHost(v.ClientID)
		return of || webAddress().MatchString(trimmed(v.ClientID))
	}},
	{ID: "L12", Field: ClientID, Text: "Digits only: that is the SCIM id. The client ID is the application ID, a UUID.", fires: func(v Values) bool { return digits().MatchString(trimmed(v.ClientID)) }},
	{ID: "L14", Field: ClientID, Text: "This is an e-mail address. Draftt signs in as a service principal, by its application ID.", fires: func(v Values) bool { return strings.Contains(v.ClientID, "@") }},
	{ID: "L30", Field: ClientID, Text: "This is the application ID of Azure Databricks itself. Copy the one of your service principal.", fires: func(v Values) bool { return strings.EqualFold(trimmed(v.ClientID), azureDatabricks) }},
	{ID: "L31", Field: ClientID, Text: "The dashes are missing: a UUID has them after 8, 12, 16 and 20 digits.", fires: func(v Values) bool { return hexOnly().MatchString(trimmed(v.ClientID)) }},
	{ID: "L32", Field: ClientID, Text: "The braces were left out; the application ID is the UUID alone.", fires: func(v Values) bool { return strings.ContainsAny(v.ClientID, "{}()") }},
	{ID: "L13", Field: ClientID, Text: "This reads like a display name. Copy the application ID, a UUID.", fires: func(v Values) bool {
		return len(trimmed(v.ClientID)) > 3 && notHex().MatchString(trimmed(v.ClientID)) && !strings.ContainsAny(v.ClientID, "@{}()")
	}},
}

// shaped fires on a shape while a way to sign in is chosen.
func shaped(mark connector.Shape, method connector.AuthMethod) func(Values) bool {
	return func(v Values) bool { return v.Secret.Shape().Has(mark) && (method == "" || v.Method == method) }
}

var secretRules = []Rule{
	{ID: "L21", Field: Secret, Text: "These are the dots that a screen shows in place of a secret. Create a new secret and copy it while it is shown.", fires: shaped(connector.ShapeMasked, "")},
	{ID: "L17", Field: Secret, Text: "The name in front of it, as in a settings file, was left out.", fires: shaped(connector.ShapeAssigned, "")},
	{ID: "L16", Field: Secret, Text: "The quotes around it were left out.", fires: shaped(connector.ShapeQuoted, "")},
	{ID: "L15", Field: Secret, Text: "There is a blank or a line break inside it. Copy it again in one piece.", fires: shaped(connector.ShapeBlanks, "")},
	{ID: "L03", Field: Secret, Text: "This looks like " + connector.ShapeToken.Called() + ". Sign in with a token instead.", fires: shaped(connector.ShapeToken, connector.OAuth)},
	{ID: "L04", Field: Secret, Text: "This looks like " + connector.ShapeOAuth.Called() + ". Sign in with an OAuth secret instead.", fires: shaped(connector.ShapeOAuth, connector.PAT)},
	{ID: "L06", Field: Secret, Text: "This is a UUID, as client IDs are. The secret begins with dose and was shown once, when it was created.", fires: shaped(connector.ShapeUUID, connector.OAuth)},
	{ID: "L20", Field: Secret, Text: "This is an access token, which ends within an hour. Paste the secret that such tokens are made with.", fires: shaped(connector.ShapeJWT, "")},
	{ID: "L18", Field: Secret, Text: "This looks like a Microsoft Entra secret, which Databricks does not take. Create one on the principal's page, under Secrets.", fires: func(v Values) bool {
		return v.Secret.Shape().Has(connector.ShapeEntra) && v.Method == connector.OAuth && hostEnds(".azuredatabricks.net", ".databricks.azure.us", ".databricks.azure.cn")(v)
	}},
	{ID: "L33", Field: Secret, Text: "Blanks or line breaks around it are left out.", fires: shaped(connector.ShapePadded, "")},
	{ID: "L19", Field: Secret, Text: "It is shorter than any secret of Databricks. Check that all of it was copied.", fires: shaped(connector.ShapeShort, ""), whole: true},
	{ID: "L61", Field: Secret, Text: "An OAuth secret has 36 characters, and this one has more or fewer. Check that it alone was copied, and all of it.", fires: func(v Values) bool {
		return v.Secret.Shape().Has(connector.ShapeOAuth) && v.Method == connector.OAuth && v.Secret.Len() != lengthOfSecret
	}, whole: true},
}

// lengthOfSecret is how long the OAuth secrets of Databricks are.
const lengthOfSecret = 36
