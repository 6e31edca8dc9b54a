package inventory

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/cmd/exits"
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/account"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/vault"
	"github.com/draftt-io/draftt-databricks/words"
)

// stop is a workspace at which a run comes by.
type stop struct {
	name   string // what it is called: the host, or a saved connection
	host   string
	folder store.Folder
	open   func(context.Context) (*source, error)
	source *source // once it is open
}

// opened opens a workspace once.
func (s *stop) opened(ctx context.Context) (*source, error) {
	if s.source != nil {
		return s.source, nil
	}
	source, err := s.open(ctx)
	if err != nil && source != nil {
		source.close()
	}
	if err == nil {
		s.source = source
	}
	return source, err
}

// stops are the workspaces that a command line names, those of its part alone.
func (f Face) stops(ctx context.Context, r *runFlags, names []string) (all []*stop, err error) {
	switch {
	case len(names) > 0 || r.all:
		all, err = f.saved(ctx, r, names)
	case r.wholeAccount:
		all, err = f.listed(ctx, r)
	default:
		line, wrong := r.signIn.Line()
		all, err = []*stop{{name: line.Host.Typed(), host: line.Host.Typed(), open: func(ctx context.Context) (*source, error) { return f.opened(ctx, r) }}}, wrong
	}
	if err != nil {
		return nil, err
	}
	dir, err := vault.DefaultDir()
	if err != nil {
		return nil, err //nolint:wrapcheck // its errors have words
	}
	for _, s := range all {
		s.folder = estate.FolderOf(dir, s.host)
	}
	if r.of > 0 {
		all = estate.PartOf(all, r.part, r.of)
	}
	return all, nil
}

// named are the saved connections of these names.
func named(known []connector.Connection, names []string) (chosen []connector.Connection, err error) {
	for _, name := range names {
		at := slices.IndexFunc(known, func(c connector.Connection) bool { return strings.EqualFold(c.Name, strings.TrimSpace(name)) })
		if at < 0 {
			return nil, &connector.Error{Kind: connector.ErrInput, What: "There is no connection " + connector.Refused(connector.KindConnection, name) + ".", Remedy: "draftt-databricks list shows those that are saved."}
		}
		chosen = append(chosen, known[at])
	}
	return chosen, nil
}

// saved are the workspaces of saved connections, each once.
func (f Face) saved(ctx context.Context, r *runFlags, names []string) (all []*stop, err error) {
	known, err := f.Saved(ctx)
	if err != nil {
		return nil, err
	}
	chosen := known
	if !r.all {
		if chosen, err = named(known, names); err != nil {
			return nil, err
		}
	}
	if len(chosen) == 0 {
		return nil, &connector.Error{Kind: connector.ErrInput, What: "No connection is saved.", Remedy: "Save one with draftt-databricks setup, or name a workspace with --host."}
	}
	for _, c := range chosen {
		line, as := f.lineOf(c)
		if at := slices.IndexFunc(all, func(s *stop) bool { return s.host == c.Host.Typed() }); at >= 0 {
			f.Note("%s leads to the same workspace as %s, which is read.", c.Name, all[at].name)
			continue
		}
		all = append(all, &stop{name: c.Name, host: c.Host.Typed(), open: func(context.Context) (*source, error) {
			return f.openedAs(r, line, string(c.Host.WorkspaceID()), as)
		}})
	}
	return all, nil
}

// listed are the workspaces of the account.
func (f Face) listed(ctx context.Context, r *runFlags) (all []*stop, err error) {
	way, allow, err := r.signIn.Way()
	if err != nil {
		return nil, err
	}
	line, id, err := r.account.Line(way)
	if err != nil {
		return nil, err
	}
	reader, err := account.Open(line, id, estate.Reads(estate.AtAccount))
	if err != nil {
		return nil, err //nolint:wrapcheck // its errors have words
	}
	defer reader.Close()
	found, err := estate.Workspaces(ctx, reader, string(id), line.Host, allow)
	if err != nil {
		return nil, f.Fails(ctx, "The account: ", err)
	}
	for _, w := range found {
		if w.Why != "" {
			f.Note("The workspace %s is left out: %s.", connector.Shown(connector.KindName, w.Name), strings.TrimSuffix(w.Why, "."))
			continue
		}
		at := line
		at.Host = w.Host
		all = append(all, &stop{name: connector.Shown(connector.KindName, w.Name), host: w.Host.Typed(), open: func(context.Context) (*source, error) {
			return f.openedAs(r, at, w.ID, string(line.Credentials.ClientID))
		}})
	}
	if len(all) == 0 {
		return nil, &connector.Error{Kind: connector.ErrInput, What: "The account lists no workspace that can be read.", Remedy: "Look at its workspaces in the account console."}
	}
	return all, nil
}

// runs takes inventories until there is no next one.
func (f Face) runs(ctx context.Context, r *runFlags, names []string) error {
	if err := r.check(names); err != nil {
		return err
	}
	stops, err := f.stops(ctx, r, names)
	if err != nil {
		return err
	}
	defer func() {
		for _, s := range stops {
			if s.source != nil {
				s.source.close()
			}
		}
	}()
	began, within := time.Now(), r.olderThan
	for {
		err := f.round(ctx, r, stops, r.several(names), within)
		if r.every == 0 || ctx.Err() != nil {
			return err
		}
		if errors.Is(err, estate.ErrTimedOut) { // it goes on at once, with those that were not read since
			within = max(r.olderThan, time.Since(began))
			continue
		}
		if err != nil {
			what, remedy := connector.Words(err)
			f.Note("%s %s", what, remedy)
		}
		next := began.Add(r.every)
		f.Note("The next run is at %s; Ctrl+C ends.", next.Format("2006-01-02 15:04"))
		if f.Pause(ctx, time.Until(next)) != nil {
			return f.Exit(exits.Left, nil)
		}
		began, within = time.Now(), r.olderThan
	}
}

// round comes by each workspace once, those first that wait the longest. One that cannot be read keeps no other back; the error is the first. The
// budget is for all of them, and those of which a whole run began within a time are left out.
func (f Face) round(ctx context.Context, r *runFlags, stops []*stop, several bool, within time.Duration) (first error) {
	folders := make([]store.Folder, len(stops))
	for i, s := range stops {
		folders[i] = s.folder
	}
	until, order, read := time.Now().Add(r.budget), estate.Due(folders, time.Now(), within), 0
	for i, s := range stops {
		if !slices.Contains(order, i) {
			first = errors.Join(first, f.young(r, s))
		}
	}
	for at, i := range order {
		left := time.Until(until)
		if left <= 0 {
			f.Note("The time is over, %s. %s are left for the next inventory run.", words.Took(r.budget), words.Count(len(order)-at, "workspace"))
			return errors.Join(estate.ErrTimedOut, f.Exit(exits.Later, nil))
		}
		if several && !r.asJSON {
			_, _ = fmt.Fprintln(f.Out(), f.Title(f.Prose(stops[i].name+", "+stops[i].host)))
		}
		err := f.once(ctx, r, stops[i], left)
		switch {
		case err == nil:
			read++
		case !several || ctx.Err() != nil || errors.Is(err, estate.ErrTimedOut):
			return err
		case first == nil:
			first = err
			fallthrough
		default:
			f.unread(r, stops[i], err)
		}
	}
	if several && !r.asJSON && len(order) > 0 {
		f.Note("%d of %s were read.", read, words.Count(len(order), "workspace"))
	}
	return first
}

// unread says why a workspace of several was not read.
func (f Face) unread(r *runFlags, s *stop, err error) {
	what, remedy := connector.Words(err)
	if r.asJSON {
		_ = putLine(f.Out(), line{Event: "unread", Workspace: s.host, Why: connector.ShownText(strings.TrimSpace(what + " " + remedy))})
		return
	}
	f.Note("%s was not read: %s %s", s.name, what, remedy)
}

// young says that a workspace was read lately. What a run found is laid out where that was not done.
func (f Face) young(r *runFlags, s *stop) error {
	last, found, err := s.folder.LastWhole()
	if err != nil || !found {
		return err //nolint:wrapcheck // its errors have words
	}
	if !r.asJSON {
		f.Note("%s was read at %s, and is left out.", s.name, last.Began.Local().Format("2006-01-02 15:04"))
	}
	if r.to == "" {
		return nil
	}
	_, err = f.lay(r, s.folder, last.ID)
	return err
}

// once takes one inventory and says how it goes.
func (f Face) once(ctx context.Context, r *runFlags, s *stop, budget time.Duration) error {
	source, err := s.opened(ctx)
	if err != nil {
		return err
	}
	if runs, err := s.folder.Runs(); err == nil && !r.asJSON {
		if n := estate.Missed(runs, time.Now()); n > 0 {
			f.Note("%d runs were missed since %s.", n, runs[len(runs)-1].Began.Local().Format("2006-01-02 15:04"))
		}
	}
	if up := estate.Underway(s.folder); r.fresh && !r.asJSON && up.Open != "" && !up.Taken {
		f.Note("%s", up.GivesUp())
	}
	t := teller(f, r, s.host)
	options := source.options
	options.Tell, options.Budget = t.tell, budget
	m, seen, err := estate.Take(ctx, s.folder, options, estate.Taking{Fresh: r.fresh, Keep: r.keep, Every: r.every, Begun: t.begun})
	switch {
	case errors.Is(err, estate.ErrTimedOut):
		t.ended(m, seen, s.folder, true)
		return errors.Join(err, f.Exit(exits.Later, nil))
	case ctx.Err() != nil:
		t.stopped()
		return f.Exit(exits.Left, nil)
	case err != nil:
		return f.Fails(ctx, "", err)
	}
	t.ended(m, seen, s.folder, false)
	if r.to == "" {
		return nil
	}
	laid, err := f.lay(r, s.folder, m.ID)
	if err == nil {
		t.laid(laid)
	}
	return err
}
