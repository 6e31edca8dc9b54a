package cmd

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/saved"
	"github.com/draftt-io/draftt-databricks/words"
)

// sayPlan prints what a plan changes, in order, each with the exact request, and what stays.
func (a *app) sayPlan(p admin.Plan) {
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(a.out, format+"\n", args...) }
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
	a.sayList("Stays as it is", p.Kept)
	uses := saved.UsesOf(p)
	a.sayList(uses.Title, uses.Lines)
	say("")
}

// confirmed takes the plan's name from --yes, or else asks for it. Without either nothing is changed.
func (a *app) confirmed(p admin.Plan, yes string) (admin.Confirmed, error) {
	if yes == "" {
		if !a.asks() {
			return admin.Confirmed{}, usage("This asks for a name to confirm, and "+a.nobody()+". Nothing was changed.", fmt.Sprintf("Look at the plan, then add --yes %q.", p.Name))
		}
		var err error
		if yes, err = a.questions("The plan stands above. Nothing has been changed yet, and nothing is without the name.").Line(fmt.Sprintf("Type %s to confirm", p.Name), ""); err != nil {
			return admin.Confirmed{}, left(err)
		}
	}
	return p.Confirmed(yes)
}
