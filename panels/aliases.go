package panels

import (
	"sync"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Aliases let the terminal kit show those of the engine while the screen is shared.
func Aliases() *ui.Aliases {
	return &ui.Aliases{
		Sharing: connector.Sharing, Share: Share, Text: connector.ShownText,
		Name: connector.Known().Name,
		Value: func(text string) string {
			return connector.Shown(connector.KindValue, text)
		},
	}
}

// Share turns share mode on or off for the whole process.
func Share(on bool) {
	if on {
		ownSentences()
	}
	connector.Share(on)
}

// ownSentences has no name that a workspace gives be seen in a sentence of ours. It is put off until a screen is shared, because the table of
// causes takes milliseconds to read.
var ownSentences = sync.OnceFunc(func() {
	connector.Known().Own(setup.OwnSentences()...)
	for _, rule := range lint.Rules() {
		connector.Known().Own(rule.Text)
	}
	for _, cause := range check.Causes() {
		connector.Known().Own(cause.Reason, cause.Remedy, cause.Here)
	}
})
