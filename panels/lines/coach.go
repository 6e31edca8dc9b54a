package lines

import (
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Coach says what a guided demo has to say before a step or screen of this title.
func Coach(on prompt.Asker, env setup.Environment, title string) {
	if env.Demo == nil || env.Demo.Coach == nil {
		return
	}
	if line := env.Demo.Coach.CoachedLine(title); line != "" {
		on.Say("%s", line)
	}
}
