package report

import (
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/ui/console"
)

// Explanation is what an error means. Names are what the text
// names, by kind; Also are other causes that fit as well.
type Explanation struct {
	Stage      string            `json:"stage"`
	Name       string            `json:"name"`
	Cause      string            `json:"cause"`
	Reason     string            `json:"reason"`
	Remedy     string            `json:"remedy"`
	Copy       string            `json:"copy,omitempty"`
	Names      map[string]string `json:"names,omitempty"`
	Also       []AlsoPossible    `json:"also,omitempty"`
	Confidence string            `json:"confidence"`
	Pattern    string            `json:"pattern"`
	Matched    string            `json:"matched"`
}

// AlsoPossible is another cause that fits.
type AlsoPossible struct {
	Cause   string `json:"cause"`
	Pattern string `json:"pattern"`
	Look    string `json:"look"`
}

// OfExplanation is an explanation.
func OfExplanation(e check.Explanation) Explanation {
	made := Explanation{
		Stage: string(e.Stage), Name: e.Name, Cause: string(e.Cause), Reason: e.Reason, Remedy: e.Remedy.Text, Copy: e.Remedy.Copy,
		Confidence: string(e.Confidence), Pattern: e.Pattern, Matched: e.Matched,
	}
	for _, name := range e.Names {
		if made.Names == nil {
			made.Names = map[string]string{}
		}
		made.Names[string(name.Kind)] = name.Value
	}
	for _, also := range e.Also {
		made.Also = append(made.Also, AlsoPossible{string(also.Cause), also.Pattern, also.Look})
	}
	return made
}

// ExplanationText is an explanation for people, in a style and with prose broken into lines.
func ExplanationText(e check.Explanation, style console.Style, prose func(string) string) string {
	if e.Cause == check.NotKnown {
		return style.Title("Unknown") + "\n" + prose(e.Reason) + "\n" + prose("Next: "+e.Remedy.Text)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s %s, %s)\n%s\n%s\n", style.Bad(string(e.Cause)), e.Stage, e.Name, e.Confidence, prose(e.Reason), prose("Next: "+e.Remedy.Text))
	if e.Remedy.Copy != "" {
		fmt.Fprintf(&b, "\n%s\n", e.Remedy.Copy)
	}
	for _, also := range e.Also {
		fmt.Fprintf(&b, "\nAlso possible: %s (%s)\n%s\n", also.Cause, also.Pattern, prose(also.Look))
	}
	fmt.Fprintf(&b, "\nSeen: %s (%s)", e.Matched, e.Pattern)
	return b.String()
}
