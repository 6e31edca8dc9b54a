package tokens

import (
	"context"
	"errors"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
	"github.com/draftt-io/draftt-databricks/words"
)

// Opens gives what makes the screen of an object.
func Opens(object authorization.Object) func(panels.Visit) ui.Panel {
	return func(visit panels.Visit) ui.Panel { return New(visit, object) }
}

// Lines gives the same line by line: it lists, shows somebody, and names the commands that change something.
func Lines(object authorization.Object) func(context.Context, prompt.Asker, *admin.Session) error {
	return func(ctx context.Context, a prompt.Asker, session *admin.Session) error {
		snapshot, err := prompt.Patiently(ctx, a, "reading", func(ctx context.Context) (*authorization.Snapshot, error) {
			return session.Authorization(ctx, object)
		})
		if err != nil {
			return err //nolint:wrapcheck // the caller names its cause
		}
		s := &Screen{object: object, seen: newSeen(snapshot)}
		s.listAll(a)
		for {
			who, err := a.Line("Who to show, by a name; an empty answer ends this", "")
			switch {
			case errors.Is(err, prompt.ErrBack), err == nil && who == "":
				return nil
			case err != nil:
				return err //nolint:wrapcheck // the prompt's own
			}
			s.sayWho(a, who)
		}
	}
}

// mostListed are how many rows of a list are said; the commands say all.
const mostListed = 50

func (s *Screen) listAll(a prompt.Asker) {
	name := string(s.object)
	if told := s.told(); told != "" {
		a.Say("%s", told)
	}
	if s.object == authorization.Passwords {
		a.Say("%s", authorization.PasswordsEnded)
	}
	say := func(heading string, count int, line func(int) string) {
		if count == 0 {
			return
		}
		a.Say("%s: %s.", heading, words.Thousands(count))
		for i := range min(count, mostListed) {
			a.Say("%s", ui.Clean(line(i)))
		}
		if count > mostListed {
			a.Say("And %s more.", words.Thousands(count-mostListed))
		}
	}
	say(listed.heading(), len(s.seen.list), func(i int) string {
		who, _ := s.seen.holder(s.seen.list[i])
		return who.Title() + ": " + s.seen.list[i].Level.String()
	})
	say(everybody.heading(), len(s.seen.levels), func(i int) string { return strings.Join(s.seen.levels[i].Columns(), ", ") })
	if s.object == authorization.Tokens {
		say(tokens.heading(), len(s.seen.owned), func(i int) string { return admin.TokenText(s.seen.owned[i]) })
	}
	a.Say("To change something: draftt-databricks %s grant, remove, replace; %s export takes the list along. Each shows its plan first.", name, name)
	if s.object == authorization.Tokens {
		a.Say("For single tokens: draftt-databricks tokens create, delete and settings.")
	}
}

func (s *Screen) sayWho(a prompt.Asker, who string) {
	p, err := s.seen.Directory.Find(who)
	if err != nil {
		a.Say("%s", connector.Sentence(err))
		return
	}
	a.Say("%s: %s", p.Title(), s.seen.Of(p).Level)
	for _, line := range append(panels.FactLines(s.tokensOf(p, mostListed)), strings.Split(strings.TrimSpace(ways(s.seen, p)), "\n")...) {
		if line != "" {
			a.Say("%s", ui.Clean(line))
		}
	}
}
