package setup

import (
	"cmp"
	"context"
	"path/filepath"

	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/connector/vault"
)

// resumeCommand goes on with a set-up that waits.
const resumeCommand = "draftt-databricks setup --resume"

// Resume makes the set-up go on by itself, once it is signed in, as far as everything holds. Call it after Continue.
func (s *Setup) Resume() { s.eager = true }

// HandedOff is what a hand-off wrote.
type HandedOff struct {
	folder string
	files  []string // full paths
	Kept   bool     // the answers lie sealed in the vault
}

// WriteHandoff gives the work of writing a file for each owner into a folder, which is made where there is none.
func (s *Setup) WriteHandoff(folder string, found Comparison) func() (HandedOff, error) {
	resume := resumeCommand
	if s.checkpoint == nil {
		resume = ""
	}
	packets, err := grants.Packets(grants.Handoff{
		Connection: cmp.Or(s.draft.Name(), SuggestName(s.draft)), Host: s.draft.Host(), To: s.draft.Principal(), Resume: resume, Demo: s.env.Demo != nil,
	}, found.Needs(), found.who)
	return func() (HandedOff, error) {
		if err != nil {
			return HandedOff{}, err
		}
		files, err := grants.Write(folder, packets)
		return HandedOff{folder: folder, files: files}, err
	}
}

// HandedOff notes which files were written, for the farewell.
func (s *Setup) HandedOff(h HandedOff) { s.handed = h.files }

// What is said when a person plays the owner in the demo.
const (
	BeTheOwner = "be the owner"
	OwnerRan   = "The demo's owner ran the statements."
)

// OwnersTurn gives the work of running what was handed off, as the demo's owner. It is nil outside the demo and before a hand-off.
func (s *Setup) OwnersTurn(found Comparison) func(context.Context) error {
	if s.env.Demo == nil || s.env.Demo.Owner == nil || len(s.handed) == 0 {
		return nil
	}
	owner := s.env.Demo.Owner
	return func(ctx context.Context) error {
		script, err := found.SQL()
		if err != nil {
			return err
		}
		return owner(ctx, script)
	}
}

// KeepWaiting gives the work of sealing the answers where they outlast this session, and reports whether they are kept there.
func (s *Setup) KeepWaiting() func(context.Context) bool {
	number, answers, ok := s.answersToKeep()
	if !ok {
		return func(context.Context) bool { return false }
	}
	c, step, name := s.checkpoint, s.reached(), cmp.Or(s.draft.Name(), SuggestName(s.draft))
	return func(ctx context.Context) bool {
		c.settle(ctx)
		c.keep(ctx, number, step, name, answers)
		in, draft := c.holds()
		return draft.ID != "" && in == c.env.Vault
	}
}

// settle moves what is kept into the vault of the saved connections, once that opens without a question.
func (c *checkpoint) settle(ctx context.Context) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.vault == c.env.Vault || !opensQuietly(ctx, c.env) {
		return
	}
	if c.vault != nil && c.draft.ID != "" {
		_ = c.vault.DeleteDraft(ctx, c.draft.ID) // one that is left expires
	}
	c.vault, c.draft, c.tried = c.env.Vault, vault.Draft{}, true
}

// HandoffLines say what was written and how it goes on.
func (s *Setup) HandoffLines(h HandedOff) []string {
	out := []string{"Written to " + h.folder + ":"}
	for _, path := range h.files {
		out = append(out, "  "+filepath.Base(path))
	}
	switch {
	case s.checkpoint == nil:
		return append(out, "", "Send each page to its owner. The demo keeps no answers.")
	case h.Kept:
		return append(out, "", "Send each page to its owner. Your answers are kept sealed for seven days, without the secret. To go on then:", "  "+resumeCommand)
	}
	return append(out, "", "Send each page to its owner. Your answers could not be kept for longer than this session; leaving prints the command that has them.")
}
