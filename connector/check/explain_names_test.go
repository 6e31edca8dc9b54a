package check

import (
	"fmt"
	"strings"
	"testing"
)

// The names that a text gives come back where they are needed, so that nobody has to put them in by hand.
func TestTheNamesOfATextAreInTheGrant(t *testing.T) {
	const someone = "6f0c5f3e-0000-4000-8000-000000000001"
	for text, want := range map[string]string{
		"User does not have USE CATALOG on Catalog 'main'.":                       "GRANT USE CATALOG ON CATALOG `main` TO `application ID`;",
		"User does not have USE SCHEMA on Schema 'core.sales'. SQLSTATE: 42501":   "GRANT USE SCHEMA ON SCHEMA `core`.`sales` TO `application ID`;",
		"User does not have SELECT on Table 'core.sales.orders'":                  "GRANT SELECT ON TABLE `core`.`sales`.`orders` TO `application ID`;",
		someone + " does not have SELECT on Table 'core.sales.orders'":            "GRANT SELECT ON TABLE `core`.`sales`.`orders` TO `" + someone + "`;",
		"User anna@contoso.example does not have USE CATALOG on Catalog 'main'":   "GRANT USE CATALOG ON CATALOG `main` TO `anna@contoso.example`;",
		"User does not have permission SELECT on table `finance`.`ledger`":        "GRANT SELECT ON TABLE `hive_metastore`.`finance`.`ledger` TO `application ID`;",
		"User does not have SELECT on Materialized View 'core.sales.totals'":      "GRANT SELECT ON MATERIALIZED VIEW `core`.`sales`.`totals` TO `application ID`;",
		"User does not have SELECT on Schema 'core.sales'":                        "GRANT SELECT ON SCHEMA `core`.`sales` TO `application ID`;",
		"User does not have permission USAGE on database `finance`.":              "GRANT USAGE ON SCHEMA `hive_metastore`.`finance` TO `application ID`;",
		"[TABLE_OR_VIEW_NOT_FOUND] The table or view `a`.`b`.`c` cannot be found": "", // which may not exist
		"[SCHEMA_NOT_FOUND] The schema `a`.`b` cannot be found.":                  "",
		"User does not have BROWSE on Catalog 'core'.":                            "GRANT USE SCHEMA ON SCHEMA `core`.`schema` TO `application ID`;",
		"User does not have USE CATALOG on Catalog":                               "GRANT USE CATALOG ON CATALOG `catalog` TO `application ID`;",
	} {
		if got := ExplainText(text).Remedy.Copy; got != want {
			t.Errorf("%q gives %q", text, got)
		}
	}
}

// Anybody may call a table as errors are called: its name says nothing of what went wrong.
func TestTheNameOfATableIsNoError(t *testing.T) {
	for _, name := range []string{"invalid_client", "TEMPORARILY_UNAVAILABLE", "QUOTA_EXCEEDED", "unauthorized_client", "expired_token", "timeout"} {
		for _, text := range []string{
			"PERMISSION_DENIED: User does not have USE SCHEMA on Schema 'main." + name + "'.",
			"Insufficient privileges: User does not have permission SELECT on table `a`.`b`.`" + name + "`",
			"User does not have SELECT on Table 'core." + name + ".orders'", "User does not have USE CATALOG on Catalog '" + name + "'.",
		} {
			if got := ExplainText(text); got.Cause != MissingPermissions || got.Confidence != Certain {
				t.Errorf("%q: %s, %s", text, got.Pattern, got.Confidence)
			}
		}
	}
	if got := ExplainText(`oauth2: "invalid_client" "Client authentication failed", table 'core.sales.orders'`); got.Cause != AuthenticationFailed {
		t.Errorf("an error beside a name is %s", got.Pattern)
	}
}

func TestTheNamesOfATextAreInTheRemedy(t *testing.T) {
	for text, wants := range map[string][]string{
		`{"error_code":"PERMISSION_DENIED","message":"6f0c5f3e-0000-4000-8000-000000000001 is not authorized to use or monitor this SQL Endpoint"} /sql/1.0/warehouses/a3f19c0d7be24418`: {
			"the SQL warehouse a3f19c0d7be24418", "the principal 6f0c5f3e-0000-4000-8000-000000000001",
		},
		"proxyconnect tcp: dial tcp: lookup proxy.corp on 10.0.0.2:53: no such host":                          {"the proxy proxy.corp"},
		"location: http://portal.hotel.example/login?url=https://adb-7405605741000000.0.azuredatabricks.net/": {"the sign-in page's host portal.hotel.example"},
		"SQL warehouse a3f19c0d7be24418 does not exist":                                                       {"the SQL warehouse a3f19c0d7be24418"},
		`SQL warehouse "finance" is stopped`:                                                                  {"the SQL warehouse finance"},
		"Provided access token does not have required scopes: sql, unity-catalog":                             {"the scope sql, unity-catalog"},
		"This API is disabled for users without the workspace-access entitlement.":                            {"the entitlement workspace-access"},
		"dial tcp: lookup adb-7405605741000000.3.azuredatabricks.net: no such host":                           {"the host adb-7405605741000000.3.azuredatabricks.net"},
		"PERMISSION_DENIED: User does not have READ VOLUME on Volume 'landing.inbound.drop_zone'.":            {"the volume landing.inbound.drop_zone"},
		"PERMISSION_DENIED: External Location 'el_sandbox' is not accessible in current workspace":            {"the external location el_sandbox"},
		"Catalog 'main' is not accessible in current workspace; Catalog 'main2' is another story":             {"the catalog main."},
		"INVALID_PARAMETER_VALUE: my_wh is not a valid endpoint id.":                                          {"the SQL warehouse my_wh"},
	} {
		got := ExplainText(text)
		for _, want := range wants {
			if !strings.Contains(got.Remedy.Text, want) {
				t.Errorf("%q (%s): %q does not say %q", text, got.Pattern, got.Remedy.Text, want)
			}
		}
	}
}

// A text may have been made so that what it names does something else in a statement, in a terminal, or in the next sentence.
func TestAHostileNameIsQuotedOrLeftOut(t *testing.T) {
	const untouched = "GRANT USE CATALOG ON CATALOG `catalog` TO `application ID`;"
	for name, want := range map[string]string{
		"a`; DROP TABLE x; --":           untouched, // no name has a blank
		"a`;drop":                        "GRANT USE CATALOG ON CATALOG `a``;drop` TO `application ID`;",
		"`schema`":                       "GRANT USE CATALOG ON CATALOG `schema` TO `application ID`;",
		"a/b":                            untouched,
		"a\u202eb":                       untouched,
		"a\ue000b":                       untouched,
		strings.Repeat("x", 256):         untouched,
		"dapi0123456789abcdef0123456789": untouched,
		"":                               untouched,
	} {
		text := fmt.Sprintf("User does not have USE CATALOG on Catalog '%s'.", name)
		if got := ExplainText(text); got.Remedy.Copy != want || strings.ContainsAny(got.Remedy.Text, "\u202e\ue000") {
			t.Errorf("%q gives %q, %q", text, got.Remedy.Copy, got.Remedy.Text)
		}
	}
}

// Where two causes fit, both are said, with what to look at.
func TestASecondCauseIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		"403 Unauthorized access to Org: 7405605741000000":                                                           "ip-access-list",
		"[Databricks][DatabricksJDBCDriver](500593) HTTP Response code: 403, Error message: Unknown.":                "no-can-use",
		"databricks: Max retries exceeded (Caused by ResponseError('too many 503 error responses'))":                 "server-trouble",
		"Invalid access to Org: 7405605741000000. Then: 'User does not have USE CATALOG on Catalog 'main'.":          "no-use-catalog",
		"unexpected HTTP status 502 Bad Gateway from https://adb-7405605741000000.3.azuredatabricks.net/api/2.0/sql": "sql-unavailable",
	} {
		found := false
		got := ExplainText(text)
		for _, also := range got.Also {
			found = found || also.Pattern == want && also.Cause != got.Cause && strings.HasSuffix(also.Look, ".")
		}
		if !found {
			t.Errorf("%q is %s, and also %+v", text, got.Pattern, got.Also)
		}
	}
	if got := ExplainText("User does not have USE CATALOG on Catalog 'main'."); len(got.Also) > 0 {
		t.Errorf("there is no doubt, but also %+v", got.Also)
	}
}

// A name is a value for whoever reads the JSON: without the quotes of the sentence it stood in.
func TestANameComesWithoutTheQuotesOfItsSentence(t *testing.T) {
	for text, want := range map[string]string{
		"User does not have USE CATALOG on Catalog 'prod'.":                                        "prod",
		"User does not have USE SCHEMA on Schema `prod`.":                                          "prod",
		"User does not have USE SCHEMA on Schema \"prod.sales\".":                                  "prod.sales",
		"[TABLE_OR_VIEW_NOT_FOUND] The table or view `prod`.`sales`.`orders` cannot be found":      "`prod`.`sales`.`orders`",
		"User does not have SELECT on Table 'prod.sales.orders'. [INSUFFICIENT_PERMISSIONS] x.y.z": "prod.sales.orders",
	} {
		if got := ExplainText(text).Names; len(got) != 1 || got[0].Value != want {
			t.Errorf("%q names %v", text, got)
		}
	}
}
