package partners

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
)

func (d group) disconnect() *cobra.Command {
	var level, principal, yes, sheet string
	var keep []string
	var dryRun, asJSON bool
	c := &cobra.Command{
		Use: "disconnect PARTNER", Short: "End the connection of a partner, in parts, each with what else uses it", Args: one("Give the name of one partner.", "draftt-databricks partners list shows those that are connected; put a name with blanks in quotes."), ValidArgsFunction: names,
		Long: "End the connection of a partner, as resetting its tile does, in parts that can be kept. It shows what else uses each part and\n" +
			"what stays, and asks for the name of the partner. The levels, each including those before it:\n\n" + levelLines() + "\n" +
			"What is deleted cannot be brought back. What is gone already is no failure, so it can be run again.",
	}
	signIn := d.SignIn(c)
	at := accountOf(c)
	flags := c.Flags()
	flags.StringVar(&level, "level", string(partner.Nothing), "nothing, tokens, principal or reset")
	var levels []string
	for _, l := range partner.Levels {
		levels = append(levels, string(l.Level)+"\t"+l.Does)
	}
	d.Words(c, "level", levels...)
	flags.StringVar(&principal, "principal", "", "where several have the name: application ID, SCIM id or display name")
	flags.StringArrayVar(&keep, "keep", nil, "with --level reset, a warehouse or cluster that stays, by its name or id; may be given several times")
	flags.StringVar(&sheet, "sheet", "", "write what is needed to connect again into this new file")
	_ = c.MarkFlagFilename("sheet")
	flags.BoolVar(&dryRun, "dry-run", false, "show the plan and change nothing")
	flags.BoolVar(&asJSON, "json", false, "with --dry-run or --level nothing, the plan as JSON")
	flags.StringVar(&yes, "yes", "", "confirm with the name of the partner, without being asked")
	c.RunE = func(c *cobra.Command, args []string) error {
		to, err := levelNamed(level)
		if err != nil {
			return err
		}
		if err := at.Check(); err != nil {
			return err
		}
		looks := dryRun || to == partner.Nothing
		if asJSON && !looks {
			return refused("--json shows the plan, and without --dry-run it is carried out.", "Add --dry-run, or leave --json out.")
		}
		return d.with(signIn, func(ctx context.Context, s *admin.Session) error {
			e, err := d.ending(ctx, s, at, args[0], principal, partner.Disconnect{Level: to, Keep: keep})
			if err != nil {
				return err
			}
			keep := func() error { return d.keepSheet(sheet, e.Sheet) }
			if looks || e.Plan.Empty() { // otherwise once the name was typed
				if err := keep(); err != nil {
					return err
				}
			}
			if asJSON {
				return d.JSON(d.ofEnding(e))
			}
			d.say("The connection of %s in %s", e.Plan.Name, s.Host())
			d.reading(s)
			d.sections(e.Sections())
			if looks || e.Plan.Empty() {
				return nil
			}
			d.Plan(e.Plan)
			return d.apply(ctx, s, e.Plan, yes, "Disconnecting a partner", keep)
		})(c, args)
	}
	return c
}

// keepSheet writes what is needed to connect again into a new file. One that has it already, from a run before, is left.
func (d group) keepSheet(path string, lines []string) error {
	if path == "" {
		return nil
	}
	text := []byte(strings.Join(lines, "\n") + "\n")
	if file, err := d.Read(path); err == nil {
		if there, err := file.Read(len(text) + 1); err == nil && bytes.Equal(there, text) {
			return nil
		}
	}
	return d.Write(path, text)
}

func (d group) ending(ctx context.Context, s *admin.Session, at accountFlags, name, principal string, want partner.Disconnect) (partner.Ending, error) {
	traces, err := d.look(ctx, s, at)
	if err != nil {
		return partner.Ending{}, err
	}
	in := partner.Infer(traces)
	j, err := d.Journal()
	if err != nil {
		return partner.Ending{}, err
	}
	if in.Deleted, err = j.Deleted(s.Host()); err != nil {
		return partner.Ending{}, err //nolint:wrapcheck // Wrong names it
	}
	if want.Connection, err = in.Of(name, principal); err != nil {
		return partner.Ending{}, err //nolint:wrapcheck // Wrong names it
	}
	if want.Saved, err = d.Saved(ctx); err != nil {
		return partner.Ending{}, err
	}
	return partner.PlanDisconnect(ctx, s, want) //nolint:wrapcheck // Wrong names it
}

func levelLines() (lines string) {
	for _, l := range partner.Levels {
		lines += fmt.Sprintf("  %-9s  %s\n", l.Level, l.Does)
	}
	return lines
}

func levelNamed(text string) (partner.Level, error) {
	var all []string
	for _, l := range partner.Levels {
		if strings.EqualFold(string(l.Level), text) {
			return l.Level, nil
		}
		all = append(all, string(l.Level))
	}
	return "", refused(fmt.Sprintf("%q is no level.", connector.CleanLine(text, 20)), "Give --level "+strings.Join(all, ", ")+".")
}

func (d group) move() *cobra.Command {
	var idle int
	var revoke, asJSON bool
	var yes string
	c := &cobra.Command{
		Use: "move-to-oauth PRINCIPAL", Short: "Move a service principal from tokens that never end to an OAuth secret, without a gap", Args: one("Give one service principal.", "Give its application ID, its SCIM id, or its display name, in quotes where that has blanks."),
		Long: "How far the move of a service principal from personal access tokens to an OAuth secret is, and what comes next: create, prove,\n" +
			"switch, watch the tokens fall idle, revoke. Run it again at any time: it looks in the workspace. Only a token that was not\n" +
			"used for --idle-days is revoked, with --revoke and after the name was typed. For a connection that is saved here,\n" +
			"rotate --to-oauth creates, proves and switches.",
	}
	signIn := d.SignIn(c)
	flags := c.Flags()
	flags.IntVar(&idle, "idle-days", partner.UsualIdle, "for how many days a token must not have been used")
	flags.BoolVar(&revoke, "revoke", false, "delete the tokens that fell idle, after the name was typed")
	flags.StringVar(&yes, "yes", "", "with --revoke, confirm with the name of the service principal, without being asked")
	flags.BoolVar(&asJSON, "json", false, "as JSON")
	c.RunE = func(c *cobra.Command, args []string) error {
		switch {
		case idle < 1:
			return refused("A token that was used today cannot be told from one in use.", "Give --idle-days 1 or more.")
		case asJSON && revoke:
			return refused("--json shows how far it is, and --revoke changes something.", "Give one of them.")
		}
		return d.with(signIn, func(ctx context.Context, s *admin.Session) error {
			saved, err := d.Saved(ctx)
			if err != nil {
				return err
			}
			m, err := partner.MoveToOAuth(ctx, s, args[0], idle, time.Now(), saved)
			if err != nil {
				return err //nolint:wrapcheck // Wrong names it
			}
			if asJSON {
				return d.JSON(d.ofMove(m))
			}
			d.reading(s)
			d.sections(m.Sections())
			if revoke && m.Plan.Empty() {
				d.say("\nNothing is revoked: there is no token that fell idle.")
			}
			if !revoke || m.Plan.Empty() {
				return nil
			}
			d.say("")
			d.Plan(m.Plan)
			return d.apply(ctx, s, m.Plan, yes, "Revoking its tokens", nil)
		})(c, args)
	}
	return c
}
