package rest

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
)

// tokenLife is how long an access token is good for, as documented for OAuth machine-to-machine.
const tokenLife = time.Hour

type visitKey struct{}

// visit carries through one request who is signed in, inwards to the handlers and outwards to the ledger, and what SQL it brought.
type visit struct {
	who       *model.Principal
	statement string
}

func (v *visit) name() string {
	if v.who == nil {
		return ""
	}
	return v.who.Name
}

// PrincipalFrom gives the principal that is signed in on a request that this package passed on.
func PrincipalFrom(ctx context.Context) (*model.Principal, bool) {
	v, ok := ctx.Value(visitKey{}).(*visit)
	if !ok || v.who == nil {
		return nil, false
	}
	return v.who, true
}

// NoteStatement puts the SQL that a request brought into its Exchange. A handler that this package passed the request on to calls it
// with the request's context, before it answers.
func NoteStatement(ctx context.Context, sql string) {
	if v, ok := ctx.Value(visitKey{}).(*visit); ok {
		v.statement = sql
	}
}

// Authenticate resolves the bearer token of a request, an access token or a personal access token, to its principal, or a password where one does.
// It returns a 401 *model.Error when there is none or it is expired or not ours, and a 403 one for a personal access token that is unknown
// or may not be used.
func (h *Handler) Authenticate(r *http.Request) (*model.Principal, error) {
	token := bearer(r)
	if token == "" && h.options.Password != nil {
		if who, let := h.options.Password(r); let {
			return who, nil
		}
	}
	if token == "" {
		return nil, unauthenticated("Credential was not sent or was of an unsupported type for this API.")
	}
	if !strings.Contains(token, ".") && h.host.Workspace == "" {
		return nil, unauthenticated("Credential was not sent or was of an unsupported type for this API.")
	}
	if !strings.Contains(token, ".") {
		who, err := h.world.TokenHolder([]byte(token))
		if errors.Is(err, model.ErrSignIn) {
			return nil, &model.Error{Code: "403", Status: http.StatusForbidden, Message: "Invalid access token."}
		}
		return who, err
	}
	claims, ok := h.signer.verify(token)
	switch of := audience(token); {
	case of != "" && of != h.host.Audience && h.host.Workspace != "":
		return nil, &model.Error{Code: "403", Status: http.StatusForbidden, Message: "Invalid access to Org: " + h.host.Workspace}
	case !ok:
		return nil, unauthenticated("Invalid access token.")
	}
	if !h.world.Clock().Now().Before(time.Unix(claims.Expires, 0)) {
		return nil, unauthenticated("Access token is expired.")
	}
	who, ok := h.world.Principal(claims.Subject)
	if !ok {
		return nil, &model.Error{Code: "403", Status: http.StatusForbidden, Message: "user not found"}
	}
	return who, nil
}

// holder tells whose token a request carries, whether or not it still lets anybody in; empty for none and for one that is not ours.
func (h *Handler) holder(r *http.Request) string {
	token := bearer(r)
	if claims, ok := h.signer.verify(token); ok {
		return claims.Subject
	}
	if who, err := h.world.TokenHolder([]byte(token)); err == nil {
		return who.Name
	}
	return ""
}

// bearer is the token that a request carries, or empty. JDBC and ODBC clients send a token as the password of the user "token".
func bearer(r *http.Request) string {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return token
	}
	if user, password, ok := r.BasicAuth(); ok && user == "token" {
		return password
	}
	return ""
}

func unauthenticated(message string) error {
	return &model.Error{Code: "401", Status: http.StatusUnauthorized, Message: message}
}

// signIn authenticates and notes the principal in the visit.
func (h *Handler) signIn(r *http.Request) (*model.Principal, error) {
	who, err := h.Authenticate(r)
	if err != nil {
		return nil, err
	}
	if v, ok := r.Context().Value(visitKey{}).(*visit); ok {
		v.who = who
	}
	return who, h.host.Admit(who)
}

// open wraps an answer for anybody.
func (h *Handler) open(answer func(*http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply(w, func() (any, error) { return answer(r) })
	})
}

// signedIn wraps an answer for principals that may use the API.
func (h *Handler) signedIn(answer func(*http.Request, *model.Principal) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reply(w, func() (any, error) {
			who, err := h.signIn(r)
			if err != nil {
				return nil, err
			}
			return answer(r, who)
		})
	})
}

func reply(w http.ResponseWriter, answer func() (any, error)) {
	v, err := answer()
	if err != nil {
		WriteError(w, err)
		return
	}
	switch v := v.(type) {
	case created:
		writeJSON(w, http.StatusCreated, v.body)
	case nothing:
		w.WriteHeader(http.StatusNoContent)
	default:
		writeJSON(w, http.StatusOK, v)
	}
}

// entitledToSQL lets principals through that may query warehouses.
func (h *Handler) entitledToSQL(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who, err := h.signIn(r)
		if err == nil {
			err = h.world.CheckSQL(who)
		}
		if err != nil {
			WriteError(w, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// oauthError is an error of the token endpoint, in the shape of RFC 6749.
type oauthError struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
}

type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int64  `json:"expires_in"`
	Scope       string `json:"scope"`
}

// token is the token endpoint: client credentials, by HTTP Basic or in the form.
func (h *Handler) token(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if err := r.ParseForm(); err != nil {
		writeJSON(w, http.StatusBadRequest, oauthError{"invalid_request", "The form could not be read"})
		return
	}
	if grant := r.PostForm.Get("grant_type"); grant != "client_credentials" {
		writeJSON(w, http.StatusBadRequest, oauthError{"unsupported_grant_type", "Only client_credentials is supported"})
		return
	}
	id, secret := clientCredentials(r)
	who, err := h.world.SignIn(id, []byte(secret))
	if err != nil {
		writeJSON(w, http.StatusUnauthorized, oauthError{"invalid_client", "Client authentication failed"})
		return
	}
	if v, ok := r.Context().Value(visitKey{}).(*visit); ok {
		v.who = who
	}
	scope := r.PostForm.Get("scope")
	if scope == "" {
		scope = "all-apis"
	}
	now := h.world.Clock().Now()
	token, err := h.signer.sign(claims{
		Issuer: origin(r) + h.host.OIDC, Audience: h.host.Audience, Subject: who.Name, Client: id, Scope: scope,
		Issued: now.Unix(), Expires: now.Add(tokenLife).Unix(),
	})
	if err != nil {
		WriteError(w, err)
		return
	}
	writeJSON(w, http.StatusOK, tokenAnswer{AccessToken: token, TokenType: "Bearer", ExpiresIn: int64(tokenLife.Seconds()), Scope: scope})
}

// clientCredentials reads them from the Basic header, where RFC 6749 has them form-encoded, or from the form.
func clientCredentials(r *http.Request) (id, secret string) {
	id, secret, ok := r.BasicAuth()
	if !ok {
		return r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	if plain, err := url.QueryUnescape(id); err == nil {
		id = plain
	}
	if plain, err := url.QueryUnescape(secret); err == nil {
		secret = plain
	}
	return id, secret
}
