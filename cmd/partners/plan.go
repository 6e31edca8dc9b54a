package partners

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

func (d group) check() *cobra.Command {
	var f choiceFlags
	c := &cobra.Command{
		Use: "check [PARTNER]", Short: "What a service principal has of a set, lacks, and has beyond it", Args: atMostOne, ValidArgsFunction: names,
		Long: "What a service principal has of the set of a partner and where from, what is missing, and what it has beyond that. What you\n" +
			"may not see is unknown, not missing. It reads only.\n\n" +
			"The exit code is 40 when something is missing or unknown, and 50 when it holds more than its set by itself.",
	}
	signIn := d.SignIn(c)
	d.choose(c, &f)
	c.RunE = d.onSet(&f, signIn, func(ctx context.Context, s *admin.Session, p partner.Partner, chosen partner.Choice) error {
		who := f.principal
		if who == "" {
			who = p.User()
		}
		if p.Set.None() {
			return d.none(p, f.asJSON)
		}
		seen, err := partner.Check(ctx, s, p.Set, chosen, who, f.sqlWarehouse())
		if err != nil {
			return err //nolint:wrapcheck // Wrong names it
		}
		switch {
		case f.as != "":
			return d.render(f.as, seen.Needs(), seen.Target(), f)
		case f.asJSON:
			err = d.JSON(ofCheck(s.Host(), p, seen))
		default:
			d.say("%s, held against %s: it %s", seen.Principal.Principal().Label(), p.Name, p.Set.Name)
			d.reading(s)
			d.sections(seen.Sections())
			d.say("\n%s %s", seen.Verdict(), partner.NotAsPartner)
		}
		switch {
		case err != nil:
			return err
		case !seen.Done():
			return d.Exit(check.ExitPermissions, nil)
		case len(seen.Own()) > 0:
			return d.Exit(check.ExitBeyond, nil)
		}
		return nil
	})
	return c
}

func (d group) none(p partner.Partner, asJSON bool) error {
	if asJSON {
		return d.JSON(ofSet(p, nil))
	}
	d.say("%s: it %s, so there is nothing to hold against.", p.Name, p.Set.Name)
	d.List(partner.NotGiven, p.Set.Asks)
	return nil
}

// onSet runs what a command does with a set in an admin session.
func (d group) onSet(f *choiceFlags, signIn func(context.Context) (*admin.Session, error), do func(context.Context, *admin.Session, partner.Partner, partner.Choice) error) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		if err := f.wanted(); err != nil {
			return err
		}
		p, err := d.set(f, args)
		if err != nil {
			return err
		}
		chosen, err := f.selected()
		if err != nil {
			return err
		}
		if _, err := p.Set.Needs(chosen); err != nil { // before anybody signs in
			return err //nolint:wrapcheck // it says what to do
		}
		return d.with(signIn, func(ctx context.Context, s *admin.Session) error { return do(ctx, s, p, chosen) })(c, args)
	}
}

func (d group) render(form string, needs []partner.Need, to admin.Target, f choiceFlags) error {
	text, err := partner.Render(form, needs, to, f.sqlWarehouse())
	if err != nil {
		return err //nolint:wrapcheck // it says what to do
	}
	_, err = fmt.Fprint(d.Out(), text)
	return err //nolint:wrapcheck // the terminal's or the pipe's own
}

func (d group) plan() *cobra.Command {
	var f choiceFlags
	var yes string
	var apply bool
	c := &cobra.Command{
		Use: "plan [PARTNER]", Short: "Give a service principal what it lacks of a set, and no more", Args: atMostOne, ValidArgsFunction: names,
		Long: "Plan to give a service principal what it lacks of the set of a partner, and no more. Where none is called PARTNER_USER, one is\n" +
			"made. What the document leaves open is shown as a question. It shows who can do each step, and whether you can select the\n" +
			"catalog in Partner Connect. Nothing is changed without --apply, which asks for the name.",
	}
	signIn := d.SignIn(c)
	d.choose(c, &f)
	c.Flags().BoolVar(&apply, "apply", false, "carry the plan out, after the name was typed")
	c.Flags().StringVar(&yes, "yes", "", "with --apply, confirm with the name of the service principal, without being asked")
	c.RunE = d.onSet(&f, signIn, func(ctx context.Context, s *admin.Session, p partner.Partner, chosen partner.Choice) error {
		proposal, err := partner.Propose(ctx, s, partner.Wish{Partner: p.Name, Set: p.Set, Choice: chosen, Principal: f.principal, Runs: f.sqlWarehouse()})
		if err != nil {
			return err //nolint:wrapcheck // Wrong names it
		}
		if f.as != "" {
			needs := proposal.Needs
			if f.as == "terraform" && len(needs) > 0 { // which declares all of it
				needs, _ = p.Set.Needs(chosen)
			}
			return d.render(f.as, needs, proposal.Plan.Target, f)
		}
		whoCan, err := partner.WhoCan(ctx, s, proposal.Needs)
		if err != nil {
			return err //nolint:wrapcheck // Wrong names it
		}
		if f.asJSON && !apply {
			return d.JSON(d.ofProposal(p, proposal, whoCan))
		}
		d.proposal(s, p, proposal, whoCan)
		if !apply || proposal.Plan.Empty() {
			return nil
		}
		return d.apply(ctx, s, proposal.Plan, yes, "Giving a partner what it lacks", nil)
	})
	return c
}

func (d group) proposal(s *admin.Session, p partner.Partner, proposal partner.Proposal, whoCan []string) {
	d.reading(s)
	if proposal.Plan.Empty() {
		d.say("%s", partner.NothingToGive)
	} else {
		d.Plan(proposal.Plan)
	}
	if proposal.Seen != nil {
		sections := proposal.Seen.Sections()
		d.sections(slices.DeleteFunc(sections, func(s partner.Section) bool { return s.Title == partner.NotGiven }))
	}
	if proposal.Verdict != nil {
		d.List("In Partner Connect you can select", []string{proposal.Verdict.Line()})
	}
	d.List("Who can do it", whoCan)
	d.List(partner.NotGiven, p.Set.Asks)
}

// apply carries a plan out that its name confirms. doing is that as a refusal begins with it. first, where there is one, is done between the two. Who is no workspace admin is not asked.
func (d group) apply(ctx context.Context, s *admin.Session, plan admin.Plan, yes, doing string, first func() error) error {
	if !s.Admin() {
		return s.Refusal(ctx, doing) //nolint:wrapcheck // it has words of its own
	}
	confirmed, err := d.Confirm(plan, yes)
	if err != nil {
		return err
	}
	if first != nil {
		if err := first(); err != nil {
			return err
		}
	}
	j, err := d.Journal()
	if err != nil {
		return err
	}
	watch := admin.Watch{Tell: func(p admin.Progress) {
		if p.Event != admin.Started {
			d.say("%d. %s: %s", p.Step+1, plan.Changes[p.Step].Text(), p.Event)
		}
	}}
	if _, err := s.ApplyWatched(ctx, confirmed, j, watch); err != nil {
		return err //nolint:wrapcheck // Wrong names it
	}
	d.say("\nDone. The journal tells it: %s", j.Path())
	return nil
}
