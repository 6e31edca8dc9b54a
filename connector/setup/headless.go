package setup

import (
	"context"
	"errors"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/words"
)

// Headless is the set-up with nobody to ask: the answers come from a file, and what the wizard asks on the way was agreed to there. It has
// the wizard's draft, its ladder and its way to save.
type Headless struct {
	*Setup
	Answers AnswersFile
	// Say hears each result once, when it is final.
	Say func(check.Result)

	Stages func() []check.Stage // the whole ladder, which a test makes less patient
}

// NewHeadless is a set-up over a draft that FileDraft made of the same answers. say hears each result once, when it is final.
func NewHeadless(s *Setup, f AnswersFile, say func(check.Result)) *Headless {
	return &Headless{Setup: s, Answers: f, Say: say, Stages: check.All}
}

// Run proves the answers and saves the connection when nothing failed. It returns all results, in the order of the ladder; a failure is
// among them and not an error. p opens the vault, or chooses its protection, right before the save.
func (h *Headless) Run(ctx context.Context, p Protector) ([]check.Result, error) {
	results, err := h.prove(ctx)
	if err != nil || ctx.Err() != nil || check.Blocking(results) != nil {
		return results, err
	}
	h.lookAtEverything(ctx)
	save, err := h.Save(p)
	if ctx.Err() != nil || errors.Is(err, breadth.ErrCanWrite) {
		return results, nil
	}
	if err != nil {
		return results, err
	}
	h.saved, err = save(ctx)
	return results, err
}

// lookAtEverything finds out what else the principal may do, as Review does, and agrees to it where the answers do. What cannot be found out
// keeps nobody from saving.
func (h *Headless) lookAtEverything(ctx context.Context) {
	if look, err := h.Certificate(); err == nil {
		if found, err := look(ctx); err == nil {
			h.Certify(&found)
		}
	}
	if h.Answers.AcceptBroader {
		_ = h.Accept(breadth.AcceptWord)
	}
}

// Exit is the exit code that a set-up with these results ends with: that of the stage that failed, unless the answers accept that. A
// principal that can write elsewhere fails no stage, and is refused all the same.
func (h *Headless) Exit(results []check.Result) int {
	switch f := check.Failure(results); {
	case check.Blocking(results) == nil && h.MustAccept():
		return check.ExitBeyond
	case f == nil || f.Stage == check.StageReadOnly && h.Answers.AcceptBroader:
		return 0
	default:
		return f.Finding.Exit
	}
}

// prove walks the ladder and hands what it found to the draft.
func (h *Headless) prove(ctx context.Context) ([]check.Result, error) {
	if refused := h.refused(); refused != nil {
		return h.tell(refused), nil
	}
	subject, err := h.subject()
	if err != nil {
		return nil, err
	}
	defer subject.Close()
	subject.Start = h.Answers.StartWarehouse
	results := h.climb(ctx, h.Stages(), subject)
	if signedIn := len(check.Connect()); ctx.Err() == nil && len(results) > signedIn {
		h.draft.SetConnected(results[:signedIn], subject.Principal)
		h.learn(subject, results)
	}
	return results, nil
}

// climb walks the ladder whole where the warehouse is given by its ID, and else in two parts: a name can be looked up only once somebody
// is signed in. The entitlement is in the second part, because a warehouse is what shows that it is missing.
func (h *Headless) climb(ctx context.Context, stages []check.Stage, subject *check.Subject) []check.Result {
	if id := h.draft.wanted.ID; id != "" {
		subject.Warehouse = connector.WarehouseRef{ID: id, HTTPPath: id.HTTPPath()}
		return h.walk(ctx, stages, subject)
	}
	entitlement := len(check.Connect()) - 1
	results, rest := h.walk(ctx, stages[:entitlement], subject), stages[entitlement:]
	if f := check.Failure(results); f != nil {
		return append(results, h.tell(blocked(rest, f.Stage))...)
	}
	found, missing := h.findWarehouse(ctx, rest[1].Deadline)
	if missing == nil {
		subject.Warehouse, subject.Current = found, connector.Warehouse{}
		return append(results, h.walk(ctx, rest, subject)...)
	}
	results, rest = append(results, h.walk(ctx, rest[:1], subject)...), rest[1:]
	if ctx.Err() != nil {
		return results
	}
	if f := check.Failure(results); f != nil {
		return append(results, h.tell(blocked(rest, f.Stage))...)
	}
	missing.Stage, missing.Name, missing.State = rest[0].ID, rest[0].Name, check.Failed
	return append(results, h.tell(append([]check.Result{*missing}, blocked(rest[1:], rest[0].ID)...))...)
}

// findWarehouse looks the warehouse up by its name. It does a part of what the stage of the warehouse asks, and has no more time than that.
func (h *Headless) findWarehouse(ctx context.Context, within time.Duration) (connector.WarehouseRef, *check.Result) {
	ws, err := h.Workspace()
	if err != nil {
		f := check.Explain(err)
		return connector.WarehouseRef{}, &check.Result{Finding: &f}
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	search, err := searchWarehouse(ctx, ws, h.draft.wanted)
	if err != nil {
		f := check.Explain(err)
		return connector.WarehouseRef{}, &check.Result{Evidence: "the SQL warehouses could not be listed", Detail: connector.CleanLine(err.Error(), 400), Finding: &f}
	}
	if len(search.found) == 1 {
		return search.found[0].Ref(), nil
	}
	f := search.finding()
	return connector.WarehouseRef{}, &check.Result{Evidence: words.Count(len(search.names), "SQL warehouse") + " visible", Finding: &f}
}

// walk runs stages and says each result.
func (h *Headless) walk(ctx context.Context, stages []check.Stage, subject *check.Subject) []check.Result {
	return check.Final(check.Run(ctx, stages, subject), h.Say)
}

// learn hands what the walk found to the draft, as the steps of the wizard do.
func (h *Headless) learn(subject *check.Subject, results []check.Result) {
	d := h.draft
	w := subject.Current
	if w.ID == "" { // it may be used, and its details are refused
		w = connector.Warehouse{ID: subject.Warehouse.ID, Name: subject.Warehouse.Name, Type: subject.Warehouse.Type, HTTPPath: subject.Warehouse.HTTPPath}
	}
	d.SetWarehouse(w, FromFile)
	d.SetReach(check.ReachedThrough(results, check.StageSchema))
	h.takeReads(subject, results)
}

// refused are the results of values that nothing can be asked with, or nil.
func (h *Headless) refused() []check.Result {
	if err := h.draft.HostProblem(); err != nil {
		return check.Refused(check.All(), err)
	}
	if h.draft.Method() == connector.PAT {
		return nil
	}
	if err := h.draft.ClientIDProblem(); err != nil {
		return check.RefusedClientID(check.All(), err)
	}
	return nil
}

// blocked are the results of stages that wait for another one.
func blocked(stages []check.Stage, by check.ID) []check.Result {
	results := make([]check.Result, len(stages))
	for i, s := range stages {
		results[i] = check.Result{Stage: s.ID, Name: s.Name, State: check.Blocked, BlockedBy: by}
	}
	return results
}

// tell says results that no walk yielded.
func (h *Headless) tell(results []check.Result) []check.Result {
	for _, r := range results {
		h.Say(r)
	}
	return results
}
