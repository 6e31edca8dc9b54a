package plain

import (
	"errors"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

// misplaced offers to move what was given in place of another answer, which is then asked for again. Other errors pass.
func (p conversation) misplaced(err error) error {
	if err == nil || !errors.Is(err, connector.ErrStray) && p.Draft().Misplaced() == "" {
		return err
	}
	p.complain(err)
	if err := p.move(prompt.Shortcut{Letter: "t", Does: "to type the answer again"}); err != nil {
		return err
	}
	return prompt.ErrBack // to the question that is still open
}

// given offers to move a secret that was given in place of an answer before anybody was asked, and gives the default of the question.
func (p conversation) given(f lint.Field, text string, problem error) (def string, err error) {
	if errors.Is(problem, connector.ErrStray) {
		p.complain(problem)
		if err := p.move(prompt.Shortcut{Letter: "t", Does: "to type the answer"}); err != nil {
			return "", err
		}
		text = ""
		if f == lint.ClientID {
			text = p.Draft().ClientID().String()
		}
	}
	return text, nil
}

// leftOut says that a secret stood beside an answer that was taken, and offers to move it.
func (p conversation) leftOut(f lint.Field) error {
	if p.Draft().Stray(f).IsZero() {
		return nil
	}
	p.Say("A secret in it was left out. %s", connector.Exposed)
	return p.move(prompt.Shortcut{Letter: "t", Does: "to go on without it"})
}

// move asks whether what stands in a wrong place becomes the answer that it is, and moves it then.
func (p conversation) move(otherwise prompt.Shortcut) error {
	d := p.Draft()
	choice, err := p.Decide(otherwise, prompt.Shortcut{Letter: "m", Does: "to put it where it belongs"})
	if err != nil || choice != "m" {
		return err
	}
	exposed, _ := d.PutRight()
	p.filled = d.SecretProblem() == nil
	if !exposed {
		p.Say("It was put where it belongs.")
		return nil
	}
	p.Say("%s of %s taken.", words.UpperFirst(d.Method().Label()), words.Count(d.Secret().Len(), "character"))
	return nil
}
