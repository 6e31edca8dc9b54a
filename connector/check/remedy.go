package check

import (
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/grants"
)

// below is how any remedy speaks of a GRANT that stands below it.
const below = "GRANT below"

// refusedRead names the refusal of a read, and adds what a GRANT must give where the remedy is one. Not every refusal has one: a grant
// does not bind a catalog to this workspace, and brings back no table that was dropped.
func refusedRead(err error, at ID, needs []grants.Need) Result {
	result := failure(err, at)
	if f := result.Finding; f.Grantable() {
		f.needs = needs
	}
	return result
}

// settle gives a finding its text to copy. It is the one place that does, so that no remedy speaks of a GRANT below that is not there, and
// none is there that no remedy speaks of.
func (s *Subject) settle(f Finding) Finding {
	if strings.Contains(f.Remedy.Text, below) && f.Remedy.Copy == "" {
		f.Remedy.Copy = s.grantTo(f.needs)
	}
	if f.Remedy.Copy == "" {
		f.Remedy.Text = strings.NewReplacer(
			"run the GRANT below in a SQL editor", "grant what is missing", "run the GRANT below", "grant what is missing",
		).Replace(f.Remedy.Text)
	}
	f.needs = nil
	return f
}

// grantTo is the GRANT for the needs, as text to copy, or empty when the principal is not known.
func (s *Subject) grantTo(needs []grants.Need) string {
	to := s.Principal
	if to.Name.Raw() == "" && s.Workspace != nil {
		to.Name = s.Workspace.ClientID().Name()
	}
	script, err := grants.Script(needs, to)
	if err != nil {
		return ""
	}
	return script
}
