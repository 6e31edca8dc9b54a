package steps

import "github.com/draftt-io/draftt-databricks/ui"

// Questions asks the few questions of a command: Line, Choose, Confirm and Secret are those of a ui.Prompt. Every question says how to leave and how to get help; there is nothing to go back to. Its
// errors are ErrLeft and io.EOF when the person leaves.
type Questions struct{ asker }

// NewQuestions asks with a prompt. help is what ? says, a line each.
func NewQuestions(prompt *ui.Prompt, help ...string) Questions {
	q := Questions{asker{Prompt: prompt, ways: waysOut[1:]}}
	q.help = func() {
		for _, line := range help {
			q.Say("%s", line)
		}
		q.Say("%s", howToSpell)
	}
	return q
}
