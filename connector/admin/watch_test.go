package admin

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// onlooker writes down what is told of each change, and stops the plan once a change is done.
type onlooker struct {
	seen      []string
	stopAfter int // changes; 0 never
	stop      chan struct{}
}

func (o *onlooker) watch() Watch {
	o.stop = make(chan struct{})
	return Watch{Stop: o.stop, Tell: func(p Progress) {
		line := fmt.Sprintf("%d %s", p.Step, p.Event)
		if p.Error != "" {
			line += " with a cause"
		}
		o.seen = append(o.seen, line)
		if p.Event == Done && p.Step+1 == o.stopAfter {
			close(o.stop)
		}
	}}
}

func TestWhoeverLooksOnSeesEachChangeBeginAndEnd(t *testing.T) {
	d := startWith(t, rest.Fault{Method: "PATCH", Path: onCatalog, Times: 1, Status: 403, Body: `{"error_code":"PERMISSION_DENIED","message":"User does not have MANAGE on Catalog 'inventory'."}`})
	s, j := open(t, d), journal(t)
	plan, err := s.PlanProvision(t.Context(), j, wanted(t))
	if err != nil {
		t.Fatal(err)
	}
	var first onlooker
	if _, err := s.ApplyWatched(t.Context(), confirm(t, plan), j, first.watch()); err == nil {
		t.Fatal("nothing was refused")
	}
	if want := []string{"0 started", "0 done", "1 started", "1 done", "2 started", "2 done", "3 started", "3 failed with a cause"}; !slices.Equal(first.seen, want) {
		t.Errorf("told %q", first.seen)
	}
	var second onlooker
	if _, err := s.ApplyWatched(t.Context(), confirm(t, plan), j, second.watch()); err != nil {
		t.Fatal(err)
	}
	if want := []string{"0 already", "1 already", "2 already", "3 started", "3 done", "4 started", "4 done", "5 started", "5 done"}; !slices.Equal(second.seen, want) {
		t.Errorf("the second time told %q", second.seen)
	}
}

func TestAPlanThatIsStoppedEndsBetweenTwoChangesAndGoesOnWhenPlannedAgain(t *testing.T) {
	d := startWith(t)
	s, j := open(t, d), journal(t)
	plan, err := s.PlanProvision(t.Context(), j, wanted(t))
	if err != nil {
		t.Fatal(err)
	}
	o := onlooker{stopAfter: 2}
	out, err := s.ApplyWatched(t.Context(), confirm(t, plan), j, o.watch())
	if !errors.Is(err, ErrStopped) || out.Done != 2 {
		t.Fatalf("%+v, %v", out, err)
	}
	entries, err := j.Entries()
	if err != nil || entries[len(entries)-1].Event != Done || entries[len(entries)-1].Step != 2 {
		t.Errorf("the journal ends with %+v, %v", entries[len(entries)-1], err)
	}
	again := wanted(t)
	again.DisplayName, again.Principal = "", string(out.Target.ApplicationID)
	rest, err := s.PlanProvision(t.Context(), j, again)
	if err != nil || len(rest.Changes) != len(plan.Changes)-2 {
		t.Errorf("%d changes are left, %v", len(rest.Changes), err)
	}
}
