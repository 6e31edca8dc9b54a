package tokens

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// refusal says of somebody who is no workspace admin why an act is not theirs, and who could do it.
func (s *Screen) refusal(act authorization.Act) error { return admin.Refusal(s.seen.Snapshot, act) }

// reads is what somebody who is no workspace admin is not shown.
func (s *Screen) reads() authorization.Act {
	if s.object == authorization.Tokens { // of which they are shown their own
		return authorization.ListAll
	}
	return authorization.Reading(s.object)
}

// refuse tells it below the list.
func (s *Screen) refuse(act authorization.Act) (ui.Move, tea.Cmd) {
	s.Say(connector.Sentence(s.refusal(act)), true)
	return ui.Stay(), nil
}

// under is who stands under the cursor.
func (s *Screen) under() (who authorization.Principal, ok bool) {
	i, ok := s.list().Selected()
	switch {
	case !ok:
		return who, false
	case s.part == listed:
		who, _ = s.seen.holder(s.seen.list[i])
	case s.part == everybody:
		who = s.seen.levels[i].Principal
	default:
		who = s.seen.owned[i].Principal
	}
	return who, true
}

// grant asks who is given Can Use, and plans it.
func (s *Screen) grant() (ui.Move, tea.Cmd) {
	if s.seen.Limited {
		return s.refuse(authorization.Changing(s.object))
	}
	who := ""
	if p, ok := s.under(); ok {
		who = p.Name.Raw()
	}
	title := "Give Can Use of " + s.object.Noun()
	return ui.Open(ui.NewFormPanel(s.Theme, ui.FormContent{
		Title: title, Text: "A user name, a group, or a service principal by its application ID or display name. Nobody loses anything.",
		Form: ui.NewForm(ui.FormField{
			Input:   ui.NewHuhText(s.Theme, "Who", "who is given Can Use", &who),
			Problem: func() error { _, err := s.seen.Directory.Find(who); return err }, //nolint:wrapcheck // the form says it
		}),
		Does: "plan it", Leave: "not now",
		Done: func() (ui.Move, tea.Cmd) {
			return ui.Close().Then(ui.Open(s.plan(title, authorization.Want{Grant: []string{who}}, ui.Close()))), nil
		},
	})), nil
}

// plan is the panel with the plan of a change of the list. Once it is carried out, or there is nothing to do, it leaves.
func (s *Screen) plan(title string, want authorization.Want, leaves ui.Move) ui.Panel {
	session, object := s.Session(), s.object
	return s.Plan(panels.PlanContent[admin.Outcome]{
		Title: title, Lines: planLines,
		Done: func(out admin.Outcome) (ui.Move, tea.Cmd) {
			_, look := s.applied(out)
			return leaves, look
		},
		Empty: func(plan admin.Plan) (ui.Move, tea.Cmd) {
			s.nothing(plan)
			return leaves, nil
		},
		Make: func(ctx context.Context) (admin.Plan, error) {
			now, err := session.Authorization(ctx, object) // as it is now, and not when the screen was read
			if err != nil {
				return admin.Plan{}, err //nolint:wrapcheck // the panel names its cause
			}
			return session.PlanPermissions(now, want) //nolint:wrapcheck // it has words of its own
		},
	})
}

// nothing tells that everything is as it should be.
func (s *Screen) nothing(plan admin.Plan) (ui.Move, tea.Cmd) {
	if s.Say("The settings are so already.", false); plan.Authorization != nil {
		s.Say(plan.Authorization.Headline(), false)
	}
	return ui.Close(), nil
}

// mostNamed is how many tokens a plan names one by one; the list of who loses access has the others.
const mostNamed = 100

// planLines have who and what a change hits before the change itself.
func planLines(plan admin.Plan) (lines []string) {
	if change := plan.Authorization; change != nil {
		lines = append(lines, change.Headline())
		for _, o := range change.Effect.Dying[:min(mostNamed, len(change.Effect.Dying))] {
			lines = append(lines, "- "+admin.TokenText(o))
		}
		if rest := len(change.Effect.Dying) - mostNamed; rest > 0 {
			lines = append(lines, "- and "+words.Count(rest, "more token"))
		}
	}
	return append(lines, plan.Lines()...)
}

// takeAway goes on to who and what it hits. From somebody who has it by a group nothing is taken: the others of the group would lose it too.
func (s *Screen) takeAway() (ui.Move, tea.Cmd) {
	if s.seen.Limited {
		return s.refuse(authorization.Changing(s.object))
	}
	i, _ := s.list().Selected()
	var holder authorization.Principal
	switch e := s.part; {
	case e == listed:
		holder, _ = s.seen.holder(s.seen.list[i])
	case len(s.seen.levels[i].Ways) == 0:
		s.Say(s.seen.levels[i].Principal.Label()+" has nothing that could be taken away.", true)
		return ui.Stay(), nil
	case len(s.seen.levels[i].Ways[0].Path) > 0:
		s.Say(s.byGroup(s.seen.levels[i]), true)
		return ui.Stay(), nil
	default:
		holder = s.seen.levels[i].Principal
	}
	return ui.Open(newVictims(s, holder)), nil
}

// byGroup says of somebody who has their level by a group whose it is, how many have it so, and what can be done instead.
func (s *Screen) byGroup(e authorization.Effective) string {
	way := e.Ways[0]
	text := fmt.Sprintf("%s has %s by %s, and nothing was taken: %s it by that group.", e.Principal.Label(), e.Level, way.Text(), s.seen.haveIt(way.Holder))
	if e.Locked != "" {
		return text + " The group keeps it; take them out of the group instead."
	}
	return text + fmt.Sprintf(" Take it from the group %s on the first list, or take them out of the group.", way.Holder.Label())
}

// revoke plans to delete the tokens that are ticked, or that under the cursor.
func (s *Screen) revoke() (ui.Move, tea.Cmd) {
	at := s.list().Ticked()
	if i, ok := s.list().Selected(); ok && len(at) == 0 {
		at = []int{i}
	}
	var these []authorization.Owned
	for _, i := range at {
		these = append(these, s.seen.owned[i])
	}
	notMine := func(o authorization.Owned) bool { return !s.seen.Mine(o) }
	if s.seen.Limited && slices.ContainsFunc(these, notMine) {
		return s.refuse(authorization.RevokeAny)
	}
	session, snapshot := s.Session(), s.seen.Snapshot
	return ui.Open(s.Plan(panels.PlanContent[admin.Outcome]{
		Title: "Revoke" + " " + words.Count(len(these), "token"), Done: s.applied,
		Make: func(context.Context) (admin.Plan, error) {
			return session.PlanRevoke(snapshot, these, false) //nolint:wrapcheck // it has words of its own
		},
	})), nil
}

// settings asks whether tokens may be used and how long new ones last, and plans it.
func (s *Screen) settings() (ui.Move, tea.Cmd) {
	if s.seen.Limited {
		return s.refuse(authorization.ChangeSettings)
	}
	to := s.seen.Settings
	days := ""
	if to.MaxDays > 0 {
		days = strconv.Itoa(to.MaxDays)
	}
	other := to
	other.Enabled = !to.Enabled
	would, text := s.seen.SettingEffect(other), ""
	if to.Enabled {
		text = fmt.Sprintf("Switching tokens off would stop %s at once, and delete none.", words.Thousands(len(would.Stopping)))
	} else {
		text = fmt.Sprintf("Switching tokens on would have %s work again.", words.Thousands(len(would.Reviving)))
	}
	const title = "Settings of personal access tokens"
	session, snapshot := s.Session(), s.seen.Snapshot
	return ui.Open(ui.NewFormPanel(s.Theme, ui.FormContent{
		Title: title, Text: text, Does: "plan it", Leave: "not now",
		Form: ui.NewForm(
			ui.FormField{Input: ui.NewHuhSelect(s.Theme, "Tokens", &to.Enabled, ui.HuhOption[bool]{Text: "may be made and used", Value: true}, ui.HuhOption[bool]{Text: "switched off", Value: false})},
			ui.FormField{Input: ui.NewHuhText(s.Theme, "Longest life", "in days; empty for no limit of its own", &days), Problem: func() error { _, err := parseDays(days); return err }},
		),
		Done: func() (ui.Move, tea.Cmd) {
			to.MaxDays, _ = parseDays(days) // the form has judged it
			want := to
			return ui.Close().Then(ui.Open(s.Plan(panels.PlanContent[admin.Outcome]{
				Title: title, Done: s.applied, Empty: s.nothing,
				Make: func(context.Context) (admin.Plan, error) {
					return session.PlanSettings(snapshot, want, false) //nolint:wrapcheck // it has words of its own
				},
			}))), nil
		},
	})), nil
}

// mostDays is how long a token lasts at most.
const mostDays = 730

func parseDays(text string) (int, error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	days, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || days < 1 || days > mostDays {
		return 0, &connector.Error{Kind: connector.ErrInput, What: "A token lasts from 1 to 730 days.", Remedy: "Type a number of days, or nothing."}
	}
	return days, nil
}

// export offers the forms in which the list can be taken along.
func (s *Screen) export() (ui.Move, tea.Cmd) {
	const title = "Take the list along"
	snapshot := s.seen.Snapshot
	return ui.Open(ui.NewChoicePanel(s.Theme, ui.ChoiceContent{
		Title: title, Text: "As it is now. Terraform comes with the command that imports it.", Names: authorization.Forms, Own: true, Does: "show it", Leave: "not now",
		Chosen: func(i int) (ui.Move, tea.Cmd) {
			form := authorization.Form(authorization.Forms[i])
			return ui.Open(ui.NewPage(s.Theme, ui.PageContent{
				Title: title, Filename: string(snapshot.Object) + fileEnds[form], Doing: "Writing it down", Failed: panels.Trouble,
				Load: func(context.Context) (string, error) { return snapshot.Write(form) },
			})), nil
		},
	})), nil
}

var fileEnds = map[authorization.Form]string{
	authorization.AsTerraform: ".tf", authorization.AsJSON: ".json", authorization.AsREST: ".http", authorization.AsCLI: ".sh",
}
