package setup

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

func (w *world) rotation(c connector.Connection, session *admin.Session) *Rotation {
	w.t.Helper()
	r, err := w.env.Rotate(w.t.Context(), c)
	if err == nil && session != nil {
		err = r.As(session)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return r
}

// make has the admin make a new secret.
func (w *world) make(r *Rotation) admin.Outcome {
	w.t.Helper()
	plan, err := r.Plan(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return w.confirm(r, plan)
}

func (w *world) confirm(r *Rotation, plan admin.Plan) admin.Outcome {
	w.t.Helper()
	confirmed, err := plan.Confirmed(plan.Name)
	if err != nil {
		w.t.Fatal(err)
	}
	out, err := r.Make(w.t.Context(), confirmed, admin.Watch{})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// judge tests a new secret in every connection that is to have it, and gives how each was judged.
func (w *world) judge(r *Rotation, new connector.Secret, expires time.Time) (judged []error) {
	w.t.Helper()
	tests, err := r.Given(new, expires)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, test := range tests {
		judged = append(judged, r.Judge(test, tested(w.t, test)))
	}
	return judged
}

func TestARotationFromTheNewSecretToTheEndOfTheOld(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	session := w.asAdmin()
	prod, old := w.save("prod"), w.SignIn().Secret
	w.save("lab")
	r := w.rotation(prod, session)
	if !r.ByAdmin() || !slices.Equal(r.Switched(), []string{"prod", "lab"}) {
		t.Fatalf("switched together are %q", r.Switched())
	}
	out := w.make(r)
	if judged := w.judge(r, out.Secret, out.Expires); !slices.Equal(judged, []error{nil, nil}) {
		t.Fatalf("%v", judged)
	}
	if !w.load("prod").Credentials.Secret.Equal(old) {
		t.Fatal("it was switched before it was told to")
	}
	var told []string
	if err := r.Switch(t.Context(), func(c connector.Connection) { told = append(told, c.Name) }); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"prod", "lab"} {
		if c := w.load(name); !c.Credentials.Secret.Equal(out.Secret) || !c.SecretExpires.Equal(out.Expires) || !c.Proof.Passed {
			t.Errorf("%s: %+v, ends %s", name, c.Proof, c.SecretExpires)
		}
	}
	if !slices.Equal(told, []string{"prod", "lab"}) || !r.Saved().Credentials.Secret.Equal(out.Secret) || len(w.secrets(session)) != 2 {
		t.Errorf("told %q; there are %d secrets", told, len(w.secrets(session)))
	}

	again := w.rotation(w.load("prod"), session)
	if unfinished, err := again.Unfinished(t.Context()); !unfinished || err != nil {
		t.Fatalf("nothing is left to do: %v", err)
	}
	retirement, err := again.PlanRetire(t.Context())
	plan := retirement.Plan
	if err != nil || retirement.Kept != "" || len(plan.Changes) != 1 {
		t.Fatalf("%d changes, kept because %q, %v", len(plan.Changes), retirement.Kept, err)
	}
	w.confirm(again, plan)
	left := w.secrets(session)
	if len(left) != 1 || left[0].ID != out.SecretID {
		t.Errorf("left are %+v", left)
	}
	if unfinished, err := w.rotation(w.load("prod"), session).Unfinished(t.Context()); unfinished || err != nil {
		t.Errorf("there is still something to do: %v", err)
	}
}

// A secret that does not sign in, or that is saved already, is put nowhere.
func TestASecretThatIsNotGoodIsNotSwitchedTo(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	prod := w.save("prod")
	r := w.rotation(prod, nil)
	for _, err := range w.judge(r, secret("dose00000000000000000000000000000000"), time.Time{}) {
		errorOf(t, err, ErrNotSwitched)
	}
	errorOf(t, r.Switch(t.Context(), func(connector.Connection) { t.Error("it was switched") }), ErrNotSwitched)
	_, err := w.rotation(prod, nil).Given(prod.Credentials.Secret, time.Time{})
	errorOf(t, err, connector.ErrInput)
	if !w.load("prod").Credentials.Secret.Equal(prod.Credentials.Secret) {
		t.Error("the saved secret changed")
	}
}

func TestATokenOfSomebodyElseIsNotSwitchedTo(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	c := w.connection("prod")
	c.Credentials = connector.Credentials{Method: connector.PAT, Secret: w.Connector().Token}
	r := w.rotation(saved(t, w.env, c), nil)
	if r.ByAdmin() {
		t.Error("an admin makes a token for somebody else")
	}
	for _, err := range w.judge(r, w.Admin().Token, time.Time{}) {
		errorOf(t, err, connector.ErrInput)
	}
	errorOf(t, r.Switch(t.Context(), func(connector.Connection) { t.Error("it was switched") }), ErrNotSwitched)
}

// None of the connections that share a secret is switched before all were judged to be good.
func TestNoneIsSwitchedBeforeAllWereJudged(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	session := w.asAdmin()
	prod := w.save("prod")
	w.save("lab")
	r := w.rotation(prod, session)
	out := w.make(r)
	tests, err := r.Given(out.Secret, out.Expires)
	if err != nil || len(tests) != 2 {
		t.Fatal(err)
	}
	if err := r.Judge(tests[0], tested(t, tests[0])); err != nil {
		t.Fatal(err)
	}
	tests[1].Close()
	errorOf(t, r.Switch(t.Context(), func(connector.Connection) { t.Error("it was switched") }), ErrNotSwitched)
	if again, err := r.Given(out.Secret, out.Expires); err != nil || len(r.next) != 0 {
		t.Errorf("what was judged of the last try still counts: %v", err)
	} else {
		for _, test := range again {
			test.Close()
		}
	}
}

// What fails after the sign-in is not the new secret's doing: it is kept as the proof, and says so.
func TestARotationSwitchesWhereTheTablesAreNotRead(t *testing.T) {
	t.Parallel()
	w := begin(t, "missing-grants")
	session := w.asAdmin()
	r := w.rotation(w.save("prod"), session)
	out := w.make(r)
	if judged := w.judge(r, out.Secret, out.Expires); !slices.Equal(judged, []error{nil}) {
		t.Fatalf("%v", judged)
	}
	if err := r.Switch(t.Context(), func(connector.Connection) {}); err != nil {
		t.Fatal(err)
	}
	if c := w.load("prod"); c.Proof.Passed || c.Proof.Summary == "" || !c.Credentials.Secret.Equal(out.Secret) {
		t.Errorf("%+v", c.Proof)
	}
}

// A walk that did not come to who is signed in says nothing of the secret.
func TestOnlyAPrincipalThatWasSeenIsTheSame(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	r := w.rotation(w.save("prod"), nil)
	for _, results := range [][]check.Result{
		nil,
		{{Stage: check.StageToken, State: check.Passed}},
		{{Stage: check.StageIdentity, State: check.Failed, Finding: &check.Finding{}}},
		{{Stage: check.StageIdentity, State: check.Unknown}},
		{{Stage: check.StageIdentity, State: check.Running}},
		{{Stage: check.StageIdentity, State: check.Passed}, {Stage: check.StageIdentity, State: check.Failed, Finding: &check.Finding{}}},
	} {
		test, err := w.env.Test(w.connection("prod"), false)
		if err != nil {
			t.Fatal(err)
		}
		errorOf(t, r.Judge(test, results), ErrNotSwitched)
		test.Close()
	}
}

func TestAnOldSecretThatSomebodyMayUseIsNamed(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	session := w.asAdmin()
	r := w.rotation(w.save("prod"), session)
	out := w.make(r)
	w.judge(r, out.Secret, out.Expires)
	if err := r.Switch(t.Context(), func(connector.Connection) {}); err != nil {
		t.Fatal(err)
	}
	w.save("lab") // it was typed by hand, with the old secret
	again := w.rotation(w.load("prod"), session)
	if unfinished, err := again.Unfinished(t.Context()); !unfinished || err != nil {
		t.Fatalf("nothing is left to do: %v", err)
	}
	retirement, err := again.PlanRetire(t.Context())
	if !strings.Contains(retirement.Kept, "lab") || len(retirement.Plan.Changes) > 0 || err != nil {
		t.Errorf("kept because %q, %d changes, %v", retirement.Kept, len(retirement.Plan.Changes), err)
	}
}

func TestAConnectionOfAnotherPrincipalIsNoneOfItsBusiness(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	prod := w.save("prod")
	other := w.connection("other")
	other.Credentials.ClientID, other.Principal.Name = secondID, connector.FromRemote(secondID)
	saved(t, w.env, other)
	r := w.rotation(prod, nil)
	if !slices.Equal(r.Switched(), []string{"prod"}) || len(r.others) > 0 || PrincipalOf(prod) != demo.ConnectorID {
		t.Errorf("switched together are %q, and %d others are looked at", r.Switched(), len(r.others))
	}
}
