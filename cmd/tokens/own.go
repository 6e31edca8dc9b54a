package tokens

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/outfile"
)

func (g group) create() *cobra.Command {
	var want admin.NewToken
	var f confirming
	var days int
	var to string
	c := &cobra.Command{Use: "create", Short: "Make a token, for yourself or on behalf of a service principal", Args: g.NoArgs,
		Long: "Make a token. Its value is given once: it goes into a new file that only you can read, and is never shown or printed.\n" +
			"Without --on-behalf-of the token is of who signed in."}
	c, r := g.reads(c, func(ctx context.Context, r *reading, s *admin.Session, snapshot *authorization.Snapshot, _ []string) error {
		if to == "-" {
			return usage("The value of a token is never printed, and - is no file.", "Give --value-to a new file.")
		}
		if to == "" && !f.dryRun {
			return usage("The value of a token is given once, and it is not said where it goes.", "Give --value-to a new file.")
		}
		if err := r.onlyOfPlan(f, "makes a token"); err != nil {
			return err
		}
		if days < 0 {
			return usage("A token cannot last less than a day.", "Give --days 1 or more, or 0 for as long as the workspace allows.")
		}
		j, err := g.Journal()
		if err != nil {
			return err
		}
		want.Lifetime = time.Duration(days) * 24 * time.Hour
		plan, err := s.PlanToken(j, snapshot, want)
		switch {
		case err != nil:
			return err //nolint:wrapcheck // the caller names its cause
		case r.asJSON:
			return g.JSON(ofPlan(plan))
		}
		return g.make(ctx, s, plan, f, to)
	})
	flags := c.Flags()
	flags.StringVar(&want.For, "on-behalf-of", "", "the service principal that the token is for, which must have Can Use")
	flags.StringVar(&want.Comment, "comment", "", "what the token is for")
	flags.IntVar(&days, "days", 0, "how many days it lasts; 0 is as long as the workspace allows")
	flags.StringVar(&to, "value-to", "", "the new file that the value is written to, for you alone")
	_ = c.MarkFlagFilename("value-to")
	f.register(c, "yes", "confirm with the name of the owner, without being asked")
	r.planJSON(c)
	return c
}

// make shows the plan, makes the token and writes its value down. The file is made first: a value that cannot be kept is not made.
func (g group) make(ctx context.Context, s *admin.Session, plan admin.Plan, f confirming, to string) error {
	g.Plan(plan)
	if f.dryRun {
		return nil
	}
	file, err := outfile.Hold(to)
	if err != nil {
		return unwritten(err)
	}
	out, j, err := g.apply(ctx, s, plan, f)
	if out.Secret.IsZero() {
		file.Drop()
		return err
	}
	if err := keepValue(file, out.Secret); err != nil {
		return unwritten(err)
	}
	if err != nil { // what failed came after the token: its value is kept
		_ = g.Say("Token %s was made, and its value is in %s.", out.SecretID, connector.CleanLine(to, 300))
		return err
	}
	return g.Say("Token %s was made, and its value is in %s. The journal is %s.", out.SecretID, connector.CleanLine(to, 300), connector.CleanLine(j.Path(), 300))
}

func unwritten(err error) error {
	if errors.Is(err, fs.ErrExist) {
		return usage("There is such a file already, and it is not touched.", "Give --value-to a file that is not there.")
	}
	return usage("The value could not be written: "+outfile.Reason(err)+".", "Give --value-to another file. Where the token was made, delete it: nobody has its value.")
}

func (g group) delete() *cobra.Command {
	var w which
	var f confirming
	var insist bool
	c := &cobra.Command{Use: "delete [ID...]", Short: "Delete tokens: by ID, or all that match", Aliases: []string{"revoke"},
		Long: "Delete tokens, your own or, as an admin, anybody's. They are named by their IDs, or by --search and --flag.\n" +
			"It lists them and asks for their number. A deleted token cannot be brought back."}
	c, r := g.reads(c, func(ctx context.Context, r *reading, s *admin.Session, snapshot *authorization.Snapshot, ids []string) error {
		if len(ids) == 0 && w.text == "" && len(w.flags) == 0 {
			return usage("It is not said which tokens.", "Give their IDs, or --search or --flag.")
		}
		if err := r.onlyOfPlan(f, "deletes"); err != nil {
			return err
		}
		found, err := w.meant(snapshot, ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if !w.has(found, id) {
				if err := limited(snapshot, authorization.RevokeAny); err != nil { // it may be somebody's whose tokens are not shown
					return err
				}
				return usage("There is no token "+connector.CleanLine(id, 64)+" among those you are shown.", "See tokens list; what is deleted already is not in it.")
			}
		}
		plan, err := s.PlanRevoke(snapshot, found, insist)
		return g.planned(ctx, r, s, plan, err, f)
	})
	w.register(c)
	f.expect(c)
	c.Flags().BoolVar(&insist, "insist", false, "also a token that this session may have signed in with")
	r.planJSON(c)
	return c
}

func (w *which) has(found []authorization.Owned, id string) bool {
	for _, o := range found {
		if o.ID == id {
			return true
		}
	}
	return len(w.flags) > 0 || w.text != "" // then an ID only narrows what matches
}

func (g group) settings() *cobra.Command {
	var f confirming
	var enable, disable, insist bool
	var days int
	c := &cobra.Command{Use: "settings", Short: "Show or change whether tokens may be used, and how long new ones last", Args: g.NoArgs,
		Long: "Show whether personal access tokens may be used and how long new ones last, with what another setting would do.\n" +
			"Switching tokens off deletes none: switched on again, those that have not ended work again."}
	c, r := g.reads(c, func(ctx context.Context, r *reading, s *admin.Session, snapshot *authorization.Snapshot, _ []string) error {
		to, act := snapshot.Settings, authorization.SeeSettings
		if enable || disable {
			to.Enabled, act = enable, authorization.ChangeSettings
		}
		if c.Flags().Changed("max-days") {
			to.MaxDays, act = days, authorization.ChangeSettings
		}
		switch {
		case enable && disable:
			return usage("Tokens cannot be both.", "Give --enable or --disable.")
		case days < 0 || days > 730:
			return usage("A token lasts at most 730 days.", "Give --max-days from 1 to 730, or 0 for no limit of the workspace's own.")
		case snapshot.Limited:
			return limited(snapshot, act)
		case to == snapshot.Settings && r.asJSON:
			return g.JSON(ofSettings(snapshot))
		case to == snapshot.Settings:
			return g.saySettings(snapshot)
		}
		if err := r.onlyOfPlan(f, "changes the settings"); err != nil {
			return err
		}
		plan, err := s.PlanSettings(snapshot, to, insist)
		return g.planned(ctx, r, s, plan, err, f)
	})
	flags := c.Flags()
	flags.BoolVar(&enable, "enable", false, "tokens may be made and used")
	flags.BoolVar(&disable, "disable", false, "no token may be made or used")
	flags.IntVar(&days, "max-days", 0, "how many days a new token lasts at most; 0 for no limit of the workspace's own")
	flags.BoolVar(&insist, "insist", false, "switch them off although this session signed in with one")
	f.expect(c)
	r.json(c)
	return c
}

func (g group) saySettings(s *authorization.Snapshot) error {
	is := s.Settings
	life := "no limit of the workspace's own, so two years"
	if is.MaxDays > 0 {
		life = fmt.Sprintf("%d days", is.MaxDays)
	}
	g.List("Personal access tokens", []string{
		"Enabled: " + map[bool]string{true: "yes", false: "no"}[is.Enabled], "Longest life of a new one: " + life,
	})
	other := is
	other.Enabled = !is.Enabled
	effect := s.SettingEffect(other)
	would := fmt.Sprintf("Switching them off would stop %d at once, and delete none.", len(effect.Stopping))
	if other.Enabled {
		would = fmt.Sprintf("Switching them on would have %d work again.", len(effect.Reviving))
	}
	return g.Say("\n%s", would)
}
