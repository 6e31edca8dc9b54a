package admin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/databricks/databricks-sdk-go/apierr"
	"github.com/databricks/databricks-sdk-go/useragent"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// Outcome is what Apply made, as far as it came.
type Outcome struct {
	Target   Target
	Secret   connector.Secret // the value of a new OAuth secret, given this once
	SecretID string
	Expires  time.Time // of the new secret, zero when the workspace does not say
	Done     int       // steps taken, those included that were done already

	// Differs says how the workspace differs afterwards from what a plan about permissions said. It is empty where all is as planned.
	Differs []string
	// Rollback is the file with the list of permissions that was there before a whole list was written.
	Rollback string
}

// moment is a point of a step at which a process can be killed.
type moment struct {
	step int
	at   string
}

// Apply makes the changes of a confirmed plan, in order, and writes each into the journal before its request is sent and after it was
// answered. It stops at the first change that is refused and returns an *connector.Error; the outcome holds what was made until then, the value of
// a new secret included. Applying the same plan again continues it; after an interruption, planning again is the better way, since a plan
// sees what is there. A change that turns out to be made already is no error.
func (s *Session) Apply(ctx context.Context, c Confirmed, j *Journal) (Outcome, error) {
	return s.ApplyWatched(ctx, c, j, Watch{})
}

// ApplyWatched is Apply for somebody who looks on and may stop it between two changes. Stopped so, it returns an *connector.Error that is ErrStopped.
func (s *Session) ApplyWatched(ctx context.Context, c Confirmed, j *Journal, w Watch) (Outcome, error) {
	p := c.plan
	switch {
	case !c.typed:
		return Outcome{}, &connector.Error{Kind: ErrRefused, What: "The plan was not confirmed.", Remedy: "Type its name to confirm it.", Cause: ErrNotConfirmed}
	case !p.Host.Same(s.host):
		return Outcome{}, &connector.Error{Kind: ErrRefused, What: "The plan is for another workspace than the session.", Remedy: "Plan again.", Cause: ErrOtherHost}
	}
	unlock, err := j.lock(ctx)
	if err != nil {
		return Outcome{}, err
	}
	defer unlock()
	past, err := j.history(s.host)
	if err != nil {
		return Outcome{}, err
	}
	run := run{session: s, journal: j, plan: p, watch: w, out: Outcome{Target: p.Target}}
	if err := run.announce(past); err != nil {
		return run.out, err
	}
	for i := range p.Changes {
		if e, taken := past.success(p.ID, i+1); taken {
			run.out.Target, run.out.Done = e.Target, run.out.Done+1
			w.tell(Progress{Step: i, Event: Already})
			continue
		}
		if w.stopped() {
			return run.out, stoppedBefore(i, len(p.Changes))
		}
		if err := run.step(ctx, i); err != nil {
			if ctx.Err() != nil {
				err = run.interrupted(i, err)
			}
			return run.out, err
		}
		run.out.Done++
	}
	return run.out, nil
}

// run is one application of a plan.
type run struct {
	session *Session
	journal *Journal
	plan    Plan
	watch   Watch
	out     Outcome

	before *authorization.Snapshot // what there was just before a list was written
}

func (r *run) entry(i int, event Event) Entry {
	c := r.plan.Changes[i]
	return Entry{
		Plan: r.plan.ID, Step: i + 1, Event: event, Purpose: r.plan.Purpose, Host: r.plan.Host.String(), By: r.session.me.Name.Raw(),
		Target: r.out.Target, Kind: c.Kind, Object: c.Object, Request: c.Request, Before: c.Before, After: c.After, Known: c.subject.known,
	}
}

// announce writes down what is going to be done, unless an earlier attempt at the same plan did.
func (r *run) announce(past history) error {
	for _, e := range past {
		if e.Plan == r.plan.ID {
			return nil
		}
	}
	for i := range r.plan.Changes {
		if err := r.journal.append(r.entry(i, Planned)); err != nil {
			return err
		}
	}
	return nil
}

func (r *run) at(i int, where string) error {
	if r.session.fault == nil {
		return nil
	}
	return r.session.fault(moment{i + 1, where})
}

func (r *run) step(ctx context.Context, i int) error {
	c := &r.plan.Changes[i]
	request, err := c.request(r.out.Target)
	if err != nil {
		return err
	}
	c.Request = request
	if err := r.at(i, "before the start"); err != nil {
		return err
	}
	if already, err := r.guard(ctx, *c); err != nil || already {
		if err != nil {
			return err
		}
		r.watch.tell(Progress{Step: i, Event: Already})
		return r.journal.append(r.entry(i, Already))
	}
	if err := r.journal.append(r.entry(i, Started)); err != nil {
		return err
	}
	if err := r.at(i, "before the request"); err != nil {
		return err
	}
	r.watch.tell(Progress{Step: i, Event: Started})
	result, sendErr := r.send(marked(ctx, r.plan.ID, i+1), *c)
	if err := r.at(i, "after the request"); err != nil {
		return err
	}
	end := r.entry(i, Done)
	end.Result = result
	switch {
	case sendErr != nil && c.tolerates(sendErr):
		end.Event = Already
	case sendErr != nil:
		end.Event, end.Error, end.Refused = Failed, connector.CleanLine(sendErr.Error(), 300), refusedOutright(sendErr)
	}
	if err := r.journal.append(end); err != nil {
		return err
	}
	r.watch.tell(Progress{Step: i, Event: end.Event, Error: end.Error})
	if end.Event == Failed {
		return refusedStep(*c, i, sendErr)
	}
	if err := r.compare(ctx, i); err != nil {
		return err
	}
	return r.at(i, "after the end")
}

// tolerates reports whether a refusal means that what was asked for is so already.
func (c Change) tolerates(err error) bool {
	switch c.Kind {
	case DeleteSecret, DeletePrincipal, DeleteToken, DeleteWarehouse, RemoveGrants:
		return errors.Is(err, apierr.ErrNotFound)
	case DeleteCluster:
		return noCluster(err)
	}
	return false
}

// refusedOutright reports whether the workspace answered that it did nothing. After an error of the server, or none that came in time, it may have.
func refusedOutright(err error) bool {
	var answered *apierr.APIError
	return errors.As(err, &answered) && answered.StatusCode >= 400 && answered.StatusCode < 500 && answered.StatusCode != http.StatusRequestTimeout
}

func refusedStep(c Change, i int, err error) error {
	remedy := "Plan again: what is done is seen, and only the rest is planned."
	switch {
	case c.Kind == CreateToken && strings.Contains(err.Error(), "On-behalf-of token creation"):
		remedy = "Sign in as the service principal itself, and make its token there."
	case errors.Is(err, apierr.ErrPermissionDenied):
		remedy = "Have somebody do this step who may, then plan again."
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled):
		remedy = "Plan again: it looks whether this step took effect."
	}
	return &connector.Error{
		Kind: ErrRefused,
		What: fmt.Sprintf("Step %d, %s on %s, was not done: %s.", i+1, c.Kind, c.Object, connector.Said(err, 200)), Remedy: remedy, Cause: err,
	}
}

// answer has what is used of the answers to all kinds of change.
type answer struct {
	secretAnswer
	ApplicationID string `json:"applicationId"`
	tokenAnswer
	RequestID string `json:"-" url:"-" header:"x-request-id,omitempty"`
}

func (r *run) send(ctx context.Context, c Change) (Result, error) {
	got, err := r.session.change(ctx, c)
	for try := 0; err != nil && r.tooNew(c, err) && try < len(patience); try++ {
		if err := r.session.sleep(ctx, patience[try]); err != nil {
			return Result{}, err
		}
		got, err = r.session.change(ctx, c)
	}
	if err != nil {
		return Result{}, err
	}
	result := Result{RequestID: connector.CleanLine(got.RequestID, 64)}
	switch c.Kind {
	case CreatePrincipal:
		if got.ID == "" || got.ApplicationID == "" {
			return result, errors.New("the workspace did not name the new service principal")
		}
		r.out.Target.ID = connector.SCIMID(connector.CleanLine(got.ID, 64))
		r.out.Target.ApplicationID = connector.ClientID(connector.CleanLine(got.ApplicationID, 64))
		connector.Known().Note(connector.KindSP, string(r.out.Target.ApplicationID), r.out.Target.DisplayName)
	case CreateSecret:
		info := got.info()
		r.out.Secret, r.out.SecretID, r.out.Expires = connector.NewSecret([]byte(got.Secret)), info.ID, info.Expires
		result.SecretID, result.Fingerprint = info.ID, r.out.Secret.Fingerprint()
	case CreateToken:
		r.out.Secret, r.out.SecretID, r.out.Expires = connector.NewSecret([]byte(got.Value)), connector.CleanLine(got.Token.ID, 64), millis(got.Token.Expires)
		result.SecretID, result.Fingerprint = r.out.SecretID, r.out.Secret.Fingerprint()
	}
	return result, nil
}

// marked puts the plan and the step into the User-Agent of the requests of ctx, as plan/ID.STEP. Databricks keeps the User-Agent in its audit
// log, so an admin who finds a change there finds its entry in the journal, and the other way round.
func marked(ctx context.Context, plan string, step int) context.Context {
	return useragent.InContext(ctx, "plan", plan+"."+strconv.Itoa(step))
}

// patience is how long to wait, and again, for Unity Catalog to learn of a service principal that was made a moment before.
var patience = []time.Duration{time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 30 * time.Second}

func (r *run) tooNew(c Change, err error) bool {
	var refused *apierr.APIError
	unknown := errors.As(err, &refused) && refused.ErrorCode == "PRINCIPAL_DOES_NOT_EXIST" ||
		errors.Is(err, ErrStatement) && strings.Contains(err.Error(), "PRINCIPAL_DOES_NOT_EXIST")
	return unknown && (c.Kind == AddGrants || c.Kind == GrantLegacy) && r.plan.Changes[0].Kind == CreatePrincipal
}

// change makes a change. That is one request, and where a statement runs also the questions for its end.
func (s *Session) change(ctx context.Context, c Change) (answer, error) {
	if c.Kind == GrantLegacy { // which waits for a warehouse, call by call
		return s.runStatement(ctx, c.Request)
	}
	var got answer
	err := s.send(ctx, c.Request, &got)
	return got, err
}

// send sends a request that changes something or runs a statement.
func (s *Session) send(ctx context.Context, r Request, answer any) error {
	if err := bound(r); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ofSession(ctx), callTimeout)
	defer cancel()
	headers := s.headers()
	var body any
	if len(r.Body) > 0 {
		headers["Content-Type"] = "application/json"
		body = []byte(r.Body)
	}
	return told(s.client.Do(ctx, r.Method, r.Path, headers, nil, body, answer))
}
