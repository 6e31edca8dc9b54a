package ui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"
)

// standing is what stands on the screen now: the step at the bottom of the
// stack, which has all that a panel has, and each panel over it.
type standing struct {
	Panel
	ctx    context.Context
	depart context.CancelFunc // ends ctx
	scroll scroll             // where more is drawn than there is room for
}

// top is what a person sees and types into. It is nil where a program has no
// step at all.
func (s *Shell) top() *standing {
	if len(s.stack) == 0 {
		return nil
	}
	return s.stack[len(s.stack)-1]
}

// Standing is what stands on the screen, from the step up to the panel that
// has the keys.
func (s *Shell) Standing() []Panel {
	all := make([]Panel, len(s.stack))
	for i, who := range s.stack {
		all[i] = who.Panel
	}
	return all
}

// everyone is the stack from the top down.
func (s *Shell) everyone() []*standing {
	all := slices.Clone(s.stack)
	slices.Reverse(all)
	return all
}

// tell passes a message to some of those that stand on the screen, and then
// does what each of them asks for. It is all told before anything moves, so
// that none misses it and none hears of it twice.
func (s *Shell) tell(msg tea.Msg, to []*standing) tea.Cmd {
	moves := make([]Move, len(to))
	var cmds []tea.Cmd
	for i, who := range to {
		var cmd tea.Cmd
		s.attempt(s.named("answering", who), func() { moves[i], cmd = who.Update(msg) })
		cmds = append(cmds, protect(s.named("working for", who), cmd))
	}
	for i, who := range to {
		cmds = append(cmds, s.move(who, moves[i]))
	}
	return tea.Batch(cmds...)
}

// move does what somebody asks for, unless they are gone by then.
func (s *Shell) move(who *standing, move Move) tea.Cmd {
	var cmds []tea.Cmd
	for part := &move; part != nil && !s.over() && slices.Contains(s.stack, who); part = part.then {
		var cmd tea.Cmd
		who, cmd = s.moveOnce(who, *part)
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}

// moveOnce does one move and gives whoever asks for the next one.
func (s *Shell) moveOnce(who *standing, move Move) (*standing, tea.Cmd) {
	switch move.kind {
	case moveStay:
		return who, nil
	case moveOpen:
		return who, s.open(move.panel)
	case moveClose:
		at := slices.Index(s.stack, who)
		s.closeFrom(max(1, at))
		return s.stack[max(0, at-1)], nil
	}
	target, leads := s.target(move)
	if !leads {
		return who, nil
	}
	cmd := s.enter(target)
	return s.stack[0], cmd
}

// target is the step that a move leads to. It may end the program instead, or
// ask whether to.
func (s *Shell) target(move Move) (index int, leads bool) {
	switch move.kind {
	case moveQuit:
		s.left = true
		return 0, false
	case moveNext:
		s.finished = s.current+1 == len(s.steps)
		return s.current + 1, !s.finished
	case moveBack:
		if s.current >= s.onRail() {
			s.finished = true
			return s.current, false
		}
		s.escaping = s.current == 0 && !s.asking
		s.asking = s.asking || s.current == 0
		return s.current - 1, s.current > 0
	}
	return move.index, move.index >= 0 && move.index < len(s.steps)
}

// enter leaves the step with everything over it, and comes to another.
func (s *Shell) enter(index int) tea.Cmd {
	s.closeFrom(0)
	s.stack, s.current = nil, index
	return s.stand(s.steps[index], s.ctx)
}

// open puts a panel over whatever is on the screen.
func (s *Shell) open(panel Panel) tea.Cmd {
	if panel == nil || s.at(panel) >= 0 {
		return nil
	}
	return s.stand(panel, s.top().ctx)
}

// at is where a panel stands in the stack, -1 where it does not.
func (s *Shell) at(panel Panel) int {
	return slices.IndexFunc(s.stack, func(other *standing) bool { return other.Panel == panel })
}

// stand puts something on the top of the stack and enters it.
func (s *Shell) stand(panel Panel, parent context.Context) (cmd tea.Cmd) {
	ctx, cancel := context.WithCancel(parent)
	here := &standing{Panel: panel, ctx: ctx, depart: cancel}
	s.stack = append(s.stack, here)
	s.attempt(s.named("entering", here), func() { cmd = panel.Enter(ctx) })
	cmd = protect(s.named("working for", here), cmd)
	opener, opens := panel.(Opener)
	if !opens || s.err != nil {
		return cmd
	}
	var over Panel
	s.attempt(s.named("opening a panel for", here), func() { over = opener.Opening() })
	return tea.Batch(cmd, s.open(over))
}

// closeFrom ends everything from a place in the stack on, the topmost first.
// What stands at the very bottom is ended but stays in sight until something
// else is entered.
func (s *Shell) closeFrom(index int) {
	for i := len(s.stack) - 1; i >= index; i-- {
		s.stack[i].depart()
	}
	s.stack = s.stack[:min(len(s.stack), max(1, index))]
}

// named says what ran when something went wrong.
func (s *Shell) named(verb string, who *standing) string {
	over := ""
	if len(s.stack) > 0 && who != s.stack[0] {
		over = " a panel over"
	}
	return fmt.Sprintf("%s%s step %d", verb, over, s.current+1)
}
