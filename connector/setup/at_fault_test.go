package setup

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
)

func TestAFailedSignInNamesTheAnswerAtFault(t *testing.T) {
	for pattern, want := range map[string]lint.Field{
		"name-does-not-resolve": lint.Host, "account-host": lint.Host, "not-a-workspace": lint.Host,
		"not-in-workspace": lint.ClientID, "inactive": lint.ClientID, "other-principal": lint.ClientID, "no-sql-entitlement": lint.ClientID,
		"bad-client": lint.Secret, "secret-expired": lint.Secret, "entra-refused": lint.Secret, "unauthenticated": lint.Secret,
	} {
		at := slices.IndexFunc(check.Causes(), func(e check.Entry) bool { return e.ID == pattern })
		if at < 0 {
			t.Errorf("the ladder finds no %q", pattern)
			continue
		}
		d := NewDraft(nil)
		if got := d.AtFault(check.Finding{Cause: check.Causes()[at].Cause, Pattern: pattern}); got != want {
			t.Errorf("%s leads to %s rather than to %s", pattern, got, want)
		}
	}
}

// TestWhatARemedyAsksForInPlaceIsTheFirstWayOut: what is told to be done here is what Enter does here, and nothing else is.
func TestWhatARemedyAsksForInPlaceIsTheFirstWayOut(t *testing.T) {
	inPlace := 0
	for _, e := range check.Causes() {
		ways := NewDraft(nil).WaysOut(check.Result{Stage: e.Stage, Finding: &check.Finding{Cause: e.Cause, Pattern: e.ID}})
		if (e.Here != "") != (ways[0] != Edit && ways[0] != TestAgain) {
			t.Errorf("%s asks for %q here, and its ways out are %v", e.ID, e.Here, ways)
		}
		if says := strings.ToLower(e.Remedy); ways[0] == TestAgain && !strings.Contains(says, "test again") {
			t.Errorf("%s says %q, and its first way out is to test again", e.ID, e.Remedy)
		}
		if !slices.Contains(ways, Edit) || !slices.Contains(ways, TestAgain) {
			t.Errorf("%s leaves the answers as they are", e.ID)
		}
		if e.Here != "" {
			inPlace++
			trusts, proxies := strings.Contains(strings.ToLower(e.Here), "trust"), strings.Contains(e.Here, "proxy")
			if ways[0] == TrustAuthority && !trusts || ways[0] == ChangeProxy && !proxies {
				t.Errorf("%s asks for %q here, and the first way out is to %s", e.ID, e.Here, ways[0].Does())
			}
		}
	}
	if inPlace < 5 {
		t.Errorf("only %d remedies can be followed in place", inPlace)
	}
}

func TestWhereATokenSignsInNoClientIDIsAtFault(t *testing.T) {
	d := NewDraft(nil)
	d.SetMethod(connector.PAT)
	if got := d.AtFault(check.Finding{Cause: check.AuthenticationFailed, Pattern: "inactive"}); got != lint.Secret {
		t.Errorf("it leads to %s", got)
	}
}

func TestEveryPatternWithAFaultOfItsOwnIsFoundByTheLadder(t *testing.T) {
	for _, pattern := range slices.AppendSeq(slices.Clone(passing), maps.Keys(faultOfPattern)) {
		if !slices.ContainsFunc(check.Causes(), func(e check.Entry) bool { return e.ID == pattern }) {
			t.Errorf("the ladder finds no %q", pattern)
		}
	}
}
