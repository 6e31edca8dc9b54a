package model

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"sync/atomic"
	"time"
)

// maxTokens is how many tokens one principal may have.
const maxTokens = 600

// Token is what is known of a personal access token once its value was shown.
type Token struct {
	ID               string
	Owner, CreatedBy string // names of principals; an admin may have made the token for a service principal
	Comment          string
	Created, Expires time.Time // Expires is zero for a token that does not expire

	lastUsed *atomic.Int64 // Unix seconds, 0 when it was never used
}

// LastUsed is when the token last let somebody in; zero when it never did.
func (t Token) LastUsed() time.Time {
	if s := t.lastUsed.Load(); s != 0 {
		return time.Unix(s, 0)
	}
	return time.Time{}
}

// UsedAt is the token as one that let somebody in at that time, before the world began.
func (t Token) UsedAt(at time.Time) Token {
	t.lastUsed = new(atomic.Int64)
	t.lastUsed.Store(at.Unix())
	return t
}

// NewTokenValue makes a value in the form of a personal access token on Azure.
func NewTokenValue() []byte { return []byte("dapi" + randomHex() + "-2") }

// AddToken lets token be used as a personal access token of the named principal, which is permitted to use tokens if it is not yet. It
// does not expire.
func (w *World) AddToken(principal string, token []byte) {
	w.AllowTokens(principal)
	w.PresetToken(Token{Owner: principal, CreatedBy: principal}, token)
}

// AllowTokens permits the named principal to use tokens if it is not permitted yet.
func (w *World) AllowTokens(principal string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p, ok := w.principal(principal); ok && !w.mayUseTokens(p) {
		w.lists[onTokens][p.Name] = CanUse
	}
}

// PresetToken lets value be used as a personal access token of t's owner, until t's end if it has one. It does not give the owner the
// permission to use tokens.
func (w *World) PresetToken(t Token, value []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if p, ok := w.principal(t.Owner); ok {
		t.Owner = p.Name
	}
	w.addToken(t, value)
}

func (w *World) addToken(t Token, value []byte) Token {
	digest := sha256.Sum256(value)
	t.ID = hex.EncodeToString(digest[:])
	if t.Created.IsZero() {
		t.Created = w.clock.Now()
	}
	if t.lastUsed == nil {
		t.lastUsed = new(atomic.Int64)
	}
	w.tokens[digest] = &t
	w.tokensMade = true
	return t
}

// TokenHolder gives the principal that a personal access token belongs to. It returns ErrSignIn for a token that is unknown or expired,
// and an *Error when tokens are switched off or the principal may not use them.
func (w *World) TokenHolder(token []byte) (*Principal, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	now := w.clock.Now()
	// The look-up is by digest, so how long it takes tells nothing about the value.
	t, ok := w.tokens[sha256.Sum256(token)]
	if !ok || !t.Expires.IsZero() && !now.Before(t.Expires) {
		return nil, ErrSignIn
	}
	p, ok := w.principal(t.Owner)
	if !ok {
		return nil, ErrSignIn
	}
	if err := w.checkTokens(p); err != nil {
		return nil, err
	}
	t.lastUsed.Store(now.Unix())
	return p, nil
}

// mayUseTokens reports whether p may make and use personal access tokens: by permission, or as a workspace admin.
func (w *World) mayUseTokens(p *Principal) bool {
	names := w.identities(p)
	return slices.Contains(names, Admins) || slices.ContainsFunc(names, func(name string) bool { return w.lists[onTokens][name] >= CanUse })
}

func (w *World) checkTokens(p *Principal) error {
	if !w.settings.Tokens {
		return &Error{Code: "FEATURE_DISABLED", Status: http.StatusForbidden, Message: "Personal access tokens are disabled for this workspace."}
	}
	if !w.mayUseTokens(p) {
		return &Error{Code: "PERMISSION_DENIED", Status: http.StatusForbidden, Message: "User does not have permission to use tokens."}
	}
	return nil
}

// CreateToken makes a personal access token for by and gives its value, which nobody gets a second time. A life of 0 means the longest
// that the workspace allows. It returns an *Error when by may not use tokens, or when the life is too long.
func (w *World) CreateToken(by *Principal, comment string, life time.Duration) (Token, []byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.createToken(by, by, comment, life)
}

// CreateTokenFor is CreateToken on behalf of the service principal with this application ID, which must itself be permitted to use
// tokens. It takes a workspace admin.
func (w *World) CreateTokenFor(by *Principal, applicationID, comment string, life time.Duration) (Token, []byte, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkAdmin(by); err != nil {
		return Token{}, nil, err
	}
	owner, ok := w.principal(applicationID)
	if !ok || owner.Kind != ServicePrincipal {
		return Token{}, nil, noResource("Service principal with application ID %s does not exist.", applicationID)
	}
	return w.createToken(by, owner, comment, life)
}

func (w *World) createToken(by, owner *Principal, comment string, life time.Duration) (Token, []byte, error) {
	if err := w.checkTokens(owner); err != nil {
		return Token{}, nil, err
	}
	longest := w.settings.LongestToken()
	if life == 0 {
		life = longest
	}
	if life < 0 || life > longest {
		return Token{}, nil, invalidParameter("The lifetime of a token must be between 1 second and %d seconds.", int64(longest.Seconds()))
	}
	if len(w.tokensOf(owner.Name)) >= maxTokens {
		return Token{}, nil, &Error{Code: "QUOTA_EXCEEDED", Status: http.StatusBadRequest, Message: fmt.Sprintf("The quota of %d tokens is exceeded.", maxTokens)}
	}
	value := NewTokenValue()
	t := w.addToken(Token{Owner: owner.Name, CreatedBy: by.Name, Comment: comment, Expires: w.clock.Now().Add(life)}, value)
	return t, value, nil
}

// Tokens lists the tokens of by, oldest first.
func (w *World) Tokens(by *Principal) []Token {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.tokensOf(by.Name)
}

// AllTokens lists everybody's tokens, oldest first. It takes a workspace admin.
func (w *World) AllTokens(by *Principal) ([]Token, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.checkAdmin(by); err != nil {
		return nil, err
	}
	return w.tokensOf(""), nil
}

// tokensOf lists one principal's tokens, or with no name everybody's.
func (w *World) tokensOf(owner string) []Token {
	var out []Token
	for _, t := range w.tokens {
		if owner == "" || t.Owner == owner {
			out = append(out, *t)
		}
	}
	slices.SortFunc(out, func(a, b Token) int { return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID)) })
	return out
}

// RevokeToken ends a token of by's own.
func (w *World) RevokeToken(by *Principal, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.dropTokens(func(t *Token) bool { return t.ID == id && t.Owner == by.Name }) == 0 {
		return noResource("Token with ID %s does not exist.", id)
	}
	return nil
}

// DeleteToken ends anybody's token. It takes a workspace admin.
func (w *World) DeleteToken(by *Principal, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkAdmin(by); err != nil {
		return err
	}
	if w.dropTokens(func(t *Token) bool { return t.ID == id }) == 0 {
		return noResource("Token with ID %s does not exist.", id)
	}
	return nil
}

// dropTokens deletes the tokens that match and tells how many there were.
func (w *World) dropTokens(match func(*Token) bool) int {
	count := 0
	for digest, t := range w.tokens {
		if match(t) {
			delete(w.tokens, digest)
			count++
		}
	}
	return count
}
