package plain

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

func (p conversation) warehouse(ctx context.Context) error {
	p.heading(setup.Warehouse, p.HeadlineOf(setup.Warehouse))
	for {
		ws, err := p.Workspace()
		if err != nil {
			return err
		}
		all, err := prompt.Patiently(ctx, p.Asker, "listing the warehouses", func(ctx context.Context) ([]connector.Warehouse, error) {
			return workspace.Every(ctx, setup.Offered(ws.Warehouses))
		})
		if err != nil || len(all) == 0 {
			if err := p.noneToChoose(ctx, err); err != nil {
				return err
			}
			continue
		}
		connector.UsableFirst(all)
		p.Listed(all)
		done, err := p.takeWarehouse(ctx, all)
		if err != nil || done {
			return err
		}
	}
}

// noneToChoose says why there is no list, and asks what to do about it.
func (p conversation) noneToChoose(ctx context.Context, err error) error {
	if err != nil {
		if err := p.explain(err); err != nil {
			return err
		}
	} else {
		none := check.NoWarehouses()
		none.Reason = setup.NoneSeen(none)
		p.finding(none)
	}
	if _, err := p.retryOrAct(ctx, nil, "to look again"); err != nil {
		return err
	}
	p.trouble = ""
	return nil
}

// retryOrAct is for what an admin can cure. It reports whether what failed, if anything, is to be tried again.
func (p conversation) retryOrAct(ctx context.Context, failed *check.Result, again string) (bool, error) {
	choice, err := p.decideOn(failed, prompt.Shortcut{Letter: "r", Does: again}, prompt.Shortcut{Letter: "a", Does: "to act as admin"})
	if err == nil && choice == "a" {
		return false, p.allowWarehouse(ctx)
	}
	return err == nil, err
}

// takeWarehouse lets a person choose one, and proves it. Choosing differently after a question is no error: the list is read again.
func (p conversation) takeWarehouse(ctx context.Context, all []connector.Warehouse) (bool, error) {
	options, def := make([]string, len(all)), 0
	for i, w := range all {
		options[i] = fmt.Sprintf("%s, %s, %s, %s", w.Name, w.Type, w.Size, w.State.Word())
		if !w.Type.Documented() {
			options[i] += ", " + connector.NotAdvised + " by the documentation"
		}
	}
	best := connector.BestWarehouse(all).ID
	for i, w := range all {
		if chosen := p.Draft().Warehouse().ID; w.ID == best && chosen == "" || w.ID == chosen {
			def = i
			break
		}
	}
	asker := p.Asker
	on := *p.Prompt
	on.Meant, asker.Prompt = meant(all), &on
	i, letter, err := asker.ChooseOr(words.Count(len(all), "warehouse")+".", options, def, prompt.Shortcut{Letter: "r", Does: "to refresh"},
		prompt.Shortcut{Letter: "a", Does: "to act as admin"})
	switch {
	case err != nil || letter == "r":
		return false, err
	case letter == "a":
		return false, p.allowWarehouse(ctx)
	}
	agreed, err := p.agrees(all[i])
	switch {
	case errors.Is(err, prompt.ErrBack), err == nil && !agreed:
		return false, nil
	case err != nil:
		return false, err
	}
	done, err := p.proveWarehouse(ctx, all[i])
	if errors.Is(err, prompt.ErrBack) { // to the list
		return false, nil
	}
	return done, err
}

// meant takes the ID, the path and the page of a warehouse for its row.
func meant(all []connector.Warehouse) func(string, []string) (string, error) {
	return func(answer string, options []string) (string, error) {
		given, err := connector.ParseWarehouse(answer)
		if err != nil {
			return answer, errors.New(connector.Sentence(err))
		}
		if at := slices.IndexFunc(all, given.Is); at >= 0 {
			return options[at], nil
		}
		return answer, nil
	}
}

// agrees asks what must be asked first.
func (p conversation) agrees(chosen connector.Warehouse) (bool, error) {
	first := setup.ConsentFor(chosen)
	switch {
	case !first.Asks():
		return true, nil
	case !first.Starts:
		return p.Confirm(first.Question+" Use it anyway?", false)
	case !first.Costs:
		return p.Confirm(first.Question+" Wait for it?", true)
	}
	return p.Confirm(first.Question+" Start it and wait?", false)
}

// proveWarehouse waits for a warehouse, which it starts as agreed, and proves that it takes statements.
func (p conversation) proveWarehouse(ctx context.Context, chosen connector.Warehouse) (bool, error) {
	start := chosen.State != connector.Running
	if start {
		p.Say("Waiting for it. Leaving does not stop it. %s", p.WayOutOfWait())
	}
	for {
		attempt, err := p.ProveWarehouse(chosen, start)
		if err != nil {
			return false, err
		}
		failed, err := p.climb(ctx, attempt)
		if err != nil {
			return false, err
		}
		if failed == nil {
			return true, nil
		}
		if !start || !setup.StartRefused(*failed.Finding) {
			again, err := p.retryOrAct(ctx, failed, "to try again")
			if err != nil || !again {
				return false, err
			}
			continue
		}
		started, err := p.startByQuery(ctx, chosen)
		if err != nil || !started {
			return false, err
		}
		start = false
	}
}

// startByQuery offers what CAN_USE is enough for where a start is refused: to run a statement, which starts the warehouse by itself.
func (p conversation) startByQuery(ctx context.Context, chosen connector.Warehouse) (bool, error) {
	agreed, err := p.Confirm(setup.QueryStarts(chosen.Name.String())+" Run one and wait?", false)
	switch {
	case errors.Is(err, prompt.ErrBack):
		return false, nil
	case err != nil || !agreed:
		return false, err
	}
	start, err := p.StartByQuery(chosen)
	if err != nil {
		return false, err
	}
	_, err = prompt.Patiently(ctx, p.Asker, "waiting for the answer to SELECT 1", func(ctx context.Context) (struct{}, error) { return struct{}{}, start(ctx) })
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, prompt.ErrBack):
		return false, nil
	}
	if err := p.explain(err); err != nil {
		return false, err
	}
	return false, p.retry()
}
