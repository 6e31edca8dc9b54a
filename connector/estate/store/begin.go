package store

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Begin opens the run that is not over, or begins a new one. A fresh one takes the place of one that is not over.
func (f Folder) Begin(now time.Time, fresh bool) (r *Run, id string, resumed bool, err error) {
	return f.BeginAs(now, fresh, func(*Run) error { return nil })
}

// BeginAs does so for somebody. mine refuses a run that is not over and that somebody else began: it is not gone on with, and the refusal is the
// error where there is no other. A fresh run takes its place only when it is whole itself.
func (f Folder) BeginAs(now time.Time, fresh bool, mine func(*Run) error) (r *Run, id string, resumed bool, err error) {
	partial, err := f.partial()
	if err != nil {
		return nil, "", false, err
	}
	var refused error
	for _, old := range slices.Backward(partial) {
		r, whose, err := f.claim(old, mine)
		switch {
		case whose == ours && !fresh:
			return r, old, true, nil
		case whose == others:
			refused = cmp.Or(refused, err)
		case whose == unread && !fresh:
			return nil, "", false, cmp.Or(refused, err)
		case whose == unread && errors.Is(err, ErrNewer):
		default:
			if r != nil {
				_ = r.Close()
			}
			if err := f.drop(old); err != nil {
				return nil, "", false, err
			}
		}
	}
	if refused != nil && !fresh {
		return nil, "", false, refused
	}
	id = now.UTC().Format(stamp)
	for n := 2; f.taken(id); n++ {
		id = fmt.Sprintf("%s-%d", now.UTC().Format(stamp), n)
	}
	r, err = create(f.path(id, rowsExt))
	return r, id, false, err
}

// whose says what a run that is not over is to whoever begins.
type whose int

const (
	ours   whose = iota
	others       // somebody else's, who sees other things
	unmade       // it was ended while it was made, and nothing is in it
	unread       // it is torn, or of a newer version
)

// claim opens a run that is not over, where it is ours.
func (f Folder) claim(id string, mine func(*Run) error) (*Run, whose, error) {
	r, err := open(f.path(id, rowsExt), false)
	switch {
	case err != nil:
		return nil, unread, err
	case !r.made:
		return nil, unmade, r.Close()
	}
	if err := mine(r); err != nil {
		_ = r.Close()
		return nil, others, err
	}
	return r, ours, nil
}

// overtake deletes the runs that are not over and began before one that is whole now. What is of a newer version is not touched.
func (f Folder) overtake(whole string) error {
	partial, err := f.partial()
	if err != nil {
		return err
	}
	for _, old := range partial {
		if old >= whole || errors.Is(checkHeader(f.path(old, rowsExt)), ErrNewer) {
			continue
		}
		if err := f.drop(old); err != nil {
			return err
		}
	}
	return nil
}
