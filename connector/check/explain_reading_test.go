package check

import (
	"strings"
	"testing"
)

// The lines of a log, the clauses of a sentence and the subject of a refusal decide before any words do.
func TestATextIsReadBeforeItsWordsAre(t *testing.T) {
	list := samples(t, "reading.md")
	if len(list) < 50 {
		t.Errorf("only %d texts", len(list))
	}
	for _, s := range list {
		t.Run(s.title, func(t *testing.T) { s.explained(t) })
	}
}

// A GRANT names the catalog that was refused, and never a table that a view reads.
func TestTheGrantIsOnWhatWasRefused(t *testing.T) {
	for text, want := range map[string]string{
		"User does not have permission SELECT on table `ops_eu`.`assets`.`devices`. SQLSTATE: 42501": "GRANT SELECT ON TABLE `ops_eu`.`assets`.`devices` TO `application ID`;",
		"User does not have permission USE SCHEMA on schema `ops_eu`.`assets`.":                      "GRANT USE SCHEMA ON SCHEMA `ops_eu`.`assets` TO `application ID`;",
		"User does not have permission SELECT on table `hive_metastore`.`assets`.`devices`":          "GRANT SELECT ON TABLE `hive_metastore`.`assets`.`devices` TO `application ID`;",
		"[INSUFFICIENT_PERMISSIONS_UNDERLYING_SECURABLE] User cannot SELECT on `a`.`b`.`v` because of permissions on underlying securables: " +
			"User does not have SELECT on Table 'a.raw.t'. SQLSTATE: 42501": "",
	} {
		if got := ExplainText(text); got.Remedy.Copy != want {
			t.Errorf("%q (%s) gives %q", text, got.Pattern, got.Remedy.Copy)
		}
	}
}

// A GRANT that looks ready and is not says so.
func TestANameThatCannotBeFilledInIsAskedFor(t *testing.T) {
	got := ExplainText("User does not have USE SCHEMA on Schema 'fin-prod.g l'.")
	if !strings.Contains(got.Remedy.Copy, "`schema`") || !strings.Contains(got.Remedy.Text, "in place of `schema`") {
		t.Errorf("%q, %q", got.Remedy.Copy, got.Remedy.Text)
	}
	if got = ExplainText("User does not have USE SCHEMA on Schema 'fin-prod.gl'."); strings.Contains(got.Remedy.Text, "in place of") {
		t.Errorf("%q is complete, and %q", got.Remedy.Copy, got.Remedy.Text)
	}
}

// A catalog may have the name of a placeholder.
func TestANameLikeAPlaceholderFillsNoOther(t *testing.T) {
	got := ExplainText("User does not have USE SCHEMA on Schema 'schema.g l'.")
	if !strings.Contains(got.Remedy.Text, "in place of `schema`") {
		t.Errorf("%q, %q", got.Remedy.Copy, got.Remedy.Text)
	}
}

// What decided is shown, also behind the address of a token endpoint.
func TestTheEvidenceOfAProxyIsShown(t *testing.T) {
	const text = `Post "https://adb-5310998877665544.3.azuredatabricks.net/oidc/v1/token": proxyconnect tcp: dial tcp 10.20.0.4:3128: connect: connection refused`
	if got := ExplainText(text); !strings.Contains(got.Matched, "proxyconnect tcp: dial tcp 10.20.0.4:3128") {
		t.Errorf("decided by %q", got.Matched)
	}
}
