package inventory

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/access"
	"github.com/draftt-io/draftt-databricks/connector/access/stored"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/words"
)

// access is the command that answers who can do what from an inventory.
func (f Face) access() *cobra.Command {
	c := &cobra.Command{
		Use: "access", Short: "Who can do what, and why, from an inventory",
		Long: "Who can do what, and why, from an inventory that was taken before. Nothing is asked of the workspace.\n\n" +
			"An object is named by its kind and name, as in \"warehouse:Starter Warehouse\", job:123 or notebook:/Shared/report; what Unity\n" +
			"Catalog governs goes by its full name alone, and the account, the workspace and the metastore by that word. A principal is a user\n" +
			"name, an application ID or the name of a group, whole.\n\n" +
			"What was not collected is unknown, and never a no.",
	}
	f.Bare(c)
	c.AddCommand(f.accessWho(), f.accessWhat(), f.accessWhy(), f.accessCan())
	return f.ends(c)
}

// asking is what each question needs.
type asking struct {
	choice
	asJSON bool
	limit  int
}

func (q *asking) registerIn(c *cobra.Command, listed bool) {
	q.register(c, true)
	c.Flags().BoolVar(&q.asJSON, "json", false, "as JSON")
	if listed {
		c.Flags().IntVar(&q.limit, "limit", shownRows, "at most so many, of each plane where there are two, 0 for all")
	}
}

// limited refuses a number of lines that is none.
func limited(limit int) error {
	if limit < 0 {
		return &connector.Error{Kind: connector.ErrInput, What: "--limit takes a number of lines.", Remedy: "Give how many are shown at most, 0 for all."}
	}
	return nil
}

// facts are those of the run that is meant, with the workspace and who took it.
func (q *asking) facts(f Face) (*access.Facts, access.Place, string, error) {
	if err := limited(q.limit); err != nil {
		return nil, 0, "", err
	}
	run, _, err := q.open(f)
	if err != nil {
		return nil, 0, "", err
	}
	defer func() { _ = run.Close() }()
	facts, in, err := stored.Read(run, access.Table())
	if err != nil {
		return nil, 0, "", err
	}
	for _, fault := range facts.Faults() {
		f.Note("%s", fault)
	}
	return facts, in, estate.IdentityOf(run).Name, nil
}

// exactly refuses another number of arguments than what has words for them.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == n {
			return nil
		}
		return refusedArgs(c, what)
	}
}

func (f Face) accessWho() *cobra.Command {
	var q asking
	var right string
	c := &cobra.Command{
		Use: "who OBJECT", Short: "List who has which rights on an object", Args: exactly(1, "Give the object."),
		Example: "  draftt-databricks access who inventory.assets.devices --right SELECT\n  draftt-databricks access who \"warehouse:Starter Warehouse\"",
		RunE: func(_ *cobra.Command, args []string) error {
			facts, in, _, err := q.facts(f)
			if err != nil {
				return err
			}
			on, err := facts.Seek(args[0], in)
			if err != nil {
				return err
			}
			asked := facts.Rules().Asked(facts.Kind(on))
			if right != "" {
				r, err := facts.Rules().ParseRight(facts.Kind(on), right)
				if err != nil {
					return err
				}
				asked = []access.Right{r}
			}
			return f.sayHolders(facts, on, in, asked, &q)
		},
	}
	q.registerIn(c, true)
	c.Flags().StringVar(&right, "right", "", "only this privilege or level, such as SELECT or CAN_USE")
	return c
}

// more says that not all of a list is shown.
func (f Face) more(left, of int) {
	if left > 0 {
		f.Note("%s of %s are not shown; --limit 0 shows all.", words.Thousands(left), words.Thousands(of))
	}
}

func (f Face) accessWhat() *cobra.Command {
	var q asking
	var kind string
	var unknown bool
	c := &cobra.Command{
		Use: "what PRINCIPAL", Short: "List what a principal has rights on", Args: exactly(1, "Give the principal."),
		Example: "  draftt-databricks access what ann@example.com --kind table",
		RunE: func(_ *cobra.Command, args []string) error {
			facts, in, _, err := q.facts(f)
			if err != nil {
				return err
			}
			who, err := facts.Find(in, args[0])
			if err != nil {
				return err
			}
			only, err := facts.Rules().ParseKinds(kind)
			if err != nil {
				return err
			}
			return f.sayHeld(facts, who, in, only, unknown, &q)
		},
	}
	q.registerIn(c, true)
	c.Flags().StringVar(&kind, "kind", "", "only objects of this kind, such as table or warehouse")
	c.Flags().BoolVar(&unknown, "unknown", false, "also objects of which it cannot be told")
	return c
}

// say prints sentences below a heading, each broken where the terminal ends.
func (f Face) say(heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	_, _ = fmt.Fprintf(f.Out(), "\n%s\n", heading)
	for _, line := range lines {
		_, _ = fmt.Fprintln(f.Out(), f.Prose("  "+line))
	}
}
