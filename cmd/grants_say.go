package cmd

import (
	"errors"
	"fmt"

	"github.com/draftt-io/draftt-databricks/cmd/report"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/saved"
)

// tellGrants says what was compared in the form that was asked for.
func (a *app) tellGrants(q *saved.GrantsCheck, seen saved.GrantsView, f grantsFlags) error {
	sql, err := seen.SQL()
	if err != nil {
		return err
	}
	switch {
	case f.sql:
		if seen.Obstacle != "" {
			return &exitError{code: check.ExitPermissions, err: errors.New(seen.Obstacle)}
		}
		_, err = fmt.Fprint(a.out, sql)
		return err
	case f.as != "":
		e, err := seen.Equivalents()
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(a.out, e.In(f.as))
		return err
	case f.handoff != "":
		return a.handOff(q, seen, f)
	case f.asJSON:
		err = a.printJSON(report.OfGrants(q, seen, sql))
	default:
		var text string
		if text, err = saved.Compared(q, seen); err == nil {
			_, err = fmt.Fprint(a.out, text)
		}
	}
	if err == nil && !seen.Done() {
		err = &exitError{code: check.ExitPermissions, quiet: true}
	}
	return err
}

// handOff writes the packets. A file that is there already and says something else stays, unless it may be replaced.
func (a *app) handOff(q *saved.GrantsCheck, seen saved.GrantsView, f grantsFlags) error {
	packets, err := q.Packets(seen)
	if err != nil {
		return err
	}
	if seen.Obstacle != "" {
		return &exitError{code: check.ExitPermissions, err: errors.New(seen.Obstacle)}
	}
	if len(packets) == 0 {
		_, err := fmt.Fprintln(a.out, saved.NobodyToAsk)
		return err
	}
	for _, p := range packets {
		for _, file := range p.Files() {
			if err := a.keepIn(f.handoff, file.Name, file.Text, f.overwriting); err != nil {
				return err
			}
		}
	}
	return nil
}
