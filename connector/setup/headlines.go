package setup

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/breadth"
)

// Headline is what a step is called at its top, and what it is for.
type Headline struct{ Title, Purpose string }

var headlines = map[Index]Headline{
	Connect:   {"Connect to your workspace", "Draftt signs in as a service principal, and only reads."},
	Warehouse: {"Select your SQL warehouse", "Draftt runs its queries here. It needs CAN_USE, nothing more."},
	Namespace: {"Choose the catalog and schema that hold your inventory", "Draftt reads what you choose there."},
	Review:    {"Review and save", "The secret is sealed and not shown again."},
}

// HeadlineOf is that of a step before the fourth, or of the last. The first says which saved connection is changed, where one is.
func (s *Setup) HeadlineOf(step Index) Headline {
	head := headlines[step]
	if step == Connect && s.editing.ID != "" {
		head.Title = fmt.Sprintf("Edit %q", connector.CleanLine(s.editing.Name, 80))
	}
	return head
}

// Stays says in half a sentence what leaving does to the saved connection that is changed. It is empty where a new one is set up.
func (s *Setup) Stays() string {
	if s.editing.ID == "" {
		return ""
	}
	return fmt.Sprintf("%q stays as it is", connector.CleanLine(s.editing.Name, 80))
}

// AccessHeadline is that of the fourth step.
func AccessHeadline(schema connector.SchemaName) Headline {
	return Headline{fmt.Sprintf("Choose what Draftt may read in %s", schema), "It is read once now, to prove that it can be."}
}

// LooksLikeInventory is said of a table whose columns are those of an inventory.
const LooksLikeInventory = "looks like inventory"

// OwnSentences are those with words in them that people call a catalog, a schema or a table by: they are ours wherever they stand.
func OwnSentences() []string {
	own := []string{LooksLikeInventory, breadth.NotNeeded, breadth.SavedAnyway}
	for _, head := range headlines {
		own = append(own, head.Title, head.Purpose)
	}
	return own
}

// PATReason is why OAuth is the default.
const PATReason = "A token ends with the account that it was made for, so OAuth is recommended."

// SecretAskedAgain is what becomes of the one answer that is never kept.
const SecretAskedAgain = "the secret is asked for again"
