package inventory

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/ui/console"
)

// refusedArgs is the refusal of arguments that are too many or too few.
func refusedArgs(c *cobra.Command, what string) error {
	return &connector.Error{Kind: connector.ErrInput, What: what, Remedy: "See " + c.CommandPath() + " --help."}
}

func (f Face) accessWhy() *cobra.Command {
	var q asking
	c := &cobra.Command{
		Use: "why PRINCIPAL OBJECT RIGHT", Short: "Say why a principal has a right on an object, or what is missing", Args: exactly(3, "Give the principal, the object and the right."),
		Long: "Say why a principal has a right on an object, by the shortest path, and what would end it and for whom else; or what is missing,\n" +
			"who can give it and which group would; or what was not collected.",
		Example: "  draftt-databricks access why ann@example.com inventory.assets.devices SELECT\n  draftt-databricks access why ann@example.com \"warehouse:Starter Warehouse\" CAN_USE",
		RunE: func(_ *cobra.Command, args []string) error {
			facts, in, _, err := q.facts(f)
			if err != nil {
				return err
			}
			who, err := facts.Find(in, args[0])
			if err != nil {
				return err
			}
			on, err := facts.Seek(args[1], in)
			if err != nil {
				return err
			}
			right, err := facts.Rules().ParseRight(facts.Kind(on), args[2])
			if err != nil {
				return err
			}
			a, err := facts.Why(access.Question{Who: who, Right: right, On: on, In: in})
			if err != nil {
				return err
			}
			said := facts.Say(a)
			if q.asJSON {
				return f.JSON(said)
			}
			f.sayAnswer(said)
			return nil
		},
	}
	q.registerIn(c, false)
	return c
}

func (f Face) sayAnswer(said access.Words) {
	_, _ = fmt.Fprintln(f.Out(), f.Prose(said.Verdict+": "+said.Says))
	if said.Missing != "" {
		f.say("Missing", []string{said.Missing})
	}
	f.say("Because", said.Because)
	f.say("What would end it", said.Ends)
	f.say("Who can give it", said.GivenBy)
	f.say("Which group would", said.Groups)
	f.say("Not collected", said.NotCollected)
	f.say("Besides", said.Besides)
}

func (f Face) accessCan() *cobra.Command {
	var q asking
	var whom, object string
	c := &cobra.Command{
		Use: "can [ACTION]", Short: "Say whether who took the inventory, or somebody else, can do what takes a role", Args: atMost(1),
		Long: "Say whether somebody can do what takes a role, such as adding users to a workspace: who took the inventory, or with --who\n" +
			"another one. Without an action it lists them all. What one may do to some objects by what one has on them, such as granting,\n" +
			"depends on the object, which --on names.",
		Example: "  draftt-databricks access can\n  draftt-databricks access can workspace-users --who ann@example.com\n" +
			"  draftt-databricks access can grant --on inventory.assets.devices",
		RunE: func(_ *cobra.Command, args []string) error {
			facts, in, taker, err := q.facts(f)
			if err != nil {
				return err
			}
			if whom == "" {
				whom = taker
			}
			if whom == "" { // of the account alone, nothing tells who asked
				return &connector.Error{Kind: connector.ErrInput, What: "The inventory does not tell who took it.", Remedy: "Say whom to ask about with --who."}
			}
			who, err := facts.Find(in, whom)
			if err != nil {
				return err
			}
			switch {
			case len(args) == 0 && object != "":
				return &connector.Error{Kind: connector.ErrInput, What: "--on takes an action.", Remedy: "Name what is to be done to the object; draftt-databricks access can lists the actions."}
			case len(args) == 0:
				return f.sayAbilities(facts, who, in, q.asJSON)
			}
			a, err := able(facts, who, args[0], object, in)
			if err != nil {
				return err
			}
			said := facts.SayAbility(who, a)
			if q.asJSON {
				return f.JSON(said)
			}
			f.sayAnswer(said)
			return nil
		},
	}
	q.registerIn(c, false)
	c.Flags().StringVar(&whom, "who", "", "whom to ask about, else who took the inventory")
	c.Flags().StringVar(&object, "on", "", "the object that it is done to, as the other questions name it")
	return c
}

// able answers for one object where one is named, else for all.
func able(facts *access.Facts, who access.Principal, action, object string, in access.Place) (access.Ability, error) {
	if object == "" {
		return facts.Can(who, action, in)
	}
	on, err := facts.Seek(object, in)
	if err != nil {
		return access.Ability{}, err
	}
	return facts.CanOn(who, action, on, in)
}

type abilityDocument struct {
	Action  string `json:"action"`
	ID      string `json:"id"`
	Verdict string `json:"verdict"`
	Own     string `json:"own,omitempty"`
}

func (f Face) sayAbilities(facts *access.Facts, who access.Principal, in access.Place, asJSON bool) error {
	rows := []abilityDocument{}
	for _, row := range facts.Rules().Roles.Capabilities {
		a, err := facts.Can(who, row.ID, in)
		if err != nil {
			return err
		}
		one := abilityDocument{Action: row.Action, ID: row.ID, Verdict: a.SayVerdict()}
		if a.Verdict != access.Yes {
			one.Own = a.Own
		}
		rows = append(rows, one)
	}
	if asJSON {
		return f.JSON(map[string]any{"principal": facts.Called(who), "actions": rows})
	}
	table := console.Table{Headings: []string{"ACTION", "ID", "CAN", "BESIDES"}}
	for _, r := range rows {
		table.Rows = append(table.Rows, []string{r.Action, r.ID, r.Verdict, r.Own})
	}
	return f.Table(table)
}
