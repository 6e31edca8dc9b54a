package setup

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Answers are what a set-up can be started with. Empty ones are asked for.
type Answers struct {
	Host     string
	ClientID string
	Secret   connector.Secret
	Schema   string // CATALOG.SCHEMA
	Name     string
}

// Prefill takes the answers that are there. An answer that cannot be used is a *connector.Error of kind ErrInput; the ones before it were taken.
func (d *Draft) Prefill(a Answers, from Source) error {
	if a.Host != "" {
		if _, _, err := d.SetHost(a.Host, from); err != nil && d.foreign.IsZero() {
			return err
		}
	}
	if a.ClientID != "" {
		if _, err := d.SetClientID(a.ClientID, from); err != nil {
			return err
		}
	}
	if !a.Secret.IsZero() {
		d.SetSecret(a.Secret)
	}
	if a.Schema != "" {
		name, err := connector.ParseSchema(a.Schema)
		if err != nil {
			return err
		}
		d.SetSchema(name, from)
	}
	if a.Name != "" {
		return d.SetName(a.Name, from)
	}
	return nil
}

// demoPlace is where the demo saves, in place of a path that is gone a moment later.
const demoPlace = "a sealed file that is gone after the demo"

// Transcript is what is left in the scrollback after a connection was saved: what is true now, what to enter in Draftt, the next commands.
func (s *Setup) Transcript() string {
	c := s.saved
	var b strings.Builder
	fmt.Fprintf(&b, "Saved %q.\n", c.Name)
	list := func(facts []Fact) {
		column := LabelColumn(facts, 15)
		for _, f := range facts {
			fmt.Fprintf(&b, "  %-*s%s\n", column, f.Label, f.Text)
		}
	}
	list(s.Finished())
	b.WriteString(DashboardHeading() + "\n")
	list(s.env.Dashboard(c))
	b.WriteString(s.forOwners())
	if s.env.Demo != nil {
		b.WriteString("For your own workspace:  draftt-databricks setup\n")
		return b.String()
	}
	fmt.Fprintf(&b, "Test it any time:  draftt-databricks test %s\n", words.CommandArgument(c.Name))
	return b.String()
}

// Farewell is what a person sees who left before saving: that nothing was saved, and the command that starts with the same answers.
// Where a plan was being carried out, it says where to see how far that came.
func (s *Setup) Farewell() string { return s.leaving(s.farewell()) }

// BackHome is what is left to say to who comes back to the home screen, which says itself what became of an edit and of answers that are kept.
func (s *Setup) BackHome() string {
	if led := s.Outcome(); led.Editing.ID == "" && led.KeptID == "" {
		return s.Farewell()
	}
	return s.leaving(s.forOwners())
}

func (s *Setup) leaving(told string) string {
	if s.applies {
		told = s.env.LeftApplying() + "\n" + told
	}
	if later := s.proxyLater(); later != "" {
		told += later + "\n"
	}
	return told
}

// forOwners are the files that were written for others to act on.
func (s *Setup) forOwners() (told string) {
	for i, path := range s.handed {
		if i == 0 {
			told = "For the owners:\n"
		}
		told += "  " + connector.CleanLine(path, 600) + "\n"
	}
	return told
}

// LeftApplying says to somebody who left while a plan was carried out where to see how far that came.
func (e Environment) LeftApplying() string {
	return "A plan was being carried out. " + e.JournalSays()
}

func (s *Setup) farewell() string {
	d, handed := s.draft, s.forOwners()
	if _, kept := s.keeps(); s.editing.ID != "" && kept.ID != "" {
		return handed + fmt.Sprintf("%q is as it was. Your changes are kept sealed for seven days, on the home screen:\n  draftt-databricks\n", s.editing.Name)
	}
	if s.editing.ID != "" {
		return handed + fmt.Sprintf("Nothing changed; %q is as it was.\nAgain:  draftt-databricks edit %s\n", s.editing.Name, words.CommandArgument(s.editing.Name))
	}
	if s.env.Demo != nil {
		again := "--scenario " + s.env.Demo.Scenario
		if story := s.env.Demo.Story; story != "" {
			again = "--story " + story
		}
		return handed + "Left the demo.\nAgain:  draftt-databricks demo " + again + "\n"
	}
	args := []string{"draftt-databricks", "setup"}
	for _, flag := range []struct{ name, value string }{
		{"--host", d.Host().String()}, {"--client-id", string(d.clientID)}, {"--schema", flagSchema(d.Schema())}, {"--name", d.Name()},
	} {
		if flag.value != "" {
			args = append(args, flag.name, words.CommandArgument(flag.value))
		}
	}
	if d.authorities.Path != "" {
		args = append(args, "--ca-file", words.CommandArgument(connector.CleanLine(d.authorities.Path, 600)))
	}
	if d.Host().ByAllowList() {
		args = append(args, "--allow-host", words.CommandArgument(d.Host().Addr()))
	}
	if kept := s.keptFor(); kept != "" {
		return handed + "Nothing was saved yet. " + kept
	}
	if len(args) == 2 {
		return "Nothing was saved.\nAgain:  " + strings.Join(args, " ") + "\n"
	}
	told, again := "Nothing was saved.\n", ""
	if s.checkpoint != nil {
		told += neverUnsealed
	}
	if d.warehouse.ID != "" { // the command does not hold these
		again = strings.TrimSuffix("To choose again: warehouse "+d.warehouse.Name.String()+", "+connector.TableList(d.tables), ", ") + "\n"
	}
	return handed + told + "Go on with the same answers; " + SecretAskedAgain + ":\n  " + strings.Join(args, " ") + "\n" + again
}

const neverUnsealed = "Your answers are not kept: none is written unsealed, and nothing here seals without a question.\n" +
	"Before the first save, setup --key-file FILE keeps them.\n"

func flagSchema(name connector.SchemaName) string {
	if name.IsZero() {
		return ""
	}
	return connector.CleanLine(name.Quoted(), 600)
}
