package saved

import (
	"fmt"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/admin"
	"github.com/draftt-io/draftt-databricks/connector/setup"
)

// What every face says of a rotation.
const (
	RotationAsks     = "Where does the new secret come from?"
	RotationByAdmin  = "An admin session makes it"
	RotationTyped    = "I type it"
	RotationSealed   = "One that an admin session makes is sealed here and never shown; for Draftt's dashboard, make one there and type it."
	RotationBreaks   = "The old secret goes on working until it is deleted, so nothing breaks while the new one is tested and saved."
	RotationTests    = "It is tested first. Only then it takes the place of the saved one."
	RotationTogether = "Saved connections that are switched together"
	RotationLeft     = "The last rotation switched to the new secret, and the old one is still there."

	OldSecretUnused  = "Nothing here uses the old secret any more. Whatever else does, Draftt too, stops working when it is deleted; kept, it still works."
	OldSecretKept    = "The old secret was kept and still works."
	OldSecretTheirs  = "The old one still works in Databricks until it is deleted there."
	OldSecretDeleted = "Deleted the old secret. Access tokens that were made with it end within the hour."
)

// ToOAuth is a connection that signs in with a personal access token, as one whose next secret is an OAuth secret. It returns a *connector.Error of
// kind connector.ErrInput where it has OAuth already, or where the token is that of a person, for whom no secret can be made.
func ToOAuth(c connector.Connection) (connector.Connection, error) {
	id, err := connector.ParseClientID(setup.PrincipalOf(c))
	switch {
	case c.Credentials.Method == connector.OAuth:
		return c, &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("%q signs in with an OAuth secret already.", c.Name), Remedy: "Leave --to-oauth out to give it a new one."}
	case err != nil:
		return c, &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("%q signs in with the token of a person, for whom no OAuth secret can be made.", c.Name),
			Remedy: "Have a service principal made with provision, and set the connection up again.",
		}
	}
	c.Credentials.Method, c.Credentials.ClientID = connector.OAuth, id
	return c, nil
}

// MovesToOAuth is the purpose of such a plan in the journal: it leaves no old secret for the next rotation to delete.
const MovesToOAuth = "move to OAuth"

// TokenStays says what becomes of the token after a connection moved to OAuth.
func TokenStays(c connector.Connection) string {
	return "The token still works. When it has fallen idle it can go:  draftt-databricks partners move-to-oauth " + setup.PrincipalOf(c)
}

// TestingNew says which connection is tested before it is switched.
func TestingNew(c connector.Connection) string {
	return fmt.Sprintf("Testing %q with the new secret", c.Name)
}

// Switched says that a connection has the new secret.
func Switched(c connector.Connection) string {
	return fmt.Sprintf("Switched %q to the new secret.", c.Name)
}

// NotSwitched says what becomes of a secret that an admin made and that no connection was switched to.
func NotSwitched(made admin.Outcome) string {
	return fmt.Sprintf("The new secret, %s, is in no saved connection. Running rotate again deletes it and makes another.", connector.CleanLine(made.SecretID, 64))
}
