package cmd

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/draftt-io/draftt-databricks/cmd/report"
)

// endsIn is a day so many days and some hours ahead.
func endsIn(days int) time.Time { return time.Now().AddDate(0, 0, days).Add(2 * time.Hour) }

func TestATestWarnsOfASecretThatEndsSoon(t *testing.T) {
	s := newShelf(t, "ready")
	for _, story := range []struct {
		days, exit int
		word       string
	}{{40, 0, ""}, {29, 0, "It can be rotated any time"}, {13, 0, "Plan its rotation"}, {6, 60, "Rotate it this week"}, {0, 60, "Rotate it now"}} {
		name := fmt.Sprintf("in %d days", story.days)
		c := s.connection(name)
		c.SecretExpires = endsIn(story.days)
		s.save(c)
		for _, args := range [][]string{{"test", name}, {"test", name, "--json"}} {
			o := s.run(args...)
			if story.word == "" {
				o.wants(t, story.exit)
			} else {
				o.wants(t, story.exit, fmt.Sprintf(`! The OAuth secret of %q ends on `, name), story.word)
			}
			if args[len(args)-1] == "--json" && !json.Valid([]byte(o.out)) {
				t.Errorf("standard output is no JSON:\n%s", o.out)
			}
		}
	}
	o := s.run("test", "--all")
	o.wants(t, 60, "Rotate it now")
	if strings.Count(o.err, "! The OAuth secret of ") != 4 {
		t.Errorf("test --all says\n%s", o.err)
	}
}

// TestASecretThatEndsThisWeekIsSavedWithItsCode is what the wizard does, which saves what works today.
func TestASecretThatEndsThisWeekIsSavedWithItsCode(t *testing.T) {
	s := newShelf(t, "ready")
	for _, format := range [][]string{nil, {"--json"}} {
		name := fmt.Sprintf("prod%d", len(format))
		answers := s.answersFor(name, "secret_expires: "+endsIn(3).Format(time.DateOnly)+"\n")
		o := s.run(append([]string{"setup", "--answers", answers, "--allow-host", s.workspace.Addr()}, format...)...)
		o.wants(t, 60)
		saved, err := s.vault.Load(t.Context(), name)
		if err != nil || saved.SecretExpires.IsZero() || !strings.Contains(o.out, name) {
			t.Errorf("saved %v, %v, and said\n%s", saved.SecretExpires, err, o.out)
		}
	}
	s.run("list").wants(t, 0, `Rotate it this week:  draftt-databricks rotate prod0`)
}

// TestWhatWasAcceptedIsNoFailure holds the JSON to the exit code.
func TestWhatWasAcceptedIsNoFailure(t *testing.T) {
	s := newShelf(t, "may-write")
	o := s.run("setup", "--answers", s.answersFor("prod", "accept_broader: true\n"), "--allow-host", s.workspace.Addr(), "--json")
	o.wants(t, 0)
	var got struct {
		report.Ladder
		Saved *struct{ Name string }
	}
	if err := json.Unmarshal([]byte(o.out), &got); err != nil || !got.Passed || got.Exit != 0 || got.Saved == nil || got.Stages[17].State != "failed" {
		t.Errorf("%+v, %v", got, err)
	}
}
