// Package desk is what the commands of a room of their own need of the program that they belong to.
package desk

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/infile"
	"github.com/draftt-io/draftt-databricks/ui/console"
	"github.com/draftt-io/draftt-databricks/words"
)

// Desk is the program, as such a command sees it.
type Desk struct {
	// SignIn adds the flags that say how an admin signs in to a command, for all below it, and gives what opens the session. Whoever opens it
	// closes it.
	SignIn  func(*cobra.Command) func(context.Context) (*admin.Session, error)
	Journal func() (*admin.Journal, error)
	Saved   func(context.Context) ([]connector.Connection, error) // the connections that are saved here
	// Confirm takes what was typed on the command line, or else asks for it.
	Confirm func(p admin.Plan, typed string) (admin.Confirmed, error)

	Out      func() io.Writer
	Results  func() io.Writer                       // for what other programs read: neither painted nor linked, and there with --quiet as well
	Say      func(format string, args ...any) error // a line
	Note     func(format string, args ...any)       // what is neither a result nor an error
	Prose    func(string) string                    // broken where the terminal ends
	Title    func(string) string                    // as a heading
	Long     func(say func() error) error           // in a pager, where it does not fit
	Loud     func(what string) error                // refuses where nothing is to be printed
	Table    func(console.Table) error
	List     func(title string, lines []string)
	JSON     func(any) error
	PlanJSON func(admin.Plan) any

	Read  func(path string) (infile.File, error)                         // a file that is named
	Reads func(c *cobra.Command, path *string, name, does string)        // adds the flag of one
	Write func(path string, content []byte) error                        // a new private file
	Keep  func(path string, content []byte, overwriting bool) error      // a file that others may read
	Place func(c *cobra.Command, path *string, name, value, does string) // adds the flag of a file that is written
	Words func(c *cobra.Command, flag string, values ...string)          // completes a flag
	Pause func(context.Context, time.Duration) error                     // ends early with the context
	Exit  func(code int, err error) error                                // with an exit code; nil is what was said already
	Fails func(ctx context.Context, lead string, err error) error        // names an error of the workspace by its cause
	Bare  func(*cobra.Command)                                           // has a command print its help, which only has others below it
	// NoArgs refuses an argument, and names the command that was meant.
	NoArgs cobra.PositionalArgs
}

// Plan prints what a plan changes, in order, each with the exact request, and what stays.
func (d Desk) Plan(p admin.Plan) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(d.Out(), format+"\n", args...) }
	say("Plan for %s in %s", p.Target.Label(), p.Host)
	for _, warning := range p.Warnings {
		say("\n! %s", warning)
	}
	if p.Empty() {
		say("  Nothing is to be changed.")
	}
	for i, c := range p.Changes {
		say("\n%2d. %s: %s", i+1, words.UpperFirst(string(c.Kind)), c.Object)
		say("    %s → %s", c.Before, c.After)
		for _, line := range c.Request.Lines() {
			say("    %s", line)
		}
		say("    Why: %s", c.Why)
		say("    To undo: %s", c.Undo)
	}
	d.List("Stays as it is", p.Kept)
	uses := saved.UsesOf(p)
	d.List(uses.Title, uses.Lines)
	say("")
}
