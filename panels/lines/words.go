package lines

import (
	"github.com/draftt-io/draftt-databricks/connector/glossary"
	"github.com/draftt-io/draftt-databricks/panels"
	"github.com/draftt-io/draftt-databricks/ui/prompt"
)

// Words says what the words mean that were said last, those that the glossary knows.
func Words(a prompt.Asker) {
	words := panels.WordsOn(a.Heard())
	if len(words) == 0 {
		return
	}
	a.Say("%s", glossary.WordsHeard)
	for _, w := range words {
		a.Say("%s", w.Line())
	}
	a.Say("%s", glossary.AllOfThem)
}
