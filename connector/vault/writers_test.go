package vault

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
)

// The parts of the processes that write until they are killed, or all at once.

// writer is one that remembers what it saved, so that nearly all of its time is saving.
type writer struct {
	v           *Vault
	connections map[string]connector.Connection
	drafts      map[string]Draft
}

// writeForEver creates, changes, finishes and deletes connections and drafts until it is killed. After each step it says what it did:
// create ID, change ID COUNT, delete ID. A draft that is finished is a change, because the connection has its ID.
func writeForEver(ctx context.Context, v *Vault) error {
	if err := v.Unlock(ctx, Keys{KeyFile: os.Getenv(keyVariable)}); err != nil {
		return err
	}
	all, broken, err := v.List(ctx)
	waiting, torn, failed := v.Drafts(ctx)
	if err := errors.Join(err, failed); err != nil || len(broken)+len(torn) > 0 {
		return fmt.Errorf("list: %w, damaged: %v %v", err, broken, torn)
	}
	w := writer{v, map[string]connector.Connection{}, map[string]Draft{}}
	for _, c := range all {
		w.connections[c.ID] = c
	}
	for _, d := range waiting {
		w.drafts[d.ID] = d
	}
	for err == nil {
		err = w.step(ctx)
	}
	return err
}

// step does what there is room for, by chance.
func (w *writer) step(ctx context.Context) error {
	chance := rand.IntN(10)
	switch {
	case len(w.connections) < 3:
		return w.keep("create", 0)(w.v.Save(ctx, bare("writer "+randomID(), 0)))
	case len(w.drafts) < 2:
		return w.keepDraft("create", 0)(w.v.SaveDraft(ctx, Draft{Step: "access", Answers: []byte("0")}))
	case len(w.connections) > 6 || chance == 0:
		id := anyOf(w.connections)
		delete(w.connections, id)
		return say("delete "+id, w.v.Delete(ctx, id))
	case chance == 1:
		id := anyOf(w.drafts)
		delete(w.drafts, id)
		return say("delete "+id, w.v.DeleteDraft(ctx, id))
	case chance == 2:
		d := w.drafts[anyOf(w.drafts)]
		delete(w.drafts, d.ID)
		return w.keep("change", draftCount(d)+1)(w.v.Finish(ctx, d.ID, bare("finished "+d.ID, draftCount(d)+1)))
	case chance < 5:
		d := w.drafts[anyOf(w.drafts)]
		d.Answers = []byte(strconv.Itoa(draftCount(d) + 1))
		return w.keepDraft("change", draftCount(d))(w.v.SaveDraft(ctx, d))
	}
	c := w.connections[anyOf(w.connections)]
	proof := connector.Proof{At: time.Now(), Summary: strconv.Itoa(count(c) + 1)}
	said := w.keep("change", count(c)+1)
	switch chance {
	case 5:
		return said(w.v.Save(ctx, withSecret(c, secretText+proof.Summary, proof)))
	case 6:
		return said(w.v.Verified(ctx, c, proof))
	}
	c.Proof = proof
	return said(w.v.Save(ctx, c))
}

func (w *writer) keep(what string, count int) func(connector.Connection, error) error {
	return func(c connector.Connection, err error) error {
		w.connections[c.ID] = c
		return say(fmt.Sprint(what, " ", c.ID, " ", count), err)
	}
}

func (w *writer) keepDraft(what string, count int) func(Draft, error) error {
	return func(d Draft, err error) error {
		w.drafts[d.ID] = d
		return say(fmt.Sprint(what, " ", d.ID, " ", count), err)
	}
}

// say acknowledges a step that was done.
func say(what string, err error) error {
	if err == nil {
		fmt.Println(what)
	}
	return err
}

func anyOf[T any](of map[string]T) string {
	ids := slices.Collect(maps.Keys(of))
	return ids[rand.IntN(len(ids))]
}

func draftCount(d Draft) int {
	n, err := strconv.Atoi(string(d.Answers))
	if err != nil {
		return -1
	}
	return n
}

// counted is how often each process adds to the one counter; all collide there, so the effort grows with the square of the processes.
const counted = 4

// shareTheVault saves new connections, tries for one name that all want, and adds to one counter, with other processes doing the same.
func shareTheVault(ctx context.Context, v *Vault) error {
	if err := v.Unlock(ctx, Keys{KeyFile: os.Getenv(keyVariable)}); err != nil {
		return err
	}
	counter, err := v.Load(ctx, "Counter")
	if err != nil {
		return err
	}
	p := &patient{v: v}
	for i := range *saves {
		if err := p.save(ctx, bare(fmt.Sprintf("%s %d", os.Getenv(nameVariable), i), i)); err != nil {
			return err
		}
		if err := p.save(ctx, bare(fmt.Sprintf("Wanted %d", i), 0)); err == nil {
			fmt.Println("won", i)
		} else if !errors.Is(err, ErrNameTaken) {
			return err
		}
		if i >= counted {
			continue
		}
		if err := p.addOne(ctx, counter.ID); err != nil {
			return err
		}
	}
	fmt.Println("waited", p.slowest.Milliseconds())
	return nil
}

// patient waits for the other processes, and knows how long that took at most.
type patient struct {
	v       *Vault
	slowest time.Duration
}

func (p *patient) save(ctx context.Context, c connector.Connection) error {
	before := time.Now()
	_, err := p.v.Save(ctx, c)
	p.slowest = max(p.slowest, time.Since(before))
	return err
}

// addOne tries again for as long as somebody else was faster.
func (p *patient) addOne(ctx context.Context, id string) error {
	for {
		c, err := p.v.Load(ctx, id)
		if err != nil {
			return err
		}
		c.Proof.Summary = strconv.Itoa(count(c) + 1)
		if err = p.save(ctx, c); !errors.Is(err, ErrChangedElsewhere) {
			return err
		}
	}
}
