package panels

import (
	"context"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/screentest"
	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

func TestASessionThatNobodyUsesEndsByItselfAndNoneThatIsInUse(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	session, err := w.Env.Demo.Admin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a := NewAdmission()
	a.idle = time.Nanosecond
	first, leaveFirst := context.WithCancel(t.Context())
	second, leaveSecond := context.WithCancel(t.Context())
	a.Enter(first, session.Host())
	a.Take(session)
	a.Enter(second, session.Host())
	leaveFirst()
	comesToBe(t, "the first has left", func() bool { a.mu.Lock(); defer a.mu.Unlock(); return a.inside == 1 })
	a.expire() // as when the time is over at the moment in which somebody comes back
	if a.Session() != session {
		t.Fatal("a session ended that a screen is open with")
	}
	leaveSecond()
	comesToBe(t, "the session ends", func() bool { return a.Session() == nil })
}

func TestAVisitOpensASessionOnlyWhereNobodyIsSignedIn(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	c, opened := keptEarlier(t, w), 0
	open := func() (*admin.Session, error) {
		opened++
		return w.Env.Demo.Admin(t.Context())
	}
	shared := NewAdmission()
	t.Cleanup(shared.SignOut)
	var first *admin.Session
	for range 2 {
		v := Visit{Env: w.Env, Saved: c, Admission: shared}
		session, err := v.Admit(t.Context(), open)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = session
		}
		if session != first || v.As() != "As platform-admin, on "+c.Host.String() {
			t.Errorf("it goes on %s", v.As())
		}
	}
	if opened != 1 {
		t.Errorf("somebody signed in %d times", opened)
	}
}

func comesToBe(t *testing.T, what string, so func() bool) {
	t.Helper()
	for range patience.Each(t, time.Millisecond) {
		if so() {
			return
		}
	}
	t.Fatalf("it never came to be that %s", what)
}

func TestASessionIsThatOfOneWorkspace(t *testing.T) {
	t.Parallel()
	w := screentest.Prepare(t, screentest.Person{Scenario: "ready"})
	session, err := w.Env.Demo.Admin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := connector.ParseHost("adb-7405605741000001.1.azuredatabricks.net", nil)
	if err != nil {
		t.Fatal(err)
	}
	a := NewAdmission()
	a.Take(session)
	if a.On(session.Host()) != session || a.On(other) != nil {
		t.Error("a session counts for a workspace that it is not on")
	}
	a.Enter(t.Context(), other)
	if a.Session() != nil {
		t.Error("the session on another workspace goes on")
	}
}
