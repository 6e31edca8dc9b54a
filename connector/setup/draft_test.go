package setup

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
)

const (
	firstHost  = "adb-7405605741000000.0.azuredatabricks.net"
	secondHost = "adb-1111111111111111.1.azuredatabricks.net"
	firstID    = "6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22"
	secondID   = "c2a4d9b6-1e37-4b80-9f6d-50e8a7c3d914"
)

// today is when everything here takes place.
var today = time.Date(2025, time.November, 20, 10, 42, 0, 0, time.UTC)

func secret(text string) connector.Secret { return connector.NewSecret([]byte(text)) }

// answered is a draft in which every question is answered and everything was seen to hold.
func answered(t *testing.T) *Draft {
	t.Helper()
	d := NewDraft(nil)
	if err := d.Prefill(Answers{Host: firstHost, ClientID: firstID, Secret: secret("dose0123456789"), Schema: "inventory.assets", Name: "prod"}, FromFlag); err != nil {
		t.Fatal(err)
	}
	d.SetConnected([]check.Result{{Stage: "S06", State: check.Passed}}, connector.Principal{Name: connector.FromRemote(firstID)})
	d.SetWarehouse(connector.Warehouse{ID: "w1", Name: connector.FromRemote("Starter"), State: connector.Running}, FromList)
	d.SetReach(true)
	for _, name := range []string{"components", "devices"} {
		table := tableOf(t, "inventory.assets."+name)
		d.ToggleTable(table, FromList)
	}
	takeReads(d, beyondNothing)
	if err := d.Check(Review); err != nil {
		t.Fatalf("the draft is not complete: %v", err)
	}
	return d
}

// beyondNothing is the result of a look at privileges that found none beyond reading.
var beyondNothing = check.Result{Stage: check.StageReadOnly, State: check.Passed, Evidence: "no right to change data was seen by the connector itself", Advisory: true}

// takeReads has a walk read every chosen table, and end with these results.
func takeReads(d *Draft, more ...check.Result) {
	var reads []check.Read
	for _, name := range d.Tables() {
		reads = append(reads, check.Read{Name: name})
	}
	d.TakeReads(append([]check.Result{{Stage: check.StageRead, State: check.Passed}}, more...), reads, today)
}

func tableOf(t *testing.T, text string) connector.TableName {
	t.Helper()
	name, err := connector.ParseTable(text, connector.SchemaName{})
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func schemaOf(t *testing.T, text string) connector.SchemaName {
	t.Helper()
	name, err := connector.ParseSchema(text)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func TestChangingAnAnswerClearsWhatDependedOnIt(t *testing.T) {
	stories := []struct {
		name    string
		change  func(t *testing.T, d *Draft) []string
		cleared []string
		open    []Index // steps that are incomplete afterwards
	}{
		{"another host is another workspace", func(_ *testing.T, d *Draft) []string {
			_, cleared, _ := d.SetHost(secondHost, FromYou)
			return cleared
		}, []string{"the connection test", "the SQL warehouse", "the catalog and schema", "the tables"}, []Index{Connect, Warehouse, Namespace, Access, Review}},
		{"the same host in another form is the same workspace", func(_ *testing.T, d *Draft) []string {
			_, cleared, _ := d.SetHost("https://"+strings.ToUpper(firstHost)+"/?o=7405605741000000", FromYou)
			return cleared
		}, nil, nil},
		{"another client ID needs a new test and keeps the choices", func(_ *testing.T, d *Draft) []string {
			cleared, _ := d.SetClientID(secondID, FromYou)
			return cleared
		}, []string{"the connection test", "the reads of your tables"}, []Index{Connect, Namespace, Access, Review}},
		{"another secret needs a new test and keeps the choices, and the privileges of the same principal", func(_ *testing.T, d *Draft) []string {
			return d.SetSecret(secret("dose9876543210"))
		}, []string{"the connection test", "the reads of your tables"}, []Index{Connect, Access, Review}},
		{"the same secret again changes nothing", func(_ *testing.T, d *Draft) []string {
			return d.SetSecret(secret("dose0123456789"))
		}, nil, nil},
		{"a token instead takes the secret along", func(_ *testing.T, d *Draft) []string {
			return d.SetMethod(connector.PAT)
		}, []string{"the connection test", "the reads of your tables"}, []Index{Connect, Namespace, Access, Review}},
		{"another warehouse makes the reads void", func(_ *testing.T, d *Draft) []string {
			return d.SetWarehouse(connector.Warehouse{ID: "w2"}, FromList)
		}, []string{"the reads of your tables"}, []Index{Access, Review}},
		{"the same warehouse in another state changes nothing", func(_ *testing.T, d *Draft) []string {
			return d.SetWarehouse(connector.Warehouse{ID: "w1", State: connector.Stopped}, FromList)
		}, nil, nil},
		{"another schema has other tables", func(t *testing.T, d *Draft) []string {
			return d.SetSchema(schemaOf(t, "inventory.staging"), FromList)
		}, []string{"the tables"}, []Index{Namespace, Access, Review}},
		{"the same schema changes nothing", func(t *testing.T, d *Draft) []string {
			return d.SetSchema(schemaOf(t, "inventory.assets"), FromList)
		}, nil, nil},
	}
	for _, story := range stories {
		t.Run(story.name, func(t *testing.T) {
			d := answered(t)
			if cleared := story.change(t, d); !slices.Equal(cleared, story.cleared) {
				t.Errorf("cleared %q, want %q", cleared, story.cleared)
			}
			for step := Connect; step <= Review; step++ {
				if err := d.Check(step); (err != nil) != slices.Contains(story.open, step) {
					t.Errorf("%s: %v", step, err)
				}
			}
		})
	}
}

func TestATypingMistakeInTheHostLosesNothing(t *testing.T) {
	d := answered(t)
	_, cleared, err := d.SetHost(strings.TrimSuffix(firstHost, "t"), FromYou)
	if err == nil || cleared != nil {
		t.Errorf("cleared %q, %v", cleared, err)
	}
	if d.Check(Connect) == nil || !d.Host().IsZero() {
		t.Error("a host that does not parse counts as one")
	}
	if _, cleared, err := d.SetHost(firstHost, FromYou); err != nil || cleared != nil {
		t.Errorf("cleared %q, %v", cleared, err)
	}
	if err := d.Check(Review); err != nil {
		t.Errorf("after correcting the mistake: %v", err)
	}
}

func TestOnlyAPassedTestConnects(t *testing.T) {
	d := answered(t)
	d.SetSecret(secret("dose9876543210"))
	d.SetConnected([]check.Result{{State: check.Passed}, {State: check.Failed, Finding: &check.Finding{}}}, connector.Principal{})
	if d.Connected() {
		t.Error("a failed test counts")
	}
	d.SetConnected([]check.Result{{State: check.Passed}, {State: check.Unknown}}, connector.Principal{})
	if !d.Connected() {
		t.Error("a stage that could not be evaluated counts as a failure")
	}
}

func TestATableCountsOnlyWhenItWasRead(t *testing.T) {
	d := answered(t)
	servers := tableOf(t, "inventory.assets.servers")
	d.ToggleTable(servers, FromList)
	if err := d.Check(Access); err == nil || !strings.Contains(err.Error(), "servers was not read yet") {
		t.Errorf("unread: %v", err)
	}
	refused := check.Result{Stage: check.StageRead, State: check.Failed, Finding: &check.Finding{}}
	d.TakeReads([]check.Result{refused}, []check.Read{{Name: servers, Err: errors.New("refused")}}, today)
	if d.Check(Access) == nil {
		t.Error("a refused read counts")
	}
	takeReads(d)
	if err := d.Check(Access); err != nil {
		t.Errorf("read: %v", err)
	}
	for _, name := range d.Tables() {
		d.ToggleTable(name, FromList)
	}
	if err := d.Check(Access); err == nil || err.Error() != "No table is chosen." {
		t.Errorf("none chosen: %v", err)
	}
}

func TestAnIncompleteStepSaysWhatIsMissingAndWhere(t *testing.T) {
	d := NewDraft(nil)
	want := map[Index]string{
		Connect: "The workspace host is empty.", Warehouse: "No SQL warehouse is chosen.", Namespace: "No schema is chosen.",
		Access: "No table is chosen.", Review: "The workspace host is empty.",
	}
	for step := Connect; step <= Review; step++ {
		var input *connector.Error
		if err := d.Check(step); !errors.As(err, &input) || input.What != want[step] || input.Remedy == "" {
			t.Errorf("%s: %#v", step, err)
		}
	}
	if _, err := d.Connection(today); err == nil {
		t.Error("an empty draft is a connection")
	}
}

func TestTheDraftBecomesTheConnectionThatIsSaved(t *testing.T) {
	d := answered(t)
	c, err := d.Connection(today)
	if err != nil {
		t.Fatal(err)
	}
	if c.Name != "prod" || c.Host.Name() != firstHost || c.Warehouse.ID != "w1" || c.Schema.String() != "inventory.assets" || len(c.Tables) != 2 {
		t.Errorf("%+v", c)
	}
	if !c.Proof.Passed || !c.Proof.At.Equal(today) || !strings.Contains(c.Proof.Summary, "as the connector") || c.Proof.ReadOnly != "no right to change data was seen by the connector itself" {
		t.Errorf("proof %+v", c.Proof)
	}
	takeReads(d, check.Result{Stage: check.StageReadOnly, State: check.Failed, Advisory: true, Finding: &check.Finding{Reason: "The principal holds MODIFY."}})
	if got := d.Proof(); !got.Broader || got.ReadOnly != "can write: The principal holds MODIFY" {
		t.Errorf("broader than read-only: %+v", got)
	}
}

func TestASecretInTheWrongPlaceIsRecognised(t *testing.T) {
	for _, c := range []struct {
		method connector.AuthMethod
		secret string
		says   string
	}{
		{connector.OAuth, "", "The OAuth secret is empty."},
		{connector.PAT, "", "The token is empty."},
		{connector.OAuth, "dapi0123", "This looks like a personal access token (dapi…)."},
		{connector.PAT, "dose0123", "This looks like an OAuth secret (dose…)."},
		{connector.OAuth, "dose0123", ""},
		{connector.PAT, "dapi0123", ""},
	} {
		d := NewDraft(nil)
		d.SetMethod(c.method)
		d.SetSecret(secret(c.secret))
		says := ""
		if err := d.SecretProblem(); err != nil {
			says = err.Error()
		}
		if says != c.says {
			t.Errorf("%s %.4q: %q", c.method, c.secret, says)
		}
	}
}

func TestPrefillTakesWhatIsThereAndNamesWhatCannotBeUsed(t *testing.T) {
	for _, c := range []struct {
		name    string
		answers Answers
		says    string
	}{
		{"nothing", Answers{}, ""},
		{"a quoted schema", Answers{Schema: "`field-ops`.`work-orders`"}, ""},
		{"an unknown domain, which is typed again", Answers{Host: "databricks.contoso.example"}, ""},
		{"a typing mistake", Answers{Host: "adb-1234567890123456.7.azuredatabrick.net"}, "adb-1234567890123456.7.azuredatabrick.net is not a Databricks domain. It looks like a typing mistake for azuredatabricks.net."},
		{"a SCIM id", Answers{Host: firstHost, ClientID: "5103948571029384"}, "Digits only: that is the SCIM id."},
		{"a catalog alone", Answers{Host: firstHost, Schema: "inventory"}, "A schema is named catalog.schema."},
		{"a schema with a blank", Answers{Host: firstHost, Schema: "my catalog.assets"}, `"my catalog" has a character that Unity Catalog does not allow in names.`},
		{"a name of control characters", Answers{Host: firstHost, Name: "prod\x1b[2J"}, "The name has characters that cannot be shown."},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := NewDraft(nil)
			says := ""
			if err := d.Prefill(c.answers, FromFlag); err != nil {
				says = err.Error()
				var input *connector.Error
				if !errors.As(err, &input) || input.Remedy == "" {
					t.Errorf("%#v has no remedy", err)
				}
			}
			if says != c.says {
				t.Errorf("says %q, want %q", says, c.says)
			}
			if c.answers.Host == firstHost && d.Host().Name() != firstHost {
				t.Error("the answers before the bad one were not taken")
			}
		})
	}
}

func TestAllowedHostsComeFromTheCommandLineOnly(t *testing.T) {
	allow, err := connector.AllowList(nil).Allow("lab.contoso.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	d := NewDraft(allow)
	if err := d.Prefill(Answers{Host: "https://lab.contoso.example:8443/"}, FromFlag); err != nil {
		t.Fatal(err)
	}
	if !d.Host().ByAllowList() {
		t.Error("the host is not marked as allowed by name")
	}
	if _, _, err := d.SetHost("lab.contoso.example:9443", FromYou); err == nil {
		t.Error("another port was let in")
	}
}

// A workspace is its address. What a pasted ?o= told beside it is no reason to take answers, a secret or an admin away.
func TestTheSameAddressWithoutItsNumberIsTheSameWorkspace(t *testing.T) {
	t.Parallel()
	d := NewDraft(nil)
	for _, text := range []string{"https://dbc-a1b2c3d4-e5f6.cloud.databricks.com/?o=7405605741000000", "dbc-a1b2c3d4-e5f6.cloud.databricks.com"} {
		_, cleared, err := d.SetHost(text, FromYou)
		if err != nil || len(cleared) > 0 {
			t.Errorf("%s: cleared %v, %v", text, cleared, err)
		}
		d.SetWarehouse(connector.Warehouse{ID: "a3f19c0d7be24418", State: connector.Running}, FromList)
	}
	if d.Warehouse().ID == "" {
		t.Error("the warehouse was lost")
	}
	if _, cleared, _ := d.SetHost("dbc-ffffffff-e5f6.cloud.databricks.com", FromYou); len(cleared) == 0 || d.Warehouse().ID != "" {
		t.Errorf("another workspace cleared %v", cleared)
	}
}
