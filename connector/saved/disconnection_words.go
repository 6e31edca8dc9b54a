package saved

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
)

// DisconnectionLevel is how far a disconnection goes.
type DisconnectionLevel struct {
	Level admin.Level
	Name  string // one word, which the command line takes
	Does  string // what it does beyond the level before it
	Brief string // the same, for a list that is narrow
}

// DisconnectionLevels are all levels, each including those before it.
var DisconnectionLevels = []DisconnectionLevel{
	{admin.LocalOnly, "local", "delete the saved connection on this machine; nothing changes in Databricks", "this machine alone"},
	{admin.RevokeGrants, "grants", "revoke the privileges that no other saved connection needs", "and revoke its grants"},
	{admin.RevokeSecret, "secret", "delete its OAuth secret", "and delete its secret"},
	{admin.DeleteThePrincipal, "principal", "delete the service principal", "and delete the principal"},
}

// Section is a part of a plan under a title of its own.
type Section struct {
	Title string
	Lines []string
}

// Ending is what to know of a plan before it is confirmed. Those besides Deleted and Kept may be empty.
type Ending struct {
	Deleted, Revoked, Kept Section
	Uses                   Section // what else depends on it
	Again                  Section // what it takes to connect again
	Requests               Section
}

// Ending is what to know of a plan.
func (d *Disconnection) Ending(plan admin.Plan) Ending {
	return Ending{
		Deleted:  Section{"Will be deleted", d.Deleted(plan)},
		Revoked:  Section{"Will be revoked", plan.Revoked()},
		Kept:     Section{"Will be kept", plan.Kept},
		Requests: Section{"Requests", requestLines(plan)},
		Uses:     UsesOf(plan),
		Again:    Section{"To connect again it takes", admin.Reconnect(d.saved)},
	}
}

// Lines are the sections of a plan as text, with its warnings: first what is lost, and last how it is done.
func (d *Disconnection) Lines(plan admin.Plan) []string {
	var out []string
	end := d.Ending(plan)
	for _, section := range []Section{end.Deleted, end.Revoked, end.Kept, end.Uses, end.Again, end.Requests} {
		if len(section.Lines) == 0 {
			continue
		}
		if len(out) > 0 {
			out = append(out, "")
		}
		out = append(out, section.Title)
		for _, line := range section.Lines {
			out = append(out, "- "+connector.CleanLine(line, 600))
		}
	}
	for _, warning := range plan.Warnings {
		out = append(out, "", "! "+warning)
	}
	return out
}

// secretsLeft says which secrets a principal can still sign in with, such as one that a rotation replaced, and where they are deleted.
func secretsLeft(principal string, ids []string) string {
	return fmt.Sprintf("Still good to sign in with: OAuth secret %s. Delete what nothing uses under Service principals › %s › Secrets.",
		connector.CleanLine(strings.Join(ids, ", "), 300), principal)
}

// UsesOf is what else depends on what a plan changes.
func UsesOf(plan admin.Plan) Section {
	section := Section{Title: "Also depends on it"}
	for _, use := range plan.Uses {
		text := use.What
		if use.Breaks {
			text += "  (stops working)"
		}
		section.Lines = append(section.Lines, text)
	}
	return section
}

func requestLines(plan admin.Plan) (lines []string) {
	for _, change := range plan.Changes {
		lines = append(lines, strings.Join(change.Request.Lines(), " "))
	}
	return lines
}
