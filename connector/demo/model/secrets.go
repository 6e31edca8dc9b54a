package model

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
)

// ErrSignIn is returned for a client ID and secret, or a token, that do not belong together or to anybody. It does not say which of the
// two was wrong; neither does Databricks.
var ErrSignIn = errors.New("client authentication failed")

// Limits of OAuth secrets, as documented for service principals.
const (
	MaxSecrets    = 5
	MaxSecretLife = 730 * 24 * time.Hour // also the life of a secret that is not given one
)

// fingerprint is all the world keeps of a secret.
type fingerprint [sha256.Size]byte

// Secret is what is known of an OAuth secret once its value was shown.
type Secret struct {
	ID               string
	Owner            string // application ID
	Hash             string // of the value, as listings show it
	Created, Expires time.Time
}

// Status is the status of the REST API at that time.
func (s Secret) Status(now time.Time) string {
	if now.Before(s.Expires) {
		return "ACTIVE"
	}
	return "EXPIRED"
}

// NewSecretValue makes a value in the form of a Databricks OAuth secret.
func NewSecretValue() []byte { return []byte("dose" + randomHex()) }

func randomHex() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // it never fails: the program ends before it would
	return hex.EncodeToString(b)
}

// AddSecret lets the service principal with this application ID sign in with secret, for as long as secrets last. A principal may have
// several.
func (w *World) AddSecret(applicationID string, secret []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addSecret(applicationID, secret, w.clock.Now(), MaxSecretLife)
}

// AddSecretFor is AddSecret for a secret with so much of its life left, which is negative for one that has expired.
func (w *World) AddSecretFor(applicationID string, secret []byte, left time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addSecret(applicationID, secret, w.clock.Now(), left)
}

// PresetSecret is AddSecret for a secret that was made before the world began. It lasts as long as others do, from then on.
func (w *World) PresetSecret(applicationID string, secret []byte, made time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.addSecret(applicationID, secret, made, MaxSecretLife)
}

func (w *World) addSecret(owner string, value []byte, made time.Time, life time.Duration) *Secret {
	digest := fingerprint(sha256.Sum256(value))
	s := &Secret{ID: uuid.NewString(), Owner: owner, Hash: hex.EncodeToString(digest[:]), Created: made, Expires: made.Add(life)}
	w.secrets[digest] = s
	return s
}

// SignIn gives the service principal that clientID and secret belong to, or ErrSignIn, also when the secret has expired.
func (w *World) SignIn(clientID string, secret []byte) (*Principal, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	// The look-up is by digest, so how long it takes tells nothing about the value.
	s, ok := w.secrets[sha256.Sum256(secret)]
	if !ok || !w.clock.Now().Before(s.Expires) {
		return nil, ErrSignIn
	}
	p, ok := w.principal(s.Owner)
	if !ok || p.Name != clientID {
		return nil, ErrSignIn
	}
	return p, nil
}

// CreateSecret makes an OAuth secret for the service principal with this SCIM id and gives its value, which nobody gets a second time.
// A life of 0 means MaxSecretLife. It takes an admin of the
// place, or its manager. Errors are *Error: no such principal, a life out of range, too many secrets.
func (d Directory) CreateSecret(by *Principal, id string, life time.Duration) (Secret, []byte, error) {
	w := d.world
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := d.servicePrincipal(by, id)
	if err != nil {
		return Secret{}, nil, err
	}
	if life == 0 {
		life = MaxSecretLife
	}
	if life < 0 || life > MaxSecretLife {
		return Secret{}, nil, invalidParameter("The lifetime of a secret must be between 1 second and %d seconds.", int(MaxSecretLife.Seconds()))
	}
	if len(w.secretsOf(p)) >= MaxSecrets {
		return Secret{}, nil, &Error{
			Code: "QUOTA_EXCEEDED", Status: http.StatusBadRequest,
			Message: fmt.Sprintf("Service principal %s has the maximum number of secrets, %d.", id, MaxSecrets),
		}
	}
	value := NewSecretValue()
	return *w.addSecret(p.Name, value, w.clock.Now(), life), value, nil
}

// Secrets lists the OAuth secrets of the service principal with this SCIM id, oldest first. It takes who may make them.
func (d Directory) Secrets(by *Principal, id string) ([]Secret, error) {
	w := d.world
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, err := d.servicePrincipal(by, id)
	if err != nil {
		return nil, err
	}
	return w.secretsOf(p), nil
}

// DeleteSecret ends an OAuth secret. It takes who may make them. Access tokens made with it stay good for their hour.
func (d Directory) DeleteSecret(by *Principal, id, secretID string) error {
	w := d.world
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := d.servicePrincipal(by, id)
	if err != nil {
		return err
	}
	for digest, s := range w.secrets {
		if s.ID == secretID && s.Owner == p.Name {
			delete(w.secrets, digest)
			return nil
		}
	}
	return noResource("Secret %s does not exist.", secretID)
}

func (w *World) secretsOf(p *Principal) []Secret {
	var out []Secret
	for _, s := range w.secrets {
		if s.Owner == p.Name {
			out = append(out, *s)
		}
	}
	slices.SortFunc(out, func(a, b Secret) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
	return out
}

// servicePrincipal finds whose secrets are asked for. Who manages a service principal has its secrets without being an admin, as documented.
func (d Directory) servicePrincipal(by *Principal, id string) (*Principal, error) {
	p, ok := d.world.byID(ServicePrincipal, id)
	ok = ok && d.sees(p)
	if ok && d.world.manages(by, p) {
		return p, nil
	}
	if err := d.checkAdmin(by); err != nil {
		return nil, err
	}
	if !ok {
		return nil, noResource("Service principal %s does not exist.", id)
	}
	return p, nil
}
