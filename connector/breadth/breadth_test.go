package breadth

import (
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/audit"
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
