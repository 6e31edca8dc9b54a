package inventory

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/words"
)

// telling says how a run goes: a line for each resource that is over, and now and then how far it is.
type telling struct {
	Face
	asJSON bool
	host   string
	budget time.Duration
	last   map[string]estate.State
	not    []estate.Plane // what was said not to be read
	spoke  time.Time
}

func teller(f Face, r *runFlags, host string) *telling {
	return &telling{Face: f, asJSON: r.asJSON, host: host, budget: r.budget, last: map[string]estate.State{}, spoke: time.Now()}
}

// line is a line of JSON. Names of fields and values of event are stable.
type line struct {
	Event     string  `json:"event"` // begun, resource, progress, run, laid, unread
	Workspace string  `json:"workspace,omitempty"`
	Run       string  `json:"run,omitempty"`
	Resumed   bool    `json:"resumed,omitempty"`
	Resource  string  `json:"resource,omitempty"`
	Part      string  `json:"part,omitempty"`
	State     string  `json:"state,omitempty"`
	Rows      *int    `json:"rows,omitempty"`
	Needs     string  `json:"needs,omitempty"`
	Why       string  `json:"why,omitempty"`
	Requests  int     `json:"requests,omitempty"`
	Rate      float64 `json:"requests_per_second,omitempty"`
	Allowed   float64 `json:"requests_per_second_allowed,omitempty"`
	Throttled int     `json:"throttled,omitempty"`
	Refused   int     `json:"refused,omitempty"`
	Lost      int     `json:"lost,omitempty"`
	Away      string  `json:"away,omitempty"` // the plane that answers nothing for now
	Seconds   float64 `json:"seconds,omitempty"`
	Coverage  string  `json:"coverage,omitempty"`
	File      string  `json:"file,omitempty"`
	Bytes     int64   `json:"bytes,omitempty"`
}

func (t *telling) put(l line) {
	_ = putLine(t.Out(), l) // a pipe that is closed is noticed where the run ends
}

// putLine writes a value as a line of JSON that does nothing to a terminal.
func putLine(out io.Writer, value any) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	_, err := out.Write(connector.EscapeJSON(text.Bytes()))
	return err //nolint:wrapcheck // the terminal's or the pipe's own
}

func (t *telling) say(format string, args ...any) {
	_, _ = fmt.Fprintln(t.Out(), t.Prose(fmt.Sprintf(format, args...)))
}

func (t *telling) begun(run string, resumed bool) {
	switch {
	case t.asJSON:
		t.put(line{Event: "begun", Workspace: t.host, Run: run, Resumed: resumed})
	case resumed:
		t.say("The inventory %s goes on where it was ended.", run)
	}
}

// progress is how often a run says how far it is where nothing else was said.
const progress = 15 * time.Second

func (t *telling) tell(c estate.Coverage) {
	for _, r := range c.Resources {
		if !r.State.Over() || r.Over < r.Of || t.last[r.ID] == r.State {
			continue
		}
		t.last[r.ID], t.spoke = r.State, time.Now()
		rows := r.Rows
		switch {
		case !t.asJSON && r.NotAsked != "":
			if !slices.Contains(t.not, r.NotAsked) {
				t.not = append(t.not, r.NotAsked)
				t.say("%s %s", marks[r.State], estate.SayNotAsked(r.NotAsked))
			}
		case t.asJSON:
			t.put(line{Event: "resource", Resource: r.ID, Part: string(r.Part), State: string(r.State), Rows: &rows, Needs: string(r.Needs), Why: r.Why})
		default:
			t.say("%s", resourceLine(r))
		}
	}
	if time.Since(t.spoke) < progress {
		return
	}
	t.spoke = time.Now()
	if t.asJSON {
		t.put(line{Event: "progress", Requests: c.Requests, Rate: c.Rate, Allowed: c.Allowed, Throttled: c.SlowedBy, Refused: c.Refused, Lost: c.Lost, Seconds: c.Took.Seconds(), Coverage: c.Say(), Away: string(c.Away)})
		return
	}
	t.say("  %s", speed(c))
}

// marks are what lines of resources begin with.
var marks = map[estate.State]string{
	estate.Done: "✓", estate.NotEnabled: "·", estate.Partial: "!", estate.Denied: "✗", estate.Failed: "✗", estate.Throttled: "!", estate.TimedOut: "!", estate.Skipped: "·",
	estate.Waiting: "·", estate.Running: "›",
}

// resourceLine is such as “✓ users 3,120” and “✗ metastores  needs account admin”.
func resourceLine(r estate.Seen) string {
	text := marks[r.State] + " " + r.Title
	if r.Rows > 0 || r.State == estate.Done {
		text += " " + words.Thousands(r.Rows)
	}
	switch {
	case r.State == estate.Done && len(r.Absent) > 0:
		text += "  (" + r.SayAbsent() + ")"
	case r.State == estate.Done:
	case r.Needs != estate.Anybody:
		text += "  " + string(r.State) + ", needs " + string(r.Needs)
	default:
		text += "  " + string(r.State)
	}
	return text
}

func speed(c estate.Coverage) string {
	return c.SaySpeed() + " · " + words.Took(c.Took)
}

func (t *telling) ended(m store.Manifest, c estate.Coverage, f store.Folder, late bool) {
	state := "done"
	if late {
		state = string(estate.TimedOut)
	}
	if t.asJSON {
		t.put(line{
			Event: "run", Workspace: t.host, Run: m.ID, State: state, Requests: c.Requests, Throttled: c.SlowedBy, Refused: c.Refused, Lost: c.Lost, Seconds: c.Took.Seconds(), Coverage: c.Say(),
			File: filepath.Join(f.Dir, m.ID), Bytes: m.Size,
		})
		return
	}
	t.say("%s.", c.Say())
	if next := c.SayNext(); next != "" {
		t.say("%s", next)
	}
	if late {
		t.say("The time of the run is over, %s. What it has stays, and the next inventory run goes on from there.", words.Took(t.budget))
		return
	}
	t.say("Kept in %s, %s. %s", connector.CleanLine(filepath.Join(f.Dir, m.ID+".db"), 300), words.Bytes(m.Size), estate.NoSecret)
}

func (t *telling) stopped() {
	if !t.asJSON {
		t.say("%s", estate.Stopped)
	}
}
