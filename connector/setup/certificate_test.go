package setup

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// elsewhere is a right to write that the ladder, which looks at what was chosen, does not see.
var elsewhere = audit.Certificate{
	Verdict: audit.CanWrite,
	Extras:  []grants.Extra{{What: "MODIFY on schema sales.crm", Source: "direct", Writes: true, Revoke: "REVOKE MODIFY ON SCHEMA `sales`.`crm` FROM `x`;"}},
}

// TestWhatCanWriteIsSavedOnlyWhereThatWasAccepted is the one rule of every face: each of them saves with Save.
func TestWhatCanWriteIsSavedOnlyWhereThatWasAccepted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		beyond   check.Result
		found    *audit.Certificate
		asks     bool
		readOnly string
	}{
		{"nothing was seen", beyondNothing, nil, false, noMore},
		{"the ladder saw it", mayWrite, nil, true, broader},
		{"the certificate saw it elsewhere", beyondNothing, &elsewhere, true, "can write: MODIFY on schema sales.crm"},
		{"both", mayWrite, &elsewhere, true, broader + ", MODIFY on schema sales.crm"},
		{"it reads more", beyondNothing, &audit.Certificate{Verdict: audit.Broader, Extras: []grants.Extra{{What: "SELECT on schema a.b"}}}, false,
			"no right to change data was seen; also held: SELECT on schema a.b"},
		{"it reads what was chosen", beyondNothing, &audit.Certificate{Verdict: audit.Exact}, false, "can only read, and only what was chosen"},
		{"not everything shows", beyondNothing, &audit.Certificate{Verdict: audit.Unknown, Unseen: []string{"x"}}, false, noMore},
		{"privileges do not show", notShown, nil, false, "the workspace did not show them"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := answered(t)
			takeReads(d, c.beyond)
			s := New(machine(t), d)
			s.Certify(c.found)
			save, err := s.Save(s.Protector(nil))
			if c.asks {
				if !errors.Is(err, breadth.ErrCanWrite) || !s.MustAccept() || !strings.Contains(err.Error(), "MODIFY") {
					t.Fatalf("it is saved without a word: %v", err)
				}
				for _, typed := range []string{"", "yes", "y", "accepted", "ACCEPT"} {
					if err := s.Accept(typed); !errors.Is(err, breadth.ErrCanWrite) || !s.MustAccept() {
						t.Errorf("%q is taken: %v", typed, err)
					}
				}
				if err := s.Accept(" " + breadth.AcceptWord + "\n"); err != nil {
					t.Fatal(err)
				}
				save, err = s.Save(s.Protector(nil))
			}
			if err != nil {
				t.Fatal(err)
			}
			saved, err := save(t.Context())
			if err != nil || saved.Proof.Broader != c.asks || saved.Proof.ReadOnly != c.readOnly {
				t.Errorf("saved %+v, %v", saved.Proof, err)
			}
			if tells := strings.Contains(LastTest(saved.Proof, "now"), "can write"); tells != c.asks {
				t.Errorf("a list says %q", LastTest(saved.Proof, "now"))
			}
		})
	}
}

func TestWhatWasAcceptedIsAskedAgainForAnotherPrincipal(t *testing.T) {
	t.Parallel()
	d := answered(t)
	takeReads(d, mayWrite)
	s := New(machine(t), d)
	if err := s.Accept(breadth.AcceptWord); err != nil || s.MustAccept() {
		t.Fatal(err)
	}
	d.SetConnected([]check.Result{{Stage: "S06", State: check.Passed}}, connector.Principal{Name: connector.FromRemote("another")})
	if !s.MustAccept() {
		t.Error("what was agreed to of one principal holds for another")
	}
}

// A test looks at what was chosen, so what a certificate found elsewhere stays known until another certificate.
func TestATestRemembersWhatThePrincipalCanChangeElsewhere(t *testing.T) {
	t.Parallel()
	before := connector.Proof{Passed: true, Broader: true, ReadOnly: "can write: MODIFY on schema sales.crm", Elsewhere: "MODIFY on schema sales.crm"}
	after := breadth.Remember(ProofOf([]check.Result{readAll, beyondNothing}, 1, time.Now()), before)
	if !after.Broader || after.ReadOnly != before.ReadOnly || after.Elsewhere != before.Elsewhere {
		t.Errorf("%+v", after)
	}
	before.Elsewhere = ""
	if after := breadth.Remember(ProofOf([]check.Result{readAll, beyondNothing}, 1, time.Now()), before); after.Broader || after.ReadOnly != noMore {
		t.Errorf("what was revoked is still said: %+v", after)
	}
}

// What an admin saw stays with when and by whom, until a test sees that the grants are others by now.
func TestATestTakesNothingBackOfWhatAnAdminSaw(t *testing.T) {
	t.Parallel()
	saw := connector.Proof{Passed: true, ReadOnly: "can only read, and only what was chosen", SeenAt: time.Now(), SeenBy: "ada"}
	after := breadth.Remember(ProofOf([]check.Result{readAll, beyondNothing}, 1, time.Now()), saw)
	if after.Rights() != saw.Rights() || !strings.Contains(after.Rights(), "by ada") {
		t.Errorf("a test makes of it %q", after.Rights())
	}
	after = breadth.Remember(ProofOf([]check.Result{readAll, mayWrite}, 1, time.Now()), saw)
	if !after.Broader || !after.SeenAt.IsZero() || !strings.HasPrefix(after.Rights(), "can write") {
		t.Errorf("it can write by now, and a list says %q", after.Rights())
	}
}
