package tokens

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

const whoIsMeant = "WHO is a user name, a group, or a service principal by its application ID or display name; group:NAME, user:NAME and\n" +
	"service-principal:NAME tell namesakes apart."

// limited says of somebody who is no workspace admin that an act is not theirs, and whom to ask.
func limited(s *authorization.Snapshot, act authorization.Act) error {
	if !s.Limited {
		return nil
	}
	return admin.Refusal(s, act) //nolint:wrapcheck // it has words of its own
}

func (g group) levels() *cobra.Command {
	c := &cobra.Command{Use: "levels", Short: "Show the permission of everybody, and how it comes", Args: g.NoArgs,
		Long: "Show the permission of every user and service principal: on the list itself, or through a group, however nested."}
	c, r := g.reads(c, func(_ context.Context, r *reading, _ *admin.Session, s *authorization.Snapshot, _ []string) error {
		if err := limited(s, authorization.Reading(g.object)); err != nil {
			return err
		}
		all := s.Levels()
		if r.asJSON {
			return g.JSON(ofLevels(s, all))
		}
		table := console.Table{Headings: authorization.LevelHeadings}
		for _, e := range all {
			table.Rows = append(table.Rows, e.Columns())
		}
		return errors.Join(g.Table(table), g.ended(), g.everybody(s))
	})
	r.json(c)
	return c
}

// everybody says what hangs on the group of all users.
func (g group) everybody(s *authorization.Snapshot) error {
	line := s.Everybody()
	if line == "" {
		return nil
	}
	return g.Say("\n%s", line)
}

func (g group) who() *cobra.Command {
	var id string
	c := &cobra.Command{Use: "who", Short: "Show who may do a task, or all tasks with how many may", Args: g.NoArgs,
		Long: "Show who may do a task. Without --task it shows the documented table of tasks, with how many may do each."}
	c, r := g.reads(c, func(_ context.Context, r *reading, _ *admin.Session, s *authorization.Snapshot, _ []string) error {
		if err := limited(s, authorization.Reading(g.object)); err != nil {
			return err
		}
		if id == "" {
			return g.tasks(r, s)
		}
		task, err := authorization.FindTask(g.object, id)
		if err != nil {
			return err //nolint:wrapcheck // it has words of its own
		}
		may := s.Who(task)
		if r.asJSON {
			return g.JSON(ofLevels(s, may))
		}
		table := console.Table{Headings: authorization.LevelHeadings}
		for _, e := range may {
			table.Rows = append(table.Rows, e.Columns())
		}
		return g.Table(table)
	})
	var ids []string
	for _, task := range authorization.Tasks(g.object) {
		ids = append(ids, task.ID+"\t"+task.Name)
	}
	c.Flags().StringVar(&id, "task", "", "the task, such as "+authorization.Tasks(g.object)[0].ID)
	completes(c, "task", ids...)
	r.json(c)
	return c
}

func (g group) tasks(r *reading, s *authorization.Snapshot) error {
	if r.asJSON {
		return g.JSON(ofTasks(s))
	}
	headings, rows := authorization.Matrix(g.object)
	table := console.Table{Headings: append(headings, "WHO MAY", "--task")}
	for i, task := range authorization.Tasks(g.object) {
		table.Rows = append(table.Rows, append(rows[i], words.Thousands(len(s.Who(task))), task.ID))
	}
	return errors.Join(g.Table(table), g.ended())
}

// ended says of passwords that they came to an end.
func (g group) ended() error {
	if g.object != authorization.Passwords {
		return nil
	}
	return g.Say("\n%s", authorization.PasswordsEnded)
}

func (g group) can() *cobra.Command {
	c := &cobra.Command{Use: "can WHO", Short: "Show what somebody may do, and every way that it comes", Args: some("who is meant"),
		Long: "Show what somebody may do, and every way that the permission comes. " + whoIsMeant}
	c, r := g.reads(c, func(_ context.Context, r *reading, _ *admin.Session, s *authorization.Snapshot, args []string) error {
		if err := limited(s, authorization.Reading(g.object)); err != nil {
			return err
		}
		p, err := s.Directory.Find(strings.Join(args, " "))
		if err != nil {
			return err //nolint:wrapcheck // it has words of its own
		}
		e := s.Of(p)
		if r.asJSON {
			return g.JSON(ofCan(g.object, e))
		}
		table := console.Table{Headings: []string{"TASK", strings.ToUpper(e.Level.String())}}
		for _, task := range authorization.Tasks(g.object) {
			table.Rows = append(table.Rows, []string{task.Name, map[bool]string{true: "yes", false: "no"}[e.Can(task)]})
		}
		if err := g.Table(table); err != nil {
			return err
		}
		var ways []string
		for _, w := range e.Ways {
			ways = append(ways, w.Level.String()+": "+w.Text())
		}
		if e.Locked != "" {
			ways = append(ways, "Locked: "+e.Locked+".")
		}
		g.List("How it comes", ways)
		return nil
	})
	r.json(c)
	return c
}

func (g group) export() *cobra.Command {
	var as, to string
	var over bool
	c := &cobra.Command{Use: "export", Short: "Write the list down as Terraform, JSON, a REST request or a CLI command", Args: g.NoArgs,
		Long: "Write the list of permissions down as it is. Terraform comes with the command that imports it."}
	c, _ = g.reads(c, func(_ context.Context, _ *reading, _ *admin.Session, s *authorization.Snapshot, _ []string) error {
		if err := limited(s, authorization.Reading(g.object)); err != nil {
			return err
		}
		text, err := s.Write(authorization.Form(as))
		if err != nil {
			return err //nolint:wrapcheck // it has words of its own
		}
		if to != "" {
			return g.Keep(to, []byte(text), over)
		}
		_, err = fmt.Fprint(g.Out(), text)
		return err //nolint:wrapcheck // the terminal's or the pipe's own
	})
	c.Flags().StringVar(&as, "as", string(authorization.AsTerraform), "terraform, json, rest or cli")
	completes(c, "as", authorization.Forms...)
	g.Place(c, &to, "to", "", "write it to this file")
	c.Flags().BoolVar(&over, "overwrite", false, "with --to, replace a file that is there")
	return c
}

func (g group) watch() *cobra.Command {
	var every time.Duration
	var looks int
	c := &cobra.Command{Use: "watch", Short: "Tell when the list changes" + map[authorization.Object]string{authorization.Tokens: ", or a token comes or goes"}[g.object], Args: g.NoArgs,
		Long: "Read again and again, and tell each difference on a line of its own. Ctrl+C ends."}
	c, r := g.reads(c, func(ctx context.Context, r *reading, session *admin.Session, s *authorization.Snapshot, _ []string) error {
		if every < time.Second {
			return usage("That is too often.", "Give --every 1s or longer.")
		}
		if err := limited(s, authorization.Reading(g.object)); err != nil {
			return err
		}
		tell := func(s *authorization.Snapshot, line string) error {
			return g.Say("%s  %s", s.At.Format(time.TimeOnly), line)
		}
		if r.asJSON {
			encoder := json.NewEncoder(g.Out())
			tell = func(s *authorization.Snapshot, line string) error {
				return encoder.Encode(map[string]string{"at": s.At.UTC().Format(time.RFC3339), "change": line})
			}
		} else if err := g.Say("Watching the permissions on %s of %s.", g.object.Noun(), s.Host); err != nil {
			return err
		}
		for look := 0; (looks == 0 || look < looks) && g.Pause(ctx, every) == nil; look++ {
			now, err := session.Authorization(ctx, g.object)
			if err != nil {
				return err //nolint:wrapcheck // the caller names its cause
			}
			for _, line := range authorization.Difference(s, now) {
				if err := tell(now, line); err != nil {
					return err
				}
			}
			s = now
		}
		return nil
	})
	c.Flags().DurationVar(&every, "every", time.Minute, "how long to wait between two looks")
	c.Flags().IntVar(&looks, "looks", 0, "end after so many looks; 0 goes on")
	c.Flags().BoolVar(&r.asJSON, "json", false, "each difference as a line of JSON")
	return c
}
