package admin

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/authorization"
)

// Plan is what would be changed, in order. It changes nothing by itself: Confirmed and then Apply do.
type Plan struct {
	ID       string // of this plan, in the journal
	Purpose  string // "provision", "rotate", "retire secret" or "disconnect"; of tokens and passwords those of authorization_plan.go
	Name     string // what has to be typed to confirm it
	Host     connector.Host
	Target   Target
	Changes  []Change
	Kept     []string // what stays as it is although one might expect otherwise, each a line
	Secrets  []string // IDs of the OAuth secrets among what stays that no other saved connection is known to use
	Uses     []Use    // what else depends on what is changed
	Warnings []string // whole sentences

	// Authorization is what a plan about the permissions on tokens or passwords does; nil in any other.
	Authorization *authorization.Plan
	settings      *settingsPlan // of a plan about the settings of tokens
	counted       bool          // the name is how many tokens are deleted or stop working
}

// Counted reports whether the name to be typed is a number: how many tokens the plan deletes or stops.
func (p Plan) Counted() bool { return p.counted }

// Use is something else that depends on the service principal or on what a plan takes from it.
type Use struct {
	What   string // for example "owns schema sales.crm"
	Breaks bool   // it stops working when the plan is applied
}

// Empty reports whether everything is as it should be already.
func (p Plan) Empty() bool { return len(p.Changes) == 0 }

// Deleted lists what the plan deletes, for the column beside Kept.
func (p Plan) Deleted() []string {
	var out []string
	for _, c := range p.Changes {
		if c.Kind.deletes() {
			out = append(out, c.Object+": "+c.Before)
		}
	}
	return out
}

// Revoked lists the privileges that the plan takes away, each line with what they are on, which stays.
func (p Plan) Revoked() []string {
	var out []string
	for _, c := range p.Changes {
		if c.Kind == RemoveGrants {
			out = append(out, privilegeList(c.subject.needs)+" on "+c.Object)
		}
	}
	return out
}

// Confirmed is a plan that a person confirmed. Only Plan.Confirmed makes a usable one, and it keeps its own copy.
type Confirmed struct {
	plan  Plan
	typed bool
}

// Confirmed takes what the person typed, which must be the plan's name, give or take blanks around it. It returns an *connector.Error that is
// ErrNotConfirmed otherwise.
func (p Plan) Confirmed(typed string) (Confirmed, error) {
	if p.Name == "" || strings.TrimSpace(typed) != strings.TrimSpace(p.Name) {
		what := "name"
		if p.counted {
			what = "number"
		}
		return Confirmed{}, &connector.Error{
			Kind: ErrRefused,
			What: "The " + what + " does not match, so nothing was changed.", Cause: ErrNotConfirmed,
			Remedy: "Type " + connector.CleanLine(p.Name, 80) + " to confirm.",
		}
	}
	p.Changes = slices.Clone(p.Changes)
	return Confirmed{plan: p, typed: true}, nil
}

// Plan gives back what was confirmed, as a copy: Apply fills in requests while others look at theirs.
func (c Confirmed) Plan() Plan {
	p := c.plan
	p.Changes = slices.Clone(p.Changes)
	return p
}

// newPlan gives a plan its id.
func (s *Session) newPlan(purpose string, target Target) Plan {
	id := make([]byte, 8)
	_, _ = rand.Read(id) // it never fails: the program ends before it would
	return Plan{ID: hex.EncodeToString(id), Purpose: purpose, Host: s.host, Target: target}
}

// add puts changes into the plan and writes out the request of each.
func (p *Plan) add(changes ...Change) error {
	for _, c := range changes {
		request, err := c.request(p.Target)
		if err != nil {
			return err
		}
		c.Request = request
		p.Changes = append(p.Changes, c)
	}
	return nil
}

func (p *Plan) warn(format string, args ...any) {
	p.Warnings = append(p.Warnings, fmt.Sprintf(format, args...))
}
