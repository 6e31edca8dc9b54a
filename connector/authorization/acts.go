package authorization

import "fmt"

// Act is something that is refused to who is no workspace admin, as a sentence begins with it.
type Act struct {
	doing string
	least Level // that it takes by the documented table; NoPermissions where it takes a workspace admin without being a task there
}

// The acts that have no other object.
var (
	ListAll         = Act{"Listing everybody's tokens", CanManage}
	RevokeAny       = Act{"Revoking somebody else's token", CanManage}
	CreateOnBehalf  = Act{doing: "Making a token on behalf of a service principal"}
	SeeSettings     = Act{doing: "Seeing the settings of tokens"}
	ChangeSettings  = Act{doing: "Changing the settings of tokens"}
	onPermissionsOf = map[Object]string{Tokens: "token permissions", Passwords: "password permissions"}
)

// Reading is to read the list of an object.
func Reading(o Object) Act { return onPermissions("Reading", o) }

// Changing is to change the list of an object.
func Changing(o Object) Act { return onPermissions("Changing", o) }

func onPermissions(doing string, o Object) Act {
	act := Act{doing: doing + " " + onPermissionsOf[o]}
	if o == Tokens { // passwords have no Can Manage
		act.least = CanManage
	}
	return act
}

// Refused says why an act is refused to somebody: a sentence.
func (a Act) Refused(who string) string {
	if a.least == NoPermissions {
		return fmt.Sprintf("%s takes a workspace admin, and %s is none.", a.doing, who)
	}
	return fmt.Sprintf("%s takes %s, and %s is no workspace admin.", a.doing, a.least, who)
}
