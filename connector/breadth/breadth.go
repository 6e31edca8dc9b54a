// Package breadth is what a principal may do beyond what Draftt needs: one verdict over everything that was seen of it, in words that every
// face shows. The ladder looks at what was chosen, a certificate at everything else; neither is judged without the other.
package breadth

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/audit"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// Breadth is what a principal may do beyond the choice, as far as it was seen.
type Breadth struct {
	Writes []grants.Extra // what lets it change something
	Reads  []grants.Extra // what lets it read or use more
	Unseen []string       // what could not be looked at, by a look at everything

	elsewhere []grants.Extra // those of Writes that a look at the choice does not show
	whole     bool           // everything was looked at, and seen
	seenAt    time.Time      // when somebody looked at everything whose verdict counts; zero: nobody
	seenBy    string         // the admin who did; empty: the connector itself
	looked    bool           // something was looked at
	why       string         // what the look at the choice came to
	told      int            // how many of Reads that names
}

// Of is the verdict over the results of a walk, which looks at the chosen objects, and over a certificate, nil where there is none.
func Of(results []check.Result, c *audit.Certificate, chosen []grants.Object) Breadth {
	var b Breadth
	if r, seen := check.ReadOnlyResult(results); seen {
		b.looked, b.why = true, r.Evidence
		b.take(r.Beyond)
		b.told = len(b.Reads)
		if r.State == check.Failed && !b.CanWrite() { // whatever failed it
			b.take([]grants.Extra{{What: strings.TrimSuffix(r.Finding.Reason, "."), Writes: true, Revoke: r.Finding.Remedy.Text}})
		}
	}
	if c != nil {
		b.looked, b.Unseen = true, c.Unseen
		b.whole = c.Verdict == audit.Exact || c.Verdict == audit.Broader
		if c.Verdict != audit.Unknown {
			b.seenAt, b.seenBy = c.At, c.LookedBy
		}
		b.take(c.Extras)
		if b.why == "" && c.LookedBy == "" {
			b.why = grants.NoWrite + grants.BySelf
		}
	}
	for _, e := range b.Writes {
		if !slices.ContainsFunc(chosen, e.Concerns) && !e.Rules() {
			b.elsewhere = append(b.elsewhere, e)
		}
	}
	return b
}

// take adds what is not known yet. The same thing may be described with another source by whoever sees more.
func (b *Breadth) take(extras []grants.Extra) {
	for _, e := range extras {
		same := func(have grants.Extra) bool { return have.What == e.What && have.Revoke == e.Revoke }
		switch {
		case slices.ContainsFunc(b.Writes, same), slices.ContainsFunc(b.Reads, same):
		case !e.Writes:
			b.Reads = append(b.Reads, e)
		default:
			b.Writes = append(b.Writes, e)
		}
	}
}

// CanWrite reports whether something was seen that lets it change anything.
func (b Breadth) CanWrite() bool { return len(b.Writes) > 0 }

// Certain reports whether everything was looked at, and nothing was seen that can write. What the connector sees of itself is never all.
func (b Breadth) Certain() bool { return !b.CanWrite() && b.whole }

// Takes are the privileges that an admin session can take away: what was given to the principal itself.
func (b Breadth) Takes() []grants.Need {
	var out []grants.Need
	for _, e := range b.Writes {
		if e.Takes != nil {
			out = append(out, *e.Takes)
		}
	}
	return out
}

// Accepted remembers what a person agreed to, so that anything that is seen later is asked about again.
func (b Breadth) Accepted(by string) Accepted {
	a := Accepted{by: by}
	for _, e := range b.Writes {
		a.what = append(a.what, e.What+" "+e.Revoke)
	}
	return a
}

// Accepted is what a person agreed to save although it can write. The zero value is nothing.
type Accepted struct {
	by   string
	what []string
}

// Covers reports whether everything of a breadth was agreed to, for the same principal.
func (a Accepted) Covers(b Breadth, by string) bool {
	return !slices.ContainsFunc(b.Writes, func(e grants.Extra) bool { return a.by != by || !slices.Contains(a.what, e.What+" "+e.Revoke) })
}

// Into is a verdict with what is known of what the principal may do beyond reading.
func (b Breadth) Into(p connector.Proof) connector.Proof {
	p.Broader, p.ReadOnly, p.Elsewhere = b.CanWrite(), b.Rights(), b.Elsewhere()
	p.SeenAt, p.SeenBy = b.seenAt, b.seenBy
	return p
}

// Over is the verdict of a saved connection with what a certificate alone found, and whether that is news. One that could not see everything
// takes nothing back; it says what else is held, or no more, where nobody had seen everything.
func (b Breadth) Over(p connector.Proof) (connector.Proof, bool) {
	switch {
	case p.At.IsZero():
		return p, false
	case !b.seenAt.IsZero():
		return b.Into(p), true
	case p.Broader, !p.SeenAt.IsZero(), !strings.HasPrefix(p.ReadOnly, grants.NoWrite), p.ReadOnly == b.Rights():
		return p, false
	}
	p.ReadOnly = b.Rights()
	return p, true
}

// Remember is the verdict of a test with what it does not look at. What was last seen by somebody who sees everything stays, with when and by
// whom: what the principal could change elsewhere, and that it could only read. It is older than the grants, and goes, where the test sees
// that it can write now, or that what could write is gone. What a look that did not see everything found besides stays as long as the test sees
// what it saw then.
func Remember(p, before connector.Proof) connector.Proof {
	switch p.Elsewhere = before.Elsewhere; {
	case p.Broader:
	case p.Elsewhere != "":
		p.Broader, p.ReadOnly, p.SeenAt, p.SeenBy = true, canWrite(p.Elsewhere), before.SeenAt, before.SeenBy
	case !before.Broader && !before.SeenAt.IsZero():
		p.ReadOnly, p.SeenAt, p.SeenBy = before.ReadOnly, before.SeenAt, before.SeenBy
	case before.SeenAt.IsZero() && strings.HasPrefix(before.ReadOnly, p.ReadOnly):
		p.ReadOnly = before.ReadOnly
	}
	return p
}

// ErrCanWrite is the kind of an error of saving a connection whose principal can write, which nobody agreed to.
var ErrCanWrite = errors.New("the principal can write")

// Refusal is the *connector.Error of saving what nobody agreed to.
func (b Breadth) Refusal() error {
	return &connector.Error{Kind: ErrCanWrite, What: "The principal " + b.Sentence() + ".", Remedy: "Take it away, or agree to it."}
}

// Agreed judges what a person typed to save a connection although its principal can write. The error is of kind ErrCanWrite.
func Agreed(typed string) error {
	if strings.TrimSpace(typed) == AcceptWord {
		return nil
	}
	return &connector.Error{Kind: ErrCanWrite, What: "Nothing was saved.", Remedy: "Type " + AcceptWord + " to save it although it can write."}
}
