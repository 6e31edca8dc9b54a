package password

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// State is what a workspace has of passwords.
type State uint8

// The states. In one that is Ended the permissions can be configured and no password lets anybody in any more; one with Unified login has no such
// permissions; in one that is Legacy a password lets in whoever the permissions let use it.
const (
	Ended State = iota
	Unified
	Legacy
)

// Door is how a workspace deals with passwords. It is safe for concurrent use.
type Door struct {
	world *model.World
	state State
	admin string // who is shown the list of permissions
	seed  []byte
}

// New gives the door of a workspace. admin is the name of a workspace admin.
func New(world *model.World, state State, admin string) *Door {
	d := &Door{world: world, state: state, admin: admin, seed: make([]byte, sha256.Size)}
	_, _ = rand.Read(d.seed) // it never fails: the program ends before it would
	return d
}

// Of is the password of a user. Everybody has one, made for this run alone.
func (d *Door) Of(user string) []byte {
	mac := hmac.New(sha256.New, d.seed)
	_, _ = mac.Write([]byte(strings.ToLower(user)))
	return []byte(hex.EncodeToString(mac.Sum(nil)[:12]))
}

// Users are those whom a password may let in.
func (d *Door) Users() (names []string) {
	if d.state != Legacy {
		return nil
	}
	for _, p := range d.world.InWorkspace().List(model.User) {
		names = append(names, p.Name)
	}
	return names
}

// Answer tells who a request of the API is from, where the user name and the password that it carries let somebody in. Why they do not is not told.
func (d *Door) Answer(r *http.Request) (*model.Principal, bool) {
	user, password, given := r.BasicAuth()
	if !given {
		return nil, false
	}
	return d.lets(user, password)
}

func (d *Door) lets(user, password string) (*model.Principal, bool) {
	p, known := d.world.Principal(user)
	right := hmac.Equal([]byte(password), d.Of(user))
	if d.state != Legacy || !known || p.Kind != model.User || !right || !d.permitted(p) {
		return nil, false
	}
	return p, true
}

// permitted reports whether the list names somebody or a group of theirs. A workspace admin has what is on the list, and nothing besides.
func (d *Door) permitted(p *model.Principal) bool {
	admin, known := d.world.Principal(d.admin)
	if !known {
		return false
	}
	list, err := d.world.AccessList(admin, model.Controlled{Kind: model.PasswordAccess})
	if err != nil {
		return false
	}
	names := []string{p.Name, model.AccountUsers}
	for _, group := range d.world.Groups(p) {
		names = append(names, group.Name)
	}
	return slices.ContainsFunc(list, func(e model.AccessEntry) bool {
		return e.Level >= model.CanUse && slices.Contains(names, e.Principal.Name)
	})
}
