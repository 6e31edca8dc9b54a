package check

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/assets"
)

// A writer who misspells a key, forgets a sentence or leaves a row behind is told which, and the program does not start to find causes.
func TestEveryRowHasItsWordsAndNothingElseHas(t *testing.T) {
	said, err := assets.Read[map[string]sentences]("causes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := fit(said, table()); err != nil {
		t.Error(err)
	}
	for want, change := range map[string]func(map[string]sentences){
		"proxy has no reason or no remedy": func(m map[string]sentences) { delete(m, "proxy") },
		"cut has no reason or no remedy":   func(m map[string]sentences) { m["cut"] = sentences{Reason: "It was cut."} },
		"tls has no reason or no remedy":   func(m map[string]sentences) { m["tls"] = sentences{Remedy: "Look."} },
		"prxy is no row of the table":      func(m map[string]sentences) { m["prxy"] = m["proxy"] },
	} {
		other := maps.Clone(said)
		change(other)
		if err := fit(other, table()); err == nil || !strings.HasSuffix(err.Error(), ": "+want) {
			t.Errorf("%v, not %s", err, want)
		}
	}
	if _, err := assets.Read[map[string]struct{ Reason, Remedy string }]("causes.yaml"); err == nil || !strings.Contains(err.Error(), "grant") {
		t.Errorf("a key that means nothing is read: %v", err)
	}
}

// What a writer may call a GRANT is a statement of the read-only contract, with placeholders.
func TestTheGrantsOfTheTableGiveReadingAlone(t *testing.T) {
	form := regexp.MustCompile("^GRANT (USE CATALOG ON CATALOG `catalog`|USE SCHEMA ON SCHEMA `catalog`\\.`schema`|(USAGE|SELECT) ON SCHEMA `(hive_metastore|catalog)`\\.`schema`) TO `application ID`;$")
	var stated []string
	for _, e := range Causes() {
		if e.Grant != "" && !form.MatchString(e.Grant) {
			t.Errorf("%s: %q", e.ID, e.Grant)
		}
		if e.Grant != "" {
			stated = append(stated, e.ID)
		}
	}
	if len(stated) < 5 || !slices.Contains(stated, "no-select") {
		t.Errorf("only %v state a grant", stated)
	}
}

// The documented name of a cause stays as it is, and a few words stand behind it where it leaves open what was reached.
func TestAHeadlineIsTheDocumentedCauseAndWhatItLeavesOpen(t *testing.T) {
	for want, f := range map[string]Finding{
		"Could not reach the workspace: certificate not trusted":     findingOf("untrusted-certificate"),
		"Could not reach the workspace: certificate not valid":       findingOf("certificate-expired"),
		"Could not reach the workspace: certificate of another host": findingOf("certificate-name"),
		"Could not reach the workspace: host not accepted":           findingOf("host-not-accepted"),
		"Could not reach the workspace":                              findingOf("refused"),
		"Authentication failed":                                      findingOf("unauthenticated"),
		"Unknown cause":                                              {Cause: NotKnown, Pattern: UnknownPattern},
	} {
		if got := f.Headline(); got != want {
			t.Errorf("%s is headed %q, not %q", f.Pattern, got, want)
		}
	}
	for _, row := range table() {
		more := row.words().Headline
		if strings.ContainsAny(more, ".:!\n") || strings.TrimSpace(more) != more || more != strings.ToLower(more) || len(more) > 40 {
			t.Errorf("%s: %q does not stand behind the name of a cause", row.id, more)
		}
	}
}
