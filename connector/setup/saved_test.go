package setup

import (
	"slices"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

func TestASavedConnectionIsTestedAsTheConnector(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	w.env.Now = func() time.Time { return today }
	test, err := w.env.Test(w.save("prod"), false)
	if err != nil {
		t.Fatal(err)
	}
	if len(w.Requests()) > 0 {
		t.Error("something was asked before it was climbed")
	}
	results := tested(t, test)
	want := connector.Proof{At: today, Passed: true, Summary: "read both tables as the connector; 1 check could not be evaluated", ReadOnly: test.Proof().ReadOnly}
	if test.Proof() != want || len(results) != len(check.All()) || test.Principal().Name.Raw() != PrincipalOf(test.Saved) || test.Host() != test.Saved.Host {
		t.Errorf("%+v, as %s", test.Proof(), test.Principal().Label())
	}
	now := test.Standing(t.Context(), results)
	if !now.Seen || len(now.Held) == 0 || !now.Now.Equal(today) || now.Ends != nil {
		t.Errorf("%+v", now)
	}
}

func TestATestMayEndEarlierAndProvesNothingThen(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	for _, upTo := range []check.ID{check.StageValues, check.StageToken, check.StageWarehouse, check.StageColumns} {
		test, err := w.env.Test(w.connection("prod"), false)
		if err != nil {
			t.Fatal(err)
		}
		if !test.Only(upTo) || test.Only("S99") {
			t.Errorf("%s: it does not end where it should", upTo)
		}
		results := tested(t, test)
		if last := results[len(results)-1]; last.Stage != upTo || check.Failure(results) != nil {
			t.Errorf("%s: it ended at %s, %s", upTo, last.Stage, last.State)
		}
		if p := test.Proof(); p.Passed || p.Summary != "nothing failed, and no table was read" || p.ReadOnly != notLooked {
			t.Errorf("%s: %+v", upTo, p)
		}
		if now := test.Standing(t.Context(), results); now.Seen {
			t.Errorf("%s: privileges were seen", upTo)
		}
	}
}

func TestATestSaysWhatItBrokeAt(t *testing.T) {
	t.Parallel()
	for scenario, summary := range map[string]string{
		"wrong-secret":   "Authentication failed at S06 Token",
		"missing-grants": "Missing Unity Catalog permissions at S14 Schema",
	} {
		w := begin(t, scenario)
		test, err := w.env.Test(w.connection("prod"), false)
		if err != nil {
			t.Fatal(err)
		}
		tested(t, test)
		if p := test.Proof(); p.Passed || p.Summary != summary {
			t.Errorf("%s: %+v", scenario, p)
		}
	}
}

// When a token ends, the workspace tells its owner; the end of a secret is what its maker wrote down.
func TestATestKnowsWhenTheCredentialsEnd(t *testing.T) {
	t.Parallel()
	w := begin(t, "token")
	c := w.connection("prod")
	test, err := w.env.Test(c, false)
	if err != nil {
		t.Fatal(err)
	}
	results := tested(t, test)
	if now := test.Standing(t.Context(), results); len(now.Ends) == 0 {
		t.Errorf("%+v", now)
	}
	c.SecretExpires = today
	again, err := w.env.Test(c, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(again.Close)
	if now := again.Standing(t.Context(), results); !slices.Equal(now.Ends, []time.Time{today}) {
		t.Errorf("%v", now.Ends)
	}
}

func TestTheCertificateOfASavedConnection(t *testing.T) {
	t.Parallel()
	w := begin(t, "ready")
	for who, found := range map[string]func() (string, error){
		"by itself": func() (string, error) {
			c, _, err := w.env.Certify(t.Context(), w.connection("prod"), nil)
			return string(c.Verdict), err
		},
		"by an admin": func() (string, error) {
			c, _, err := w.env.Certify(t.Context(), w.connection("prod"), w.asAdmin())
			return string(c.Verdict), err
		},
	} {
		if verdict, err := found(); err != nil || verdict == "" || verdict == "CAN-WRITE" {
			t.Errorf("%s: %s, %v", who, verdict, err)
		}
	}
}
