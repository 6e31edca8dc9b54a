package report

import "github.com/draftt-io/draftt-databricks/connector/check"

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
