package story

import "strings"

// Coach leads through a story. It remembers what was shown, so that it does not send anybody back to where they come from.
type Coach struct {
	Story
	shown map[string]bool // what lines wait for, once it was shown
}

// NewCoach is who leads through a story.
func NewCoach(s Story) *Coach { return &Coach{s, map[string]bool{}} }

// Coached is what the coach says while a step of this title, or a panel over it, shows a text; empty where there is nothing to say.
func (c *Coach) Coached(title string, panel bool, shows string) string {
	for _, l := range c.Coach {
		if l.After != "" && strings.Contains(shows, l.After) {
			c.shown[l.After] = true
		}
	}
	for _, l := range c.Coach {
		if l.fits(title, panel, shows) && (l.After == "" || c.shown[l.After]) {
			return said(l.Say)
		}
	}
	return ""
}
