package model

import (
	"crypto/sha256"
	"errors"
)

// ErrSignIn is returned for a client ID and secret, or a token, that do not belong together or to anybody. It does not say which of the
// two was wrong; neither does Databricks.
var ErrSignIn = errors.New("client authentication failed")

// fingerprint is all the world keeps of a secret.
type fingerprint [sha256.Size]byte

// AddSecret lets the service principal with this application ID sign in with secret. A principal may have several.
func (w *World) AddSecret(applicationID string, secret []byte) {
	w.addCredential(w.secrets, applicationID, secret)
}

// AddToken lets token be used as a personal access token of the named principal.
func (w *World) AddToken(principal string, token []byte) { w.addCredential(w.tokens, principal, token) }

func (w *World) addCredential(to map[fingerprint]string, principal string, value []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	to[sha256.Sum256(value)] = principal
}

// SignIn gives the service principal that clientID and secret belong to, or ErrSignIn.
func (w *World) SignIn(clientID string, secret []byte) (*Principal, error) {
	p, err := w.holder(w.secrets, secret)
	if err != nil || p.Name != clientID {
		return nil, ErrSignIn
	}
	return p, nil
}

// TokenHolder gives the principal that a personal access token belongs to, or ErrSignIn.
func (w *World) TokenHolder(token []byte) (*Principal, error) { return w.holder(w.tokens, token) }

// holder looks the value up by its digest, so how long the look-up takes tells nothing about the value.
func (w *World) holder(in map[fingerprint]string, value []byte) (*Principal, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	name, ok := in[sha256.Sum256(value)]
	if !ok {
		return nil, ErrSignIn
	}
	p, ok := w.principal(name)
	if !ok {
		return nil, ErrSignIn
	}
	return p, nil
}
