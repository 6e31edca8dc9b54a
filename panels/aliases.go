package panels

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/lint"
	"github.com/draftt-io/draftt-databricks/connector/setup"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Aliases let the terminal kit show those of the engine while the screen is shared.
func Aliases() *ui.Aliases {
	connector.Known().Own(setup.OwnSentences()...)
	for _, rule := range lint.Rules() {
		connector.Known().Own(rule.Text)
	}
	for _, cause := range check.Causes() {
		connector.Known().Own(cause.Reason, cause.Remedy, cause.Here)
	}
	return &ui.Aliases{
		Sharing: connector.Sharing, Share: connector.Share, Text: connector.ShownText,
		Name: connector.Known().Name,
		Value: func(text string) string {
			return connector.Shown(connector.KindValue, text)
		},
	}
}
