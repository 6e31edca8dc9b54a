package breadth

import (
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

func writing(what string) grants.Extra {
	return grants.Extra{What: what, Source: "direct", Writes: true, Revoke: "REVOKE " + what + ";"}
}

func TestWhatIsSeenLaterIsAskedAboutAgain(t *testing.T) {
	first := Breadth{Writes: []grants.Extra{writing("MODIFY on schema a.b")}}
	agreed := first.Accepted("x")
	more := Breadth{Writes: append([]grants.Extra{writing("MANAGE on catalog a")}, first.Writes...)}
	if !agreed.Covers(first, "x") || !agreed.Covers(Breadth{}, "y") {
		t.Error("what was agreed to is asked about again")
	}
	if agreed.Covers(more, "x") || agreed.Covers(first, "y") || (Accepted{}).Covers(first, "") {
		t.Error("what nobody agreed to is covered")
	}
}

func TestEverythingThatCanWriteIsNamedWithHowItIsTakenAway(t *testing.T) {
	group := writing("MODIFY on schema a.b")
	group.Others = true
	owner := grants.Extra{What: "ownership of table a.b.c", Source: "owner", Writes: true, Revoke: "Give table a.b.c another owner."}
	b := Of(nil, &audit.Certificate{Verdict: audit.CanWrite, Extras: []grants.Extra{group, owner, {What: "SELECT on schema a.z"}, writing("MANAGE on catalog q")}}, nil)
	lines := strings.Join(b.Lines(), "\n")
	for _, want := range []string{"MODIFY on schema a.b (direct)", "REVOKE MODIFY on schema a.b;", "The other members of the group", "Give table a.b.c another owner.", "MANAGE on catalog q"} {
		if !strings.Contains(lines, want) {
			t.Errorf("%q is not in\n%s", want, lines)
		}
	}
	if strings.Contains(lines, "SELECT") || strings.Contains(b.Script(), "Give table") || strings.Count(b.Script(), "\n") != 2 {
		t.Errorf("%s\n%s", lines, b.Script())
	}
	if got := b.Sentence(); got != "can write: MODIFY on schema a.b, ownership of table a.b.c and 1 more" {
		t.Errorf("it is said as %q", got)
	}
}

// Where nobody but the connector looked, what is held besides is said with the rest, until it is seen to be gone.
func TestWhatIsReadBesidesIsSaidWhereNotEverythingWasSeen(t *testing.T) {
	const seen = grants.NoWrite + grants.BySelf
	archive := grants.Extra{What: "SELECT on catalog archive", Revoke: "x"}
	results := []check.Result{{Stage: check.StageReadOnly, State: check.Passed, Evidence: seen}}
	wide := Of(results, &audit.Certificate{Verdict: audit.Unknown, Extras: []grants.Extra{archive}, Unseen: []string{"x"}}, nil)
	const want = seen + "; also held: SELECT on catalog archive"
	if wide.Sentence() != seen || wide.Rights() != want {
		t.Errorf("%q, %q", wide.Sentence(), wide.Rights())
	}
	kept := wide.Into(connector.Proof{At: time.Now(), Passed: true})
	if again := Remember(Of(results, nil, nil).Into(connector.Proof{}), kept); again.ReadOnly != want {
		t.Errorf("a test forgets it: %q", again.ReadOnly)
	}
	fewer := Of(nil, &audit.Certificate{Verdict: audit.Unknown, Unseen: []string{"x"}}, nil)
	if proof, news := fewer.Over(kept); !news || proof.ReadOnly != seen {
		t.Errorf("a certificate that does not find it any more leaves %q, %t", proof.ReadOnly, news)
	}
	admin := connector.Proof{At: time.Now(), ReadOnly: audit.OnlyChosen, SeenAt: time.Now(), SeenBy: "ada"}
	if proof, news := fewer.Over(admin); news || proof != admin {
		t.Errorf("a certificate that sees less takes back %+v", proof)
	}
	told := results[0]
	told.Evidence, told.Beyond = seen+"; also held: READ VOLUME on schema a.b", []grants.Extra{{What: "READ VOLUME on schema a.b"}}
	both := Of([]check.Result{told}, &audit.Certificate{Verdict: audit.Unknown, Extras: []grants.Extra{{What: "READ VOLUME on schema a.b"}, archive}}, nil)
	if got := both.Rights(); got != told.Evidence+", SELECT on catalog archive" {
		t.Errorf("what the ladder told is told again: %q", got)
	}
}
