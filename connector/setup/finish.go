package setup

import (
	"fmt"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Fact is a labelled line: what is known, or a value to enter elsewhere.
type Fact struct {
	Label, Text string
	Value       string // the very text to copy, uncleaned; empty where the line is only read
}

// DashboardPlace is where in Draftt's dashboard the values of a connection are entered.
const DashboardPlace = "Integrations › Azure Databricks › Connect"

// DashboardHeading stands line by line before the values of a connection. On a shared screen they are aliases, which nobody can enter.
func DashboardHeading() string {
	heading := "Enter this in Draftt (" + DashboardPlace + ")"
	if connector.Sharing() {
		heading += "; these are aliases, not the real values"
	}
	return heading + ":"
}

// What is said of the secret in place of its value: one that was typed is entered in Draftt's dashboard too, and one that was made here
// nobody has seen.
const (
	secretToType = "the same as here, from where you keep it"
	secretToMake = "make one in Databricks; the one here was never shown"
)

// Dashboard are the values of a saved connection that Draftt's dashboard asks for, in the order of its form. Of the secret it says where the
// person has it from.
func (e Environment) Dashboard(c connector.Connection) []Fact {
	value := func(label, shown, raw string) Fact { return Fact{label, shown, raw} }
	facts := []Fact{value("Workspace host", c.Host.String(), c.Host.String())}
	secret := Fact{Label: words.UpperFirst(c.Credentials.Method.Label()), Text: secretToType}
	if j, err := e.Journal(); err == nil && madeHere(j, c, c.Credentials.Secret) != "" {
		secret.Text = secretToMake
	}
	if c.Credentials.Method != connector.PAT {
		facts = append(facts, value("Client ID", string(c.Credentials.ClientID), string(c.Credentials.ClientID)))
	}
	facts = append(facts, secret,
		value("Warehouse", c.Warehouse.Name.String(), c.Warehouse.Name.Raw()),
		value("HTTP path", connector.CleanLine(c.Warehouse.HTTPPath, 200), c.Warehouse.HTTPPath),
		value("Catalog", c.Schema.Catalog.String(), c.Schema.Catalog.Raw()),
		value("Schema", c.Schema.Schema.String(), c.Schema.Schema.Raw()))
	for i, table := range c.Tables {
		label := "Table"
		if i > 0 {
			label = ""
		}
		facts = append(facts, value(label, table.Table.String(), table.Table.Raw()))
	}
	return facts
}

// DashboardText is what y copies of the values: a line each, as "Workspace host: adb-…". What is said in place of a value is in parentheses.
func DashboardText(facts []Fact) string {
	var b strings.Builder
	label := ""
	for _, f := range facts {
		if f.Label != "" {
			label = f.Label
		}
		text := f.Value
		if text == "" {
			text = "(" + f.Text + ")"
		}
		fmt.Fprintf(&b, "%s: %s\n", label, text)
	}
	return b.String()
}

// LabelColumn is where what is known begins behind the longest of the labels, at least at least.
func LabelColumn(facts []Fact, least int) int {
	for _, f := range facts {
		least = max(least, len(f.Label)+2)
	}
	return least
}

// FinishTitles are what is true of a saved connection in a few words, and in fewer.
func FinishTitles(c connector.Connection) (title, short string) {
	short = fmt.Sprintf("Saved %q", c.Name)
	return fmt.Sprintf("%s: Draftt can read %s", short, c.Schema), short
}

// Finished says what is true of the connection that was just saved: what was read, what it may do beyond that, when its secret ends, and where
// it is kept.
func (s *Setup) Finished() []Fact {
	c := s.saved
	tables := s.draft.tableList()
	if c.Proof.Passed {
		tables += ", read at " + c.Proof.At.Local().Format("15:04") + " as " + c.Principal.Label()
	}
	facts := []Fact{
		{Label: "Tables", Text: tables},
		{Label: "Verdict", Text: VerdictLine(c.Proof)},
		{Label: "Rights", Text: c.Proof.Rights()},
		{Label: "Secret", Text: SecretLife(c, s.env.now())},
		{Label: "Kept in", Text: s.where()},
	}
	if later := s.proxyLater(); later != "" {
		facts = append(facts, Fact{Label: "Proxy", Text: later})
	}
	return facts
}

// SecretLife says when the secret of a connection ends, or that this is not known.
func SecretLife(c connector.Connection, now time.Time) string {
	if text, _ := connector.Expiry(c, now); text != "" {
		return text
	}
	return "when it ends is not known here; an admin sees it in Databricks"
}

// where is the place that a saved connection is kept in.
func (s *Setup) where() string {
	if s.env.Demo != nil {
		return demoPlace
	}
	return s.env.Vault.Describe()
}
