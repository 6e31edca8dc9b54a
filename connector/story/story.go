package story

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/draftt-io/draftt-databricks/assets"
	"github.com/draftt-io/draftt-databricks/connector/demo"
)

// Story is a guided walk through the demo.
type Story struct {
	ID       string
	Title    string
	Says     string // one sentence: what there is to see
	Scenario string // that it plays in
	// Saved says that it begins on the home screen, with a connection that was saved before.
	Saved bool
	Coach []Line
	// Lines are what the coach says line by line, by the title of the step.
	Lines map[string]string
}

// Line is what the coach says while a step is on, or a panel over it, and shows a text. The first line that fits is said. One of a step never
// stands over a panel, nor one of a panel over the step that it leads back to: the same words may mean other keys there.
type Line struct {
	On    string // the title of the step; empty is all, where the line is of no panel
	Over  string // the title of the step that a panel is open over, in place of On
	See   string // what is shown; empty is anything
	After string // what was shown at some time before, on any step or panel; empty is nothing
	Say   string
}

// fits reports whether a step of this title, or a panel over it, shows what a line is about.
func (l Line) fits(title string, panel bool, shows string) bool {
	at := l.On
	if panel {
		at = l.Over
	}
	anywhere := !panel && l.On+l.Over == ""
	return (at == title || anywhere) && strings.Contains(shows, l.See)
}

// speaks stands before whatever the coach says, so that nobody takes it for a part of the program.
const speaks = "Demo: "

// told is the data of the stories.
type told struct {
	Stories   []Story
	Scenarios map[string]Story // of scenarios that no story is about; only what the coach says
}

var book = sync.OnceValue(func() told { return assets.Must[told]("stories.yaml") })

// All lists the stories in the order in which a presenter shows them.
func All() []Story { return slices.Clone(book().Stories) }

// Find gives the story with this ID. The error for an unknown one names them all.
func Find(id string) (Story, error) {
	var ids []string
	for _, s := range book().Stories {
		if s.ID == id {
			return s, nil
		}
		ids = append(ids, s.ID)
	}
	return Story{}, fmt.Errorf("there is no story %q; there is %s", id, strings.Join(ids, ", "))
}

// Of is the walk through a scenario that was chosen by itself: its title, and a coach where the point is easily missed.
func Of(s demo.Scenario) Story {
	walk := book().Scenarios[s.ID]
	walk.Title, walk.Says, walk.Scenario = s.Title, s.Story, s.ID
	return walk
}

// CoachedLine is what the coach says line by line, before a step of this title; empty where there is nothing to say.
func (s Story) CoachedLine(title string) string { return said(s.Lines[title]) }

func said(text string) string {
	if text == "" {
		return ""
	}
	return speaks + text
}
