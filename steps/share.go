package steps

import (
	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/ui"
)

// Headlines and what they are for, which both the wizard and the plain face say.
const (
	connectPurpose      = "Draftt signs in as a service principal that can only read."
	chooseSchemaTitle   = "Choose the catalog and schema that hold your inventory"
	chooseSchemaPurpose = "Draftt sees nothing outside them."
)

// ownSentences are headlines with words in them that people call a catalog, a schema or a table by.
var ownSentences = []string{chooseSchemaTitle, chooseSchemaPurpose, connectPurpose}

// Aliases let the terminal kit show those of the engine while the screen is shared.
func Aliases() *ui.Aliases {
	connector.Known().Own(ownSentences...)
	return &ui.Aliases{
		Sharing: connector.Sharing, Share: connector.Share, Text: connector.ShownText,
		Name: connector.Known().Name,
		Value: func(text string) string {
			return connector.Shown(connector.KindValue, text)
		},
	}
}
