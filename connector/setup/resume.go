package setup

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// Interrupted is a set-up that was left before it was saved.
type Interrupted struct {
	Draft     *Draft // without the secret
	Step      Index  // where it was
	LeftAt    time.Time
	ExpiresAt time.Time
	Session   bool // it is kept until the person logs out, at the longest

	in    *vault.Vault
	draft vault.Draft
}

// ID tells an interrupted set-up from others.
func (i Interrupted) ID() string { return i.draft.ID }

// Edits is the ID of the saved connection that it changes, empty for a set-up of a new one.
func (i Interrupted) Edits() string { return i.Draft.edits }

// Forget deletes the answers that are kept.
func (i Interrupted) Forget(ctx context.Context) error { return i.in.DeleteDraft(ctx, i.draft.ID) }

// KeptUntil says how long the answers are kept.
func (i Interrupted) KeptUntil() string {
	if i.Session {
		return "until you log out"
	}
	return i.ExpiresAt.Local().Format("until 2 January")
}

// FindInterrupted gives the set-ups that were left and that can be opened without asking anybody, the newest first. Changes of saved
// connections are not among them: those wait on the home screen.
func FindInterrupted(ctx context.Context, env Environment) []Interrupted {
	return slices.DeleteFunc(FindLeft(ctx, env), func(i Interrupted) bool { return i.Draft.edits != "" })
}

// FindLeft gives what was left, changes of saved connections included. The demo looks at nothing that a person left elsewhere.
func FindLeft(ctx context.Context, env Environment) []Interrupted {
	if env.Demo != nil {
		return nil
	}
	var places []*vault.Vault
	if _, chosen, err := env.Vault.Protection(); err == nil && chosen && opensQuietly(ctx, env) {
		places = append(places, env.Vault)
	}
	if v := sessionVault(ctx, false); v != nil {
		places = append(places, v)
	}
	var found []Interrupted
	for _, v := range places {
		drafts, _, err := v.Drafts(ctx) // a damaged one is no hindrance to a new set-up
		if err != nil {
			continue
		}
		for _, d := range drafts {
			if restored, err := RestoreDraft(d.Answers); err == nil {
				found = append(found, Interrupted{
					Draft: restored, Step: stepNamed(d.Step), LeftAt: d.SavedAt, ExpiresAt: d.ExpiresAt, Session: v.Dir() != env.Vault.Dir(), in: v, draft: d,
				})
			}
		}
	}
	slices.SortFunc(found, func(a, b Interrupted) int { return cmp.Compare(b.LeftAt.UnixNano(), a.LeftAt.UnixNano()) })
	return found
}

// stepNamed is the step of this word, and the first for one that is not known.
func stepNamed(word string) Index {
	return Index(max(0, slices.Index(stepWords[:], word)))
}

// KeepAnswers makes the set-up seal its answers while it goes on, see Interrupted. It is not for the demo.
func (s *Setup) KeepAnswers() { s.checkpoint = &checkpoint{env: s.env} }

// continueFrom goes on with an interrupted set-up, whose draft the set-up was made with: once signed in again, at the step where it was.
func (s *Setup) continueFrom(i Interrupted) {
	s.resume = i.Step
	if s.checkpoint != nil {
		s.checkpoint.tried, s.checkpoint.vault, s.checkpoint.draft = true, i.in, i.draft
	}
}

// edit makes the set-up change a saved connection, whose draft it was made with, instead of making a new one.
func (s *Setup) edit(c connector.Connection) {
	s.editing = c
	if untouched, err := DraftOf(c); err == nil {
		s.untouched = untouched.choices()
	}
}

// Next is the step after one that was completed.
func (s *Setup) Next(done Index) Index {
	step := done + 1
	if done != Connect {
		return step
	}
	for step < min(s.resume, Access) && s.draft.Check(step) == nil { // what was read is read again, so Access is the last
		step++
	}
	s.resume = Connect
	return step
}

// reached is the first step that is not complete.
func (s *Setup) reached() Index {
	for step := Connect; step < Review; step++ {
		if s.draft.Check(step) != nil {
			return step
		}
	}
	return Review
}

// progress tells whether there are answers that were not kept yet.
type progress struct {
	host      connector.Host
	method    connector.AuthMethod
	clientID  connector.ClientID
	connected bool
	warehouse connector.WarehouseID
	schema    connector.SchemaName
	reach     bool
	scope     connector.Scope
	tables    int
	name      string
	typed     string
}

func (d *Draft) progress() progress {
	return progress{d.host, d.method, d.clientID, d.Connected(), d.warehouse.ID, d.schema, d.reach, d.scope, len(d.tables), d.name, d.nameText}
}

// answersToKeep gives what a checkpoint takes, and false where there is too little to be worth it.
func (s *Setup) answersToKeep() (number int, answers []byte, ok bool) {
	d := s.draft
	if s.checkpoint == nil || s.editing.ID != "" && d.choices() == s.untouched || d.Host().IsZero() {
		return 0, nil, false
	}
	answers, err := d.Keep()
	if err != nil {
		return 0, nil, false
	}
	s.keptCount++
	return s.keptCount, answers, true
}

// KeepNew is the work of keeping answers that changed since the last call, or nil where none did.
func (s *Setup) KeepNew() func(context.Context) {
	now := s.draft.progress()
	if now == s.keptAt {
		return nil
	}
	s.keptAt = now
	number, answers, ok := s.answersToKeep()
	if !ok {
		return nil
	}
	c, step, name := s.checkpoint, s.reached(), s.draft.Name()
	return func(ctx context.Context) { c.keep(ctx, number, step, name, answers) }
}

// KeepNow keeps the answers before it returns: between two questions, and when a person leaves.
func (s *Setup) KeepNow(ctx context.Context) {
	_ = s.draft.takeTypedName() // half a name is asked for again
	if number, answers, ok := s.answersToKeep(); ok {
		s.checkpoint.keep(ctx, number, s.reached(), s.draft.Name(), answers)
	}
}

// save seals the connection as what it is: a change of a saved one, the end of an interrupted set-up, or a new one.
func (s *Setup) save(ctx context.Context, c connector.Connection) (connector.Connection, error) {
	v := s.env.Vault
	if s.editing.ID != "" {
		c.ID, c.SavedAt, c.SecretExpires = s.editing.ID, s.editing.SavedAt, s.editing.SecretExpires
		saved, err := v.Save(ctx, c)
		if err == nil && s.checkpoint != nil {
			s.checkpoint.wipe(ctx)
		}
		return saved, err
	}
	if s.checkpoint == nil {
		return v.Save(ctx, c)
	}
	var saved connector.Connection
	var err error
	if in, draft := s.checkpoint.holds(); draft.ID != "" && in.Dir() == v.Dir() {
		saved, err = v.Finish(ctx, draft.ID, c)
	} else {
		saved, err = v.Save(ctx, c)
	}
	if err == nil {
		s.checkpoint.wipe(ctx)
	}
	return saved, err
}

// keptFor says in the farewell that the answers are kept, or is empty.
func (s *Setup) keptFor() string {
	in, draft := s.keeps()
	if draft.ID == "" {
		return ""
	}
	until := "for seven days"
	if in.Dir() != s.env.Vault.Dir() {
		until = "until you log out"
	}
	next := "draftt-databricks setup"
	if len(s.handed) > 0 {
		next = resumeCommand
	}
	if s.env.KeyFile != "" {
		next += " --key-file " + words.CommandArgument(connector.CleanLine(s.env.KeyFile, 600))
	}
	return "Your answers are kept sealed " + until + ",\nwithout the secret. To go on where you were:\n  " + next + "\n"
}
