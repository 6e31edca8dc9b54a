package steps

import (
	"context"
	"errors"
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui"
)

// ErrLeft says that a person chose to leave the set-up.
var ErrLeft = errors.New("the set-up was left")

// errBack goes one step back.
var errBack = errors.New("back")

// plain is the set-up line by line: for screen readers, for terminals that cannot redraw, and for whoever likes it. It has the same
// draft, the same ladder and the same words as the screens.
type plain struct {
	*Setup
	*ui.Prompt
	returned *bool // the person came back to this step, to change what they answered
	passed   *bool // the person goes on although something is still missing for a later step
}

// Plain asks through the five steps. It returns ErrLeft or io.EOF when the person left, and nil once the connection was saved.
func (s *Setup) Plain(ctx context.Context, prompt *ui.Prompt) error {
	s.background = ctx
	p := plain{s, prompt, new(bool), new(bool)}
	if s.env.Demo != nil {
		p.Say("DEMO, scenario %s. Nothing leaves this machine.", s.env.Demo.Scenario)
	}
	if s.cardOpens() {
		p.prerequisites()
	}
	asks := []func(context.Context) error{p.connect, p.warehouse, p.namespace, p.access, p.review}
	for step := 0; step < len(asks); {
		err := asks[step](ctx)
		*p.returned = errors.Is(err, errBack)
		switch {
		case err == nil:
			p.KeepNow(ctx)
			step = int(p.next(Index(step)))
		case errors.Is(err, errBack):
			step = max(0, step-1)
		default:
			return err
		}
		if ctx.Err() != nil {
			return ErrLeft
		}
	}
	return nil
}

func (p plain) heading(step Index, title, purpose string) {
	p.Say("")
	p.Say("Step %d of 5. %s.", int(step)+1, title)
	p.Say("%s", purpose)
}

// run prints each stage once, when it has ended, and returns the failure.
func (p plain) run(ctx context.Context, stages []check.Stage, subject *check.Subject) ([]check.Result, *check.Result) {
	defer subject.Close()
	var results []check.Result
	for r := range check.Run(ctx, stages, subject) {
		if r.State == check.Running {
			continue
		}
		results = append(results, r)
		p.Say("%s", CheckLine(r))
	}
	f := check.Failure(results)
	if f != nil {
		p.Say("%s", FindingText(*f))
	}
	return results, f
}

// what asks what to do next, by a letter. An empty answer is the first choice.
func (p plain) what(choices ...ui.Shortcut) (string, error) {
	question := ""
	for i, c := range choices {
		if i > 0 {
			question += ", "
		}
		question += c.Letter + " " + c.Does
	}
	for {
		answer, err := p.Line(question, choices[0].Letter)
		if err != nil {
			return "", err
		}
		for _, c := range choices {
			if answer == c.Letter {
				return answer, nil
			}
		}
		p.Say("Type one of the letters.")
	}
}

func (p plain) complain(err error) { p.Say("%s", withRemedy(err)) }

// until asks for a line until take accepts it.
func (p plain) until(label, def string, take func(string) error) error {
	for {
		text, err := p.Line(label, def)
		if err != nil {
			return err
		}
		err = take(text)
		if err == nil {
			return nil
		}
		p.complain(err)
	}
}

func (p plain) warehouse(ctx context.Context) error {
	p.heading(Warehouse, "Select your SQL warehouse", "Draftt runs its queries here. It needs CAN_USE, nothing more.")
	for {
		ws, err := p.Workspace()
		if err != nil {
			return err
		}
		all, err := everyPage(ctx, offered(ws.Warehouses))
		if err != nil || len(all) == 0 {
			none := check.NoWarehouses()
			none.Reason = noneSeen(none)
			if err != nil {
				none = check.Explain(err)
			}
			p.Say("%s. %s Next: %s", none.Cause, none.Reason, none.Remedy.Text)
			if err := p.retryActOrBack(ctx); err != nil {
				return err
			}
			continue
		}
		chosen, err := p.chooseWarehouse(all)
		if errors.Is(err, errAct) {
			err = p.allowWarehouse(ctx)
			if err == nil {
				continue
			}
		}
		if errors.Is(err, errRefresh) {
			continue
		}
		if err != nil {
			return err
		}
		if ok, err := p.proveWarehouse(ctx, chosen); err != nil || ok {
			return err
		}
	}
}

var (
	errRefresh = errors.New("refresh")
	errAct     = errors.New("act as admin")
)

func (p plain) retryOrBack() error {
	choice, err := p.what(ui.Shortcut{Letter: "r", Does: "to look again"}, ui.Shortcut{Letter: "b", Does: "to go back"}, ui.Shortcut{Letter: "q", Does: "to leave"})
	switch {
	case err != nil:
		return err
	case choice == "b":
		return errBack
	case choice == "q":
		return ErrLeft
	}
	return nil
}

func (p plain) chooseWarehouse(all []connector.Warehouse) (connector.Warehouse, error) {
	options, def := make([]string, len(all)), -1
	for i, w := range all {
		options[i] = fmt.Sprintf("%s, %s, %s, %s", w.Name, w.Type, w.Size, w.State.Word())
		if !w.Type.Documented() {
			options[i] += ", not covered by the documented set"
		}
		if def < 0 && w.State == connector.Running && w.Type.Documented() {
			def = i
		}
	}
	i, letter, err := p.ChooseOr(count(len(all), "warehouse")+".", options, max(def, 0), ui.Shortcut{Letter: "r", Does: "to refresh"},
		ui.Shortcut{Letter: "a", Does: "to act as admin"}, ui.Shortcut{Letter: "b", Does: "to go back"})
	switch {
	case err != nil:
		return connector.Warehouse{}, err
	case letter == "r":
		return connector.Warehouse{}, errRefresh
	case letter == "a":
		return connector.Warehouse{}, errAct
	case letter == "b":
		return connector.Warehouse{}, errBack
	}
	return all[i], nil
}

// proveWarehouse starts a stopped warehouse with consent, waits for it, and proves that it takes statements.
func (p plain) proveWarehouse(ctx context.Context, chosen connector.Warehouse) (bool, error) {
	subject, err := p.subject()
	if err != nil {
		return false, err
	}
	subject.Warehouse = connector.WarehouseRef{ID: chosen.ID, Name: chosen.Name, Type: chosen.Type, HTTPPath: chosen.HTTPPath}
	if chosen.State != connector.Running {
		agreed, err := p.Confirm(consent(chosen)+" Start it and wait?", false)
		if err != nil || !agreed {
			return false, err
		}
		subject.Start = true
		p.Say("Waiting for it. Ctrl+C leaves; the warehouse goes on starting.")
	}
	if _, failed := p.run(ctx, check.Warehouse(), subject); failed != nil {
		return false, p.retryOrBack()
	}
	p.draft.SetWarehouse(subject.Current, FromList)
	return true, nil
}
