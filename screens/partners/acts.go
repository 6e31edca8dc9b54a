package partners

import (
	"context"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/partner"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/words"
)

// details opens all that is known about a row, with the set of the partner and who has to do with its account.
func (s *Screen) details() (ui.Move, tea.Cmd) {
	c, like, p, _ := s.under()
	var lines []string
	name := p.Name
	switch {
	case like != nil:
		name, lines = like.What, []string{like.Why}
	case c != nil:
		lines = sectionLines(partner.Inference{Connections: []partner.Connection{*c}, Unseen: s.seen.Unseen}.Sections())
	}
	if p.Set != nil {
		lines = append(lines, "", "It "+p.Set.Name+".")
		lines = append(lines, sectionLines(p.Set.Sections())...)
	}
	if like == nil {
		lines = append(lines, sectionLines([]partner.Section{{Title: "Who administers the account", Lines: p.People()}})...)
	}
	return ui.Open(ui.NewPage(s.Theme, ui.PageContent{Title: name, Text: text(lines), Filename: "partner.txt"})), nil
}

// beside is the account of a workspace.
func beside(of connector.Host) panels.BesideIt {
	return panels.BesideIt{Host: of, Command: "draftt-databricks partners list --host " + of.Typed() + " --admin"}
}

// asksAccount asks which account is looked at as well.
func (s *Screen) asksAccount() (ui.Move, tea.Cmd) {
	return ui.Open(ui.NewFormPanel(s.Theme, ui.FormContent{
		Title: "Look at the account too", Does: "look", Leave: "not now", Text: partner.WhyTheAccount,
		Form: beside(s.Saved.Host).Form(s.Theme, "its ID; empty for the workspace alone", &s.typed),
		Done: func() (ui.Move, tea.Cmd) {
			id, _ := beside(s.Saved.Host).ID(s.typed) // the form has judged it
			s.account.Store(&id)
			return ui.Close(), s.Look()
		},
	})), nil
}

// orphans opens what principals that are gone left behind.
func (s *Screen) orphans() (ui.Move, tea.Cmd) {
	session := s.Session()
	return ui.Open(ui.NewPage(s.Theme, ui.PageContent{
		Title: "What principals that are gone left behind", Filename: "orphans.txt", Doing: "Looking at what belonged to somebody who is gone", Failed: panels.Trouble,
		Load: func(ctx context.Context) (string, error) {
			all, unseen, err := partner.Orphans(ctx, session)
			if err != nil {
				return "", err //nolint:wrapcheck // the page names its cause
			}
			var lines []string
			if len(all) == 0 {
				lines = append(lines, partner.NoOrphan)
			}
			return text(append(lines, sectionLines([]partner.Section{{Title: "Left", Lines: partner.OrphanLines(all)}, {Title: "Not looked at", Lines: unseen}})...)), nil
		},
	})), nil
}

// choice is what is selected for a partner, as it is typed. It is kept while the screen is open.
type choice struct{ catalog, schema, warehouse string }

// selected is what was typed, as far as a set wants it.
func (c choice) selected(set *partner.Set) (out partner.Choice, err error) {
	if c.catalog != "" {
		if out.Catalog, err = connector.ParseIdent(c.catalog); err != nil {
			return out, err //nolint:wrapcheck // it says what to do
		}
	}
	catalog, schema, warehouse := set.Wants(out.Legacy())
	if !catalog {
		out.Catalog = connector.Ident{}
	}
	if schema && c.schema != "" {
		name, err := connector.ParseSchemaParts(c.catalog, c.schema)
		if err != nil {
			return out, err //nolint:wrapcheck // it says what to do
		}
		out.Schemas = []connector.SchemaName{name}
	}
	if warehouse {
		out.Warehouse = connector.WarehouseID(strings.TrimSpace(c.warehouse))
	}
	_, err = set.Needs(out)
	return out, err //nolint:wrapcheck // it says what to do
}

// selects asks what is selected for a partner, and goes on with it.
func (s *Screen) selects(name string, set *partner.Set, next func(partner.Choice) ui.Panel) (ui.Move, tea.Cmd) {
	wants := func() (catalog, schema, warehouse bool) {
		return set.Wants(s.choice.catalog == connector.HiveMetastore)
	}
	if catalog, _, warehouse := wants(); !catalog && !warehouse {
		return ui.Open(next(partner.Choice{})), nil
	}
	whole := func() error { _, err := s.choice.selected(set); return err }
	return ui.Open(ui.NewFormPanel(s.Theme, ui.FormContent{
		Title: name, Text: "What is selected for it in Partner Connect. hive_metastore is the legacy catalog.", Does: "go on", Leave: "not now",
		Form: ui.NewForm(
			ui.FormField{Input: ui.NewHuhText(s.Theme, "Catalog", "the selected catalog", &s.choice.catalog), Visible: func() bool { catalog, _, _ := wants(); return catalog }},
			ui.FormField{Input: ui.NewHuhText(s.Theme, "Schema", "the selected schema", &s.choice.schema), Visible: func() bool { _, schema, _ := wants(); return schema }},
			ui.FormField{Input: ui.NewHuhText(s.Theme, "Warehouse", "ID of the SQL warehouse", &s.choice.warehouse), Visible: func() bool { _, _, warehouse := wants(); return warehouse }, Problem: whole},
		),
		Done: func() (ui.Move, tea.Cmd) {
			chosen, err := s.choice.selected(set)
			if err != nil {
				s.Say(connector.Sentence(err), true)
				return ui.Close(), nil
			}
			return ui.Close().Then(ui.Open(next(chosen))), nil
		},
	})), nil
}

// check holds the principal of a partner against its set.
func (s *Screen) check() (ui.Move, tea.Cmd) {
	c, _, p, _ := s.under()
	who := principalOf(c, p)
	session := s.Session()
	return s.selects("Check "+p.Name, p.Set, func(chosen partner.Choice) ui.Panel {
		return ui.NewPage(s.Theme, ui.PageContent{
			Title: "What " + p.Name + " has of its set", Filename: "check.txt", Doing: "Comparing what it has with its set", Failed: panels.Trouble,
			Load: func(ctx context.Context) (string, error) {
				seen, err := partner.Check(ctx, session, p.Set, chosen, who, "")
				if err != nil {
					return "", err //nolint:wrapcheck // the page names its cause
				}
				lines := []string{seen.Principal.Principal().Label() + ": it " + p.Set.Name + ". " + seen.Verdict()}
				return text(append(append(lines, sectionLines(seen.Sections())...), "", partner.NotAsPartner)), nil
			},
		})
	})
}

// principalOf is the name of the service principal of a partner: its application ID where it is known.
func principalOf(c *partner.Connection, p partner.Partner) string {
	if c != nil && c.Principal != nil {
		return c.Principal.ApplicationID.String()
	}
	return p.User()
}

// plan gives the principal of a partner what it lacks. Who is no admin is shown the plan with who could carry it out.
func (s *Screen) plan() (ui.Move, tea.Cmd) {
	c, _, p, _ := s.under()
	wish := partner.Wish{Partner: p.Name, Set: p.Set}
	if c != nil && c.Principal != nil {
		wish.Principal = c.Principal.ApplicationID.String()
	}
	session := s.Session()
	return s.selects("Plan for "+p.Name, p.Set, func(chosen partner.Choice) ui.Panel {
		wish.Choice = chosen
		var extra []string
		build := func(ctx context.Context) (admin.Plan, error) {
			proposal, err := partner.Propose(ctx, session, wish)
			if err != nil {
				return admin.Plan{}, err //nolint:wrapcheck // the panel names its cause
			}
			who, err := partner.WhoCan(ctx, session, proposal.Needs)
			if err != nil {
				return admin.Plan{}, err //nolint:wrapcheck // the panel names its cause
			}
			extra = sectionLines([]partner.Section{{Title: "Who can do it", Lines: who}, {Title: partner.NotGiven, Lines: p.Set.Asks}})
			if proposal.Verdict != nil {
				extra = append(extra, sectionLines([]partner.Section{{Title: "In Partner Connect you can select", Lines: []string{proposal.Verdict.Line()}}})...)
			}
			return proposal.Plan, nil
		}
		lines := func(plan admin.Plan) []string {
			all := plan.Lines()
			if plan.Empty() {
				all = append(all, partner.NothingToGive)
			}
			return append(all, extra...)
		}
		return s.planOrPage("Plan for "+p.Name, build, lines, partner.NothingToGive)
	})
}

// planOrPage is a plan to be applied, or for who is no admin a page with it.
func (s *Screen) planOrPage(title string, build func(context.Context) (admin.Plan, error), lines func(admin.Plan) []string, nothing string) ui.Panel {
	if s.Session().Admin() {
		return s.Plan(panels.PlanContent[admin.Outcome]{Title: title, Make: build, Lines: lines, Empty: s.tells(nothing), Done: s.applied})
	}
	return ui.NewPage(s.Theme, ui.PageContent{
		Title: title, Filename: "plan.txt", Doing: "Looking what would be changed", Failed: panels.Trouble,
		Load: func(ctx context.Context) (string, error) {
			plan, err := build(ctx)
			if err != nil {
				return "", err
			}
			return text(append([]string{partner.ReadOnly, ""}, lines(plan)...)), nil
		},
	})
}

// tells closes a plan that changes nothing, and says so.
func (s *Screen) tells(text string) func(admin.Plan) (ui.Move, tea.Cmd) {
	return func(admin.Plan) (ui.Move, tea.Cmd) {
		s.Say(text, false)
		return ui.Close(), nil
	}
}

func (s *Screen) applied(out admin.Outcome) (ui.Move, tea.Cmd) {
	s.Say("Done: "+words.Count(out.Done, "step")+". "+s.Env.JournalSays(), false)
	return ui.Close(), s.Look()
}

// levelWords are the levels in a few words, with the name that its plan has. What each takes stands there.
var levelWords = map[partner.Level]string{
	partner.Nothing: "nothing: show the parts", partner.Tokens: "tokens: its tokens and secrets",
	partner.Principal: "principal: the service principal", partner.Reset: "reset: its warehouses and clusters",
}

// disconnect asks how far the connection ends, and plans it.
func (s *Screen) disconnect() (ui.Move, tea.Cmd) {
	c, _, p, _ := s.under()
	level := partner.Nothing
	options := make([]ui.HuhOption[partner.Level], len(partner.Levels))
	for i, l := range partner.Levels {
		options[i] = ui.HuhOption[partner.Level]{Text: levelWords[l.Level], Value: l.Level}
	}
	title := "Disconnect " + p.Name
	connection := *c
	return ui.Open(ui.NewFormPanel(s.Theme, ui.FormContent{
		Title: title, Text: "What is deleted cannot be brought back. Each level includes those before it.", Does: "go on", Leave: "not now",
		Form: ui.NewForm(ui.FormField{Input: ui.NewHuhSelect(s.Theme, "Delete", &level, options...)}),
		Done: func() (ui.Move, tea.Cmd) {
			return ui.Close().Then(ui.Open(s.ending(title, partner.Disconnect{Connection: connection, Level: level, Saved: s.All}))), nil
		},
	})), nil
}

// ending is what goes and what stays, to be applied where something goes.
func (s *Screen) ending(title string, want partner.Disconnect) ui.Panel {
	session := s.Session()
	var parts []string
	build := func(ctx context.Context) (admin.Plan, error) {
		e, err := partner.PlanDisconnect(ctx, session, want)
		parts = sectionLines(e.Sections())
		return e.Plan, err //nolint:wrapcheck // the panel names its cause
	}
	lines := func(plan admin.Plan) []string {
		if plan.Empty() {
			return parts[min(1, len(parts)):]
		}
		return append(append(plan.Lines(), ""), parts...)
	}
	if want.Level != partner.Nothing {
		return s.planOrPage(title, build, lines, "Nothing of it is left to delete.")
	}
	return ui.NewPage(s.Theme, ui.PageContent{
		Title: title, Filename: "disconnect.txt", Doing: "Looking what belongs to it, and what else uses that", Failed: panels.Trouble,
		Load: func(ctx context.Context) (string, error) {
			_, err := build(ctx)
			return text(parts), err
		},
	})
}
