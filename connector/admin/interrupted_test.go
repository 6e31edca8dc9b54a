package admin

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

func TestAPlanThatASignalEndsSaysWhatIsDoneAndWhatIsLeft(t *testing.T) {
	d := startWith(t)
	s, j := open(t, d), journal(t)
	plan, err := s.PlanProvision(t.Context(), j, wanted(t))
	if err != nil {
		t.Fatal(err)
	}
	ctx, interrupt := context.WithCancelCause(t.Context())
	s.fault = func(m moment) error {
		if m.step == 3 && m.at == "before the request" {
			interrupt(errors.New("interrupt signal received"))
		}
		return nil
	}
	out, err := s.Apply(ctx, confirm(t, plan), j)
	var said *connector.Error
	if !errors.As(err, &said) || !errors.Is(err, ErrStopped) || out.Done != 2 {
		t.Fatalf("%+v, %v", out, err)
	}
	for _, text := range []string{"Interrupted during step 3 of 6", "2 steps before it are done", "3 steps behind it were not begun"} {
		if !strings.Contains(said.What, text) {
			t.Errorf("it does not say %q: %s", text, said.What)
		}
	}
	if strings.Contains(said.What, "signal") || strings.Contains(said.What, "https") {
		t.Errorf("in other words: %s", said.What)
	}
}
