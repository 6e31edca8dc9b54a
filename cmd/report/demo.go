package report

import (
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/story"
)

// Walk is a scenario of the demo, or a story. Stage, cause, pattern and exit are how the ladder ends on it; all four are empty or zero for one that
// passes. Scenario is what a story plays in.
type Walk struct {
	Kind     string `json:"kind"` // scenario or story
	ID       string `json:"id"`
	Scenario string `json:"scenario,omitempty"`
	Title    string `json:"title"`
	Story    string `json:"story"`
	Stage    string `json:"stage"`
	Cause    string `json:"cause"`
	Pattern  string `json:"pattern"`
	Exit     int    `json:"exit"`
}

// OfDemo is everything that the demo can show: the scenarios, then the stories.
func OfDemo(scenarios []demo.Scenario, stories []story.Story) []Walk {
	walks := make([]Walk, 0, len(scenarios)+len(stories))
	for _, s := range scenarios {
		walks = append(walks, Walk{"scenario", s.ID, "", s.Title, s.Story, s.Want.Stage, s.Want.Cause, s.Want.Pattern, s.Want.Exit})
	}
	for _, s := range stories {
		walks = append(walks, Walk{Kind: "story", ID: s.ID, Scenario: s.Scenario, Title: s.Title, Story: s.Says})
	}
	return walks
}
