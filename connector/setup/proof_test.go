package setup

import (
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// What a walk may end with, of the stages that decide what it comes to.
var (
	readAll  = check.Result{Stage: check.StageRead, Name: "Rows", State: check.Passed}
	reading  = check.Result{Stage: check.StageRead, Name: "Rows", State: check.Running}
	refused  = check.Result{Stage: check.StageRead, Name: "Rows", State: check.Failed, Finding: &check.Finding{Cause: check.MissingPermissions}}
	mayWrite = check.Result{
		Stage: check.StageReadOnly, Name: "Read-only", State: check.Failed, Advisory: true,
		Finding: &check.Finding{Cause: check.BeyondReadOnly, Reason: "The principal holds MODIFY."},
		Beyond:  []grants.Extra{{What: "MODIFY on schema inventory.assets", Writes: true, Revoke: "REVOKE MODIFY ON SCHEMA `inventory`.`assets` FROM `x`;"}},
	}
	notShown   = check.Result{Stage: check.StageReadOnly, Name: "Read-only", State: check.Unknown, Evidence: "the workspace did not show them", Advisory: true}
	looking    = check.Result{Stage: check.StageReadOnly, Name: "Read-only", State: check.Running, Advisory: true}
	endsSoon   = check.Result{Stage: check.StageLifetime, Name: "Lifetime", State: check.Failed, Advisory: true, Finding: &check.Finding{Cause: check.AuthenticationFailed}}
	wrong      = check.Result{Stage: check.StageToken, Name: "Token", State: check.Failed, Finding: &check.Finding{Cause: check.AuthenticationFailed}}
	notReached = check.Result{Stage: check.StageRead, Name: "Rows", State: check.Blocked, BlockedBy: check.StageToken}
	untold     = check.Result{Stage: check.StageCatalog, Name: "Catalog", State: check.Unknown}
	noTable    = check.Result{Stage: check.StageRead, Name: "Rows", State: check.Skipped}
)

// broken is a stage that a fault of the program ended.
func broken(running check.Result) check.Result {
	return check.Fault(running, errors.New("index out of range"))
}

const (
	notLooked = "privileges beyond reading were not looked at"
	noMore    = "no right to change data was seen by the connector itself"
	broader   = "can write: MODIFY on schema inventory.assets"
)

// TestTheVerdictIsWhatTheResultsComeTo is the one sentence that the tool is about: it never says "connected" unless it read the tables.
func TestTheVerdictIsWhatTheResultsComeTo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		results  []check.Result
		tables   int
		passed   bool
		summary  string
		readOnly string
		line     string
	}{
		{"one table", []check.Result{readAll, beyondNothing}, 1, true, "read the table as the connector", noMore, "Connected: read the table as the connector."},
		{"two", []check.Result{readAll, beyondNothing}, 2, true, "read both tables as the connector", noMore, "Connected: read both tables as the connector."},
		{"many", []check.Result{readAll, beyondNothing}, 17, true, "read all 17 tables as the connector", noMore, "Connected: read all 17 tables as the connector."},
		{"nobody knows how many", []check.Result{readAll, beyondNothing}, 0, true, "read the chosen tables as the connector", noMore, "Connected: read the chosen tables as the connector."},
		{"it was running before", []check.Result{reading, readAll, looking, beyondNothing}, 1, true, "read the table as the connector", noMore, "Connected: read the table as the connector."},
		{"privileges were not looked at", []check.Result{readAll}, 1, true, "read the table as the connector", notLooked, "Connected: read the table as the connector."},
		{"broader", []check.Result{readAll, mayWrite}, 1, true, "read the table as the connector", broader, "Connected: read the table as the connector."},
		{"the secret ends soon", []check.Result{readAll, beyondNothing, endsSoon}, 1, true, "read the table as the connector", noMore, "Connected: read the table as the connector."},
		{"privileges do not show", []check.Result{readAll, notShown}, 1, true, "read the table as the connector; 1 check could not be evaluated", "the workspace did not show them",
			"Connected: read the table as the connector; 1 check could not be evaluated."},
		{"nothing was found out but that", []check.Result{untold, readAll, notShown}, 2, true, "read both tables as the connector; 2 checks could not be evaluated",
			"the workspace did not show them", "Connected: read both tables as the connector; 2 checks could not be evaluated."},

		{"refused", []check.Result{refused, beyondNothing}, 1, false, "Missing Unity Catalog permissions at S16 Rows", noMore, "Missing Unity Catalog permissions at S16 Rows."},
		{"refused at the door", []check.Result{wrong, notReached}, 2, false, "Authentication failed at S06 Token", notLooked, "Authentication failed at S06 Token."},
		{"refused, and broader", []check.Result{refused, mayWrite}, 1, false, "Missing Unity Catalog permissions at S16 Rows", broader, "Missing Unity Catalog permissions at S16 Rows."},
		{"a fault while reading", []check.Result{broken(reading), beyondNothing}, 1, false, "A fault in this program at S16 Rows", noMore, "A fault in this program at S16 Rows."},
		{"a fault beside the reading", []check.Result{readAll, broken(looking)}, 1, false, "A fault in this program at S17 Read-only", notLooked, "A fault in this program at S17 Read-only."},
		{"nothing", nil, 1, false, "nothing failed, and no table was read", notLooked, "Nothing failed, and no table was read."},
		{"no table", []check.Result{noTable, beyondNothing}, 0, false, "nothing failed, and no table was read", noMore, "Nothing failed, and no table was read."},
		{"blocked by what is not among them", []check.Result{notReached}, 1, false, "nothing failed, and no table was read", notLooked, "Nothing failed, and no table was read."},
		{"cut short while reading", []check.Result{reading, beyondNothing}, 1, false, "nothing failed, and no table was read", noMore, "Nothing failed, and no table was read."},
		{"cut short beside the reading", []check.Result{readAll, looking}, 1, false, "nothing failed, and no table was read", notLooked, "Nothing failed, and no table was read."},
		{"it cannot be told", []check.Result{untold}, 1, false, "nothing failed, and no table was read; 1 check could not be evaluated", notLooked,
			"Nothing failed, and no table was read; 1 check could not be evaluated."},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := ProofOf(c.results, c.tables, today)
			if p.Passed != c.passed || p.Summary != c.summary || p.ReadOnly != c.readOnly || !p.At.Equal(today) {
				t.Errorf("%+v", p)
			}
			if mayDoMore := c.readOnly == broader; p.Broader != mayDoMore {
				t.Errorf("broader is %t", p.Broader)
			}
			if got := VerdictLine(p); got != c.line {
				t.Errorf("it is printed as %q", got)
			}
		})
	}
}

func TestAVerdictOfTheFirstReleaseIsPrintedAsItWasKept(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		old  connector.Proof
		line string
	}{
		{connector.Proof{Passed: true, Summary: "Connected: read both tables as the connector."}, "Connected: read both tables as the connector."},
		{connector.Proof{Passed: true, Summary: "Connected: read both tables as the connector"}, "Connected: read both tables as the connector."},
		{connector.Proof{Summary: "Authentication failed at S06 Token."}, "Authentication failed at S06 Token."},
	} {
		if got := VerdictLine(c.old); got != c.line {
			t.Errorf("%q is printed as %q", c.old.Summary, got)
		}
	}
}

func TestBeforeEveryTableWasReadTheVerdictSaysSo(t *testing.T) {
	t.Parallel()
	for name, undo := range map[string]func(t *testing.T, d *Draft){
		"another table is chosen": func(t *testing.T, d *Draft) { d.ToggleTable(tableOf(t, "inventory.assets.servers"), FromList) },
		"no table is left": func(_ *testing.T, d *Draft) {
			for _, table := range d.Tables() {
				d.ToggleTable(table, FromList)
			}
		},
		"another warehouse is chosen": func(_ *testing.T, d *Draft) { d.SetWarehouse(connector.Warehouse{ID: "w2"}, FromList) },
		"another secret is given":     func(_ *testing.T, d *Draft) { d.SetSecret(secret("dose9876543210")) },
		"another host is given":       func(_ *testing.T, d *Draft) { _, _, _ = d.SetHost(secondHost, FromYou) },
		"a read was refused": func(_ *testing.T, d *Draft) {
			d.TakeReads([]check.Result{refused}, []check.Read{{Name: d.Tables()[0], Err: errors.New("refused")}}, today)
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := answered(t)
			if p := d.Proof(); !p.Passed || p.ReadOnly != noMore {
				t.Fatalf("at first: %+v", p)
			}
			undo(t, d)
			p := d.Proof()
			if p.Passed || !p.At.IsZero() || strings.Contains(p.Summary, "as the connector") || p.Summary == "" || p.ReadOnly != notLooked && name != "a read was refused" {
				t.Errorf("%+v", p)
			}
		})
	}
}

// A walk of which a fault of the program ended the reading has read nothing, whatever it had in hand by then.
func TestAFaultOfTheProgramIsNoRead(t *testing.T) {
	t.Parallel()
	for name, ended := range map[string][]check.Result{
		"a fault": {broken(reading)}, "it was cut short": {reading}, "it was never begun": {notReached}, "nothing came of it": nil, "it was skipped": {noTable},
	} {
		t.Run(name, func(t *testing.T) {
			d := answered(t)
			servers := tableOf(t, "inventory.assets.servers")
			d.ToggleTable(servers, FromList)
			d.TakeReads(ended, []check.Read{{Name: servers}}, today)
			if _, ok := d.Read(servers); ok || d.Check(Access) == nil {
				t.Error("it counts as a read")
			}
			if p := d.Proof(); p.Passed {
				t.Errorf("%+v", p)
			}
		})
	}
}

// A fault beside the reading takes nothing from what was read, and is no proof that nothing stands in the way.
func TestAFaultBesideTheReadingIsNoProof(t *testing.T) {
	t.Parallel()
	d := answered(t)
	takeReads(d, broken(looking))
	if p := d.Proof(); p.Passed || p.Summary != "A fault in this program at S17 Read-only" {
		t.Errorf("%+v", p)
	}
}

func TestNothingIsSavedThatWasNotProven(t *testing.T) {
	t.Parallel()
	env := machine(t)
	for name, undo := range map[string]func(d *Draft){
		"never tested":        func(d *Draft) { d.SetSecret(secret("dose9876543210")) },
		"a table not read":    func(d *Draft) { d.ToggleTable(tableOf(t, "inventory.assets.servers"), FromList) },
		"no warehouse":        func(d *Draft) { d.SetWarehouse(connector.Warehouse{}, FromYou) },
		"no way to its place": func(d *Draft) { d.SetReach(false) },
		"no name":             func(d *Draft) { d.name = "" },
	} {
		d := answered(t)
		undo(d)
		s := New(env, d)
		save, err := s.Save(s.Protector(nil))
		errorOf(t, err, connector.ErrInput)
		if save != nil {
			t.Errorf("%s: it can be saved", name)
		}
	}
	d := answered(t)
	s := New(env, d)
	save, err := s.Save(s.Protector(nil))
	if err != nil {
		t.Fatal(err)
	}
	c, err := save(t.Context())
	if err != nil || !c.Proof.Passed || c.Proof != d.Proof() {
		t.Errorf("%+v, %v", c.Proof, err)
	}
	s.Took(c)
	if s.Saved().ID != c.ID || s.Outcome().Saved.ID != c.ID {
		t.Error("the set-up does not know what it saved")
	}
}

func TestATableThatIsTakenBackCostsNoVerdict(t *testing.T) {
	t.Parallel()
	d := answered(t)
	before := d.Proof()
	other := tableOf(t, "inventory.assets.tickets")
	if d.ToggleTable(other, FromYou); d.Proof().Passed {
		t.Error("a table that was not read is in the verdict")
	}
	d.ToggleTable(other, FromYou)
	if now := d.Proof(); now != before || !now.Passed {
		t.Errorf("%+v, and it was %+v", now, before)
	}
}
