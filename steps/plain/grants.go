package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/outfile"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// lookAtNeeds shows what is held, what is missing and what goes beyond, and the statements for what is missing, until nothing stands in
// the way. It returns prompt.ErrBack when the person gives up. want is asked each time, because the scope may change meanwhile.
func (p conversation) lookAtNeeds(ctx context.Context, want func() setup.Requirements) error {
	_, err := p.lookUntilHeld(ctx, false, want)
	return err
}

// lookUntilHeld is lookAtNeeds that tells whether anything was missing at first. Once a table was read it also asks about what does not show
// whether it is held.
func (p conversation) lookUntilHeld(ctx context.Context, wasRead bool, want func() setup.Requirements) (lacked bool, err error) {
	for again := false; ; again = true {
		required := want()
		look, err := p.LookAtPrivileges(required, again)
		if err != nil {
			return lacked, err
		}
		seen, err := prompt.Patiently(ctx, p.Asker, "comparing the privileges", look)
		if err != nil {
			if err := p.explain(err); err != nil {
				return lacked, err
			}
			if err := p.retry(); err != nil {
				return lacked, err
			}
			continue
		}
		found := seen.Compare(required)
		p.SawPrivileges(seen)
		p.compared(found)
		p.trouble = missingWords(found)
		if script, _ := found.SQL(); found.Complete() && (!wasRead || script == "") {
			return lacked, nil
		}
		lacked = true
		if found.Why != nil && !found.Open() {
			p.Say("%s", check.Text(*found.Why))
		}
		if err := p.cure(ctx, found); err != nil || found.Open() && p.passed {
			p.passed = false
			return lacked, err
		}
	}
}

// compared reads a comparison out.
func (p conversation) compared(found setup.Comparison) {
	for i, need := range found.Required.Needs {
		line := found.Line(i)
		mark := ui.MarkFail
		switch {
		case line.Held():
			mark = ui.MarkPass
		case !setup.Lacks(line):
			mark = ui.MarkUnknown
		}
		p.Say("%s %s: %s", mark, ui.Clean(setup.NeedName(need)), found.Word(i))
	}
	for _, extra := range found.Extras() {
		p.Say("%s %s", ui.MarkWarn, extra)
	}
	for _, note := range found.Notes {
		p.Say("%s", note)
	}
}

// missingWords says what is missing in one line.
func missingWords(found setup.Comparison) string {
	var missing []string
	for i, need := range found.Required.Needs {
		if line := found.Line(i); !line.Held() && setup.Lacks(line) {
			missing = append(missing, ui.Clean(setup.NeedName(need)))
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return fmt.Sprintf("%s. Missing: %s.", check.MissingPermissions, strings.Join(missing, ", "))
}

// cure shows the statements and asks what to do about them.
func (p conversation) cure(ctx context.Context, found setup.Comparison) error {
	script, err := found.SQL()
	if err != nil {
		return err
	}
	choices := []prompt.Shortcut{{Letter: "r", Does: "to look again"}}
	if found.Obstacle != "" && found.Why == nil {
		p.Say("%s", found.Obstacle)
	}
	if script != "" {
		lead, _ := found.Lead()
		p.Say("%s", lead)
		p.Say("")
		_, _ = io.WriteString(p.Out, script)
		p.Say("")
		choices = append(choices, prompt.Shortcut{Letter: "s", Does: "to save it as a file"}, prompt.Shortcut{Letter: "a", Does: "to act as admin"}, prompt.Shortcut{Letter: "h", Does: "to hand it off"})
	}
	owner := p.OwnersTurn(found)
	if owner != nil && script != "" {
		choices = append(choices, prompt.Shortcut{Letter: "o", Does: "to " + setup.BeTheOwner})
	}
	choices = append(choices, prompt.Shortcut{Letter: "t", Does: "for the other scope"})
	if found.Open() {
		choices = append([]prompt.Shortcut{{Letter: "n", Does: "to go on"}}, choices...)
	}
	choice, err := p.Decide(choices...)
	for ; err == nil && choice == "s"; choice, err = p.Decide(choices...) {
		p.saveScript(script)
	}
	if err != nil {
		return err
	}
	switch choice {
	case "n":
		p.passed = true
	case "t":
		p.OtherScope()
		p.Say("Scope: %s.", p.Draft().Scope().Note())
	case "h":
		return p.handOff(ctx, found)
	case "o":
		return p.beTheOwner(ctx, owner)
	case "a":
		return p.act(ctx, p.GrantTask(found), p.sayMade)
	}
	return nil
}

// beTheOwner runs what was handed off, as the demo's owner.
func (p conversation) beTheOwner(ctx context.Context, owner func(context.Context) error) error {
	if err := owner(ctx); err != nil {
		return p.explain(err)
	}
	p.Say("%s", setup.OwnerRan)
	return nil
}

func (p conversation) saveScript(script string) {
	path, err := outfile.Save("", "grants.sql", script)
	if err != nil {
		p.complain(err)
		return
	}
	p.Say("Saved to %s.", path)
}

// handOff writes a page for each owner and keeps the answers, and leaves when the person says so.
func (p conversation) handOff(ctx context.Context, found setup.Comparison) error {
	here, err := os.Getwd()
	if err != nil {
		here = ""
	}
	folder, err := p.Line("Folder for the files", here)
	switch {
	case errors.Is(err, prompt.ErrBack):
		return nil
	case err != nil:
		return err
	}
	result, err := p.WriteHandoff(folder, found)()
	if err != nil {
		p.Say("The files could not be written: %s.", connector.CleanLine(outfile.Reason(err), 200))
		return nil
	}
	p.HandedOff(result)
	if p.KeepsAnswers() {
		switch err := p.protector().Protect(ctx); {
		case prompt.Ended(err):
			return err
		case err != nil && !errors.Is(err, prompt.ErrBack):
			p.complain(err)
		}
		result.Kept = p.KeepWaiting()(ctx)
	}
	for _, line := range p.HandoffLines(result) {
		p.Say("%s", line)
	}
	leave, err := p.Confirm("Leave now?", true)
	switch {
	case errors.Is(err, prompt.ErrBack): // to what is missing
		return nil
	case err == nil && leave:
		return prompt.ErrLeft
	}
	return err
}
