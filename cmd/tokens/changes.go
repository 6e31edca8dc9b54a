package tokens

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/infile"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

// confirming are the flags of a command that carries a plan out.
type confirming struct {
	typed  string
	dryRun bool
}

func (f *confirming) register(c *cobra.Command, name, does string) {
	c.Flags().StringVar(&f.typed, name, "", does)
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "show the plan and change nothing")
}

// expect has a plan confirmed by the number that a person has to type.
func (f *confirming) expect(c *cobra.Command) {
	f.register(c, "expect", "confirm with the number that the plan asks for, without being asked")
}

// planJSON adds the flag for the plan as JSON. Whether it goes with the other flags is the command's to say.
func (r *reading) planJSON(c *cobra.Command) {
	c.Flags().BoolVar(&r.asJSON, "json", false, "with --dry-run, the plan as JSON")
}

// onlyOfPlan refuses JSON where a plan is carried out.
func (r *reading) onlyOfPlan(f confirming, does string) error {
	if r.asJSON && !f.dryRun {
		return usage("JSON is of the plan, and this "+does+".", "Add --dry-run, or leave --json out.")
	}
	return nil
}

// planned says a plan as JSON, or carries it out.
func (g group) planned(ctx context.Context, r *reading, s *admin.Session, plan admin.Plan, err error, f confirming) error {
	switch {
	case err != nil:
		return err
	case r.asJSON:
		return g.JSON(ofPlan(plan))
	}
	return g.carryOut(ctx, s, plan, f)
}

// changes makes a command that plans a change of the list from its arguments, shows it and carries it out.
func (g group) changes(c *cobra.Command, wanted func(args []string) (authorization.Want, error)) *cobra.Command {
	var f confirming
	c, r := g.reads(c, func(ctx context.Context, r *reading, s *admin.Session, snapshot *authorization.Snapshot, args []string) error {
		if err := r.onlyOfPlan(f, "carries it out"); err != nil {
			return err
		}
		want, err := wanted(args)
		if err != nil {
			return err
		}
		plan, err := s.PlanPermissions(snapshot, want)
		return g.planned(ctx, r, s, plan, err, f)
	})
	f.expect(c)
	r.planJSON(c)
	return c
}

// carryOut shows a plan, has it confirmed, carries it out and says what became of it.
func (g group) carryOut(ctx context.Context, s *admin.Session, plan admin.Plan, f confirming) error {
	if err := g.sayPlan(plan); err != nil || f.dryRun || plan.Empty() {
		return err
	}
	out, j, err := g.apply(ctx, s, plan, f)
	if out.Rollback != "" {
		_ = g.Say("The list as it was is in %s. It gives permissions back, never a token.", connector.CleanLine(out.Rollback, 300))
	}
	if err != nil {
		return err
	}
	if err := g.Say("Done: %s. The journal is %s.", words.Count(out.Done, "step"), connector.CleanLine(j.Path(), 300)); err != nil {
		return err
	}
	if len(out.Differs) > 0 {
		return &connector.Error{Kind: admin.ErrRefused, What: strings.Join(out.Differs, " "), Remedy: "Look at the list again, and plan again where it is not as it should be."}
	}
	return nil
}

func (g group) apply(ctx context.Context, s *admin.Session, plan admin.Plan, f confirming) (admin.Outcome, *admin.Journal, error) {
	confirmed, err := g.Confirm(plan, f.typed)
	if err != nil {
		return admin.Outcome{}, nil, err
	}
	j, err := g.Journal()
	if err != nil {
		return admin.Outcome{}, nil, err
	}
	out, err := s.Apply(ctx, confirmed, j)
	return out, j, err //nolint:wrapcheck // the caller names its cause
}

// sayPlan prints who loses access and which tokens die before the change itself.
func (g group) sayPlan(plan admin.Plan) error {
	change := plan.Authorization
	if change == nil {
		g.Plan(plan)
		return nil
	}
	if err := g.Say("%s", change.Headline()); err != nil {
		return err
	}
	if len(change.Effect.Losing) > 0 {
		var table console.Table
		table.Headings, table.Rows = change.Losses()
		_, _ = fmt.Fprintln(g.Out())
		if err := g.Table(table); err != nil {
			return err
		}
	}
	dying := admin.TokenTexts(change.Effect.Dying)
	title := "Tokens that are deleted"
	if len(change.Effect.Veiled) > 0 {
		title = "Tokens that may be deleted"
	}
	g.List(title, dying)
	_, _ = fmt.Fprintln(g.Out())
	g.Plan(plan)
	return nil
}

// first says what a change shows before it is made.
func (g group) first() string {
	if g.object == authorization.Passwords {
		return "First it shows who loses access, through nested groups too; their number is asked for.\n"
	}
	return "First it shows who loses access, through nested groups too, and every token that is deleted;\nthe number of those tokens is asked for.\n"
}

// admins says what becomes of the group admins.
func (g group) admins() string {
	if g.object == authorization.Passwords {
		return "A list that would lock out the last admin is refused."
	}
	return "The group admins stays as it is, whatever the file has."
}

func (g group) grant() *cobra.Command {
	c := &cobra.Command{Use: "grant WHO...", Short: "Give Can Use, and leave everybody else", Args: some("who is given Can Use"),
		Long: "Give Can Use to users, groups or service principals. Nobody loses anything. " + whoIsMeant}
	return g.changes(c, func(args []string) (authorization.Want, error) { return authorization.Want{Grant: args}, nil })
}

func (g group) remove() *cobra.Command {
	var keep []string
	c := &cobra.Command{Use: "remove WHO...", Short: "Take Can Use away, with everybody named who loses access by it", Args: some("who loses Can Use"),
		Long: "Take users, groups or service principals off the list. The whole list is written, since nothing else takes a permission away.\n" +
			g.first() + whoIsMeant}
	c.Flags().StringArrayVar(&keep, "keep", nil, "give this one Can Use of its own, so that it loses nothing; may be given several times")
	return g.changes(c, func(args []string) (authorization.Want, error) {
		return authorization.Want{Remove: args, Keep: keep}, nil
	})
}

// fromFile adds --from and --keep, and gives what reads the list that is wanted.
func (g group) fromFile(c *cobra.Command) func([]string) (authorization.Want, error) {
	var from string
	var keep []string
	g.Reads(c, &from, "from", "the list that is wanted: Terraform, the JSON of a request, or a rollback file")
	c.Flags().StringArrayVar(&keep, "keep", nil, "this one is on the list as well; may be given several times")
	return func([]string) (authorization.Want, error) {
		if from == "" {
			return authorization.Want{}, usage("It is not said which list is wanted.", "Give --from FILE.")
		}
		file, err := g.Read(from)
		if err != nil {
			return authorization.Want{}, err
		}
		text, err := file.Read(authorization.MostText)
		if err != nil {
			return authorization.Want{}, usage(infile.Wrong(connector.CleanLine(file.Title(), 300), err), "Name a file with the list.")
		}
		list, err := authorization.Parse(g.object, text)
		return authorization.Want{Whole: &list, Keep: keep}, err //nolint:wrapcheck // it has words of its own
	}
}

func (g group) replace() *cobra.Command {
	c := &cobra.Command{Use: "replace", Short: "Make the list the one of a file", Args: g.NoArgs,
		Long: "Make the list the one of a file. " + g.first() + g.admins()}
	return g.changes(c, g.fromFile(c))
}

func (g group) plan() *cobra.Command {
	c := &cobra.Command{Use: "plan", Short: "Show what applying a file would do, and change nothing", Args: g.NoArgs,
		Long: "Show what applying Terraform or a request would do: who loses access" + map[authorization.Object]string{authorization.Tokens: ", and which tokens are deleted"}[g.object] +
			". It changes nothing.\n" + g.admins()}
	wanted := g.fromFile(c)
	c, r := g.reads(c, func(_ context.Context, r *reading, s *admin.Session, snapshot *authorization.Snapshot, args []string) error {
		want, err := wanted(args)
		if err != nil {
			return err
		}
		plan, err := s.PlanPermissions(snapshot, want)
		switch {
		case err != nil:
			return err //nolint:wrapcheck // the caller names its cause
		case r.asJSON:
			return g.JSON(ofPlan(plan))
		}
		return g.sayPlan(plan)
	})
	r.json(c)
	return c
}
