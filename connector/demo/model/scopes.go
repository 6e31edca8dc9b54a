package model

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"
)

// scopeAccess is how lists have secret scopes. The permissions API does not know them: their lists are asked for under secrets/acls.
const scopeAccess ControlledKind = "secret-scopes"

// The permissions on secret scopes, lowest first.
const (
	ScopeRead   = CanRead
	ScopeWrite  = CanEdit
	ScopeManage = CanManage
)

var scopeWords = map[Level]string{ScopeRead: "READ", ScopeWrite: "WRITE", ScopeManage: "MANAGE"}

// ScopePermission is a permission on a secret scope as the secrets API writes it.
func ScopePermission(l Level) string { return scopeWords[l] }

// ParseScopePermission reads a permission on a secret scope. It returns an INVALID_PARAMETER_VALUE *Error for a word that is none.
func ParseScopePermission(text string) (Level, error) {
	for level, word := range scopeWords {
		if word == text {
			return level, nil
		}
	}
	return NoAccess, invalidParameter("Permission '%s' is not one of READ, WRITE, MANAGE.", text)
}

// Scope is a secret scope: names of secrets and when each was set. There are no values in it.
type Scope struct {
	Name  string
	Vault *KeyVault // where the secrets are, when they are in Azure Key Vault
	Keys  map[string]time.Time
}

// KeyVault names an Azure Key Vault.
type KeyVault struct{ ResourceID, DNSName string }

// ScopeEntry is one line of the access control list of a scope.
type ScopeEntry struct {
	Principal string
	Level     Level
}

// Limits of secrets, as documented.
const (
	maxScopes    = 1000
	maxKeys      = 1000
	maxValueSize = 128 << 10
)

func onScope(name string) Controlled { return Controlled{Kind: scopeAccess, ID: name} }

// AddScope adds a scope with its list, and keeps neither of the maps that it is given. It returns an error for a name that is taken and for
// a principal who does not exist.
func (w *World) AddScope(s Scope, access map[string]Level) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, taken := w.scopes[s.Name]; taken {
		return fmt.Errorf("add secret scope: %s exists", s.Name)
	}
	list := acl{}
	for name, level := range access {
		p, ok := w.principal(name)
		if !ok {
			return noPrincipal(name)
		}
		list[p.Name] = level
	}
	keys := map[string]time.Time{}
	maps.Copy(keys, s.Keys)
	s.Keys = keys
	w.scopes[s.Name], w.lists[onScope(s.Name)] = s, list
	return nil
}

// Scopes lists the secret scopes that a principal may read, by name and without their keys. Workspace admins manage all of them.
func (w *World) Scopes(who *Principal) []Scope {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var out []Scope
	for _, name := range slices.Sorted(maps.Keys(w.scopes)) {
		if w.level(who, onScope(name)) >= ScopeRead {
			s := w.scopes[name]
			s.Keys = nil
			out = append(out, s)
		}
	}
	return out
}

// Scope gives a secret scope to whom may read it. It returns an *Error when there is none, or not that permission.
func (w *World) Scope(who *Principal, name string) (Scope, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	s, err := w.scope(who, name, ScopeRead)
	s.Keys = maps.Clone(s.Keys)
	return s, err
}

func (w *World) scope(who *Principal, name string, takes Level) (Scope, error) {
	s, ok := w.scopes[name]
	switch {
	case !ok:
		return Scope{}, noResource("Scope %s does not exist!", name)
	case w.level(who, onScope(name)) < takes:
		return Scope{}, &Error{
			Code: "PERMISSION_DENIED", Status: http.StatusForbidden,
			Message: fmt.Sprintf("User %s does not have %s permission on scope %s", who.Name, scopeWords[takes], name),
		}
	}
	return s, nil
}

// CreateScope makes a secret scope that by manages, or if shared is set the group of all users in its place. Errors are *Error.
func (w *World) CreateScope(by *Principal, s Scope, shared bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, taken := w.scopes[s.Name]; taken {
		return &Error{Code: "RESOURCE_ALREADY_EXISTS", Status: http.StatusBadRequest, Message: "Scope " + s.Name + " already exists!"}
	}
	if len(w.scopes) >= maxScopes {
		return tooMany("scopes in a workspace", maxScopes)
	}
	if err := checkSecretName("Scope", s.Name); err != nil {
		return err
	}
	s.Keys = map[string]time.Time{}
	list := acl{by.Name: ScopeManage}
	if shared {
		list = acl{WorkspaceUsers: ScopeManage}
	}
	w.scopes[s.Name], w.lists[onScope(s.Name)] = s, list
	return nil
}

// DeleteScope ends a secret scope and all that is in it. It takes MANAGE.
func (w *World) DeleteScope(by *Principal, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.scope(by, name, ScopeManage); err != nil {
		return err
	}
	delete(w.scopes, name)
	delete(w.lists, onScope(name))
	return nil
}

// PutSecret notes that a secret of this name and size was set. It takes WRITE. The value has no way here.
func (w *World) PutSecret(by *Principal, scope, key string, size int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, err := w.scope(by, scope, ScopeWrite)
	if err != nil {
		return err
	}
	_, replaced := s.Keys[key]
	switch {
	case s.Vault != nil:
		return readOnlyVault()
	case size > maxValueSize:
		return &Error{Code: "MAX_SECRET_SIZE_EXCEEDED", Status: http.StatusBadRequest, Message: "The maximum size of a secret is 128 KB."}
	case !replaced && len(s.Keys) >= maxKeys:
		return tooMany("secrets in a scope", maxKeys)
	}
	if err := checkSecretName("Secret key", key); err != nil {
		return err
	}
	s.Keys[key] = w.clock.Now()
	return nil
}

// DropSecret takes a secret out of its scope. It takes WRITE.
func (w *World) DropSecret(by *Principal, scope, key string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	s, err := w.scope(by, scope, ScopeWrite)
	if err != nil {
		return err
	}
	if s.Vault != nil {
		return readOnlyVault()
	}
	if _, ok := s.Keys[key]; !ok {
		return noResource("Secret %s does not exist in scope: %s", key, scope)
	}
	delete(s.Keys, key)
	return nil
}

// ScopeAccess gives the access control list of a scope, by principal. It takes MANAGE.
func (w *World) ScopeAccess(by *Principal, scope string) ([]ScopeEntry, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if _, err := w.scope(by, scope, ScopeManage); err != nil {
		return nil, err
	}
	list := w.lists[onScope(scope)]
	var out []ScopeEntry
	for _, name := range slices.Sorted(maps.Keys(list)) {
		out = append(out, ScopeEntry{name, list[name]})
	}
	return out, nil
}

// GrantScope gives a principal a permission on a scope in place of the one it has, or with NoAccess takes that away. It takes MANAGE.
func (w *World) GrantScope(by *Principal, scope, principal string, level Level) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.scope(by, scope, ScopeManage); err != nil {
		return err
	}
	list := w.lists[onScope(scope)]
	p, ok := w.principal(principal)
	switch {
	case !ok:
		return noResource("Principal %s does not exist.", principal)
	case level > NoAccess:
		list[p.Name] = level
	case list[p.Name] == NoAccess:
		return noResource("ACL for principal %s in scope %s does not exist.", principal, scope)
	default:
		delete(list, p.Name)
	}
	return nil
}

// checkSecretName holds a name to the documented form: letters, digits, dashes, underscores, periods and at signs, 128 of them at most.
func checkSecretName(what, name string) error {
	valid := name != "" && len(name) <= 128
	for _, c := range name {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.', c == '@':
		default:
			valid = false
		}
	}
	if !valid {
		return invalidParameter("%s name '%s' is not valid: it has 1 to 128 of the characters a-z, A-Z, 0-9, '-', '_', '@' and '.'.", what, name)
	}
	return nil
}

func readOnlyVault() error {
	return &Error{Code: "BAD_REQUEST", Status: http.StatusBadRequest, Message: "Cannot write secrets to Azure KeyVault-backed scope"}
}

func tooMany(what string, limit int) error {
	return &Error{Code: "RESOURCE_LIMIT_EXCEEDED", Status: http.StatusBadRequest, Message: fmt.Sprintf("The maximum number of %s is %d.", what, limit)}
}
