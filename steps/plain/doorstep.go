package plain

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/panels/lines"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

// Doorstep asks what is asked before a set-up begins: whether to go on with one that was left, and which. Its errors have
// prompt.Ended when the person leaves.
type Doorstep struct{ prompt.Asker }

// NewDoorstep asks with a prompt.
func NewDoorstep(on *prompt.Prompt) Doorstep {
	d := Doorstep{prompt.Asker{Prompt: on}}
	d.Help = func() {
		d.HowTo()
		d.Say("A set-up that was left goes on where it stood. Not going on with it deletes nothing: setup --resume goes on with it later, and")
		d.Say("setup --fresh starts a new one without asking.")
		lines.Words(d.Asker)
	}
	return d
}

// GoOn asks whether to go on with a set-up that was left. Not doing so deletes nothing.
func (d Doorstep) GoOn(left setup.Interrupted, now time.Time) (bool, error) {
	d.Say("A set-up of %s was left %s, at step %d, %s.", left.Draft.Host(), words.Ago(now.Sub(left.LeftAt)), int(left.Step)+1, left.Step)
	d.Say("Its answers are kept %s; %s.", left.KeptUntil(), setup.SecretAskedAgain)
	return prompt.First(d.Asker, func() (bool, error) { return d.Confirm("Go on with it?", true) })
}

// Which asks which of several set-ups to go on with.
func (d Doorstep) Which(found []setup.Interrupted) (setup.Interrupted, error) {
	options := make([]string, len(found))
	for i, f := range found {
		options[i] = fmt.Sprintf("%s on %s, waits at step %d, %s, %s", cmp.Or(f.Draft.Name(), "Set-up"), f.Draft.Host(), int(f.Step)+1, f.Step, f.KeptUntil())
	}
	i, err := prompt.First(d.Asker, func() (int, error) { return d.Choose(words.Count(len(found), "set-up")+" waiting.", options, 0) })
	if err != nil {
		return setup.Interrupted{}, err
	}
	return found[i], nil
}

// Passphrase asks for what opens the saved connections.
func (d Doorstep) Passphrase(context.Context) (connector.Secret, error) {
	return prompt.First(d.Asker, func() (connector.Secret, error) { return lines.Passphrase(d.Asker) })
}
