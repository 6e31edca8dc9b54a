package rest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"strings"
	"sync/atomic"
)

// claims are what an access token says.
type claims struct {
	Issuer   string `json:"iss"`
	Audience string `json:"aud"`
	Subject  string `json:"sub"`
	Client   string `json:"client_id"`
	Scope    string `json:"scope"`
	Issued   int64  `json:"iat"`
	Expires  int64  `json:"exp"`
	ID       string `json:"jti"`
}

// signer makes and checks JSON Web Tokens with ES256. Its key lives and dies with the workspace; clients that verify tokens find the
// public half under the discovery document's jwks_uri.
type signer struct {
	key    *ecdsa.PrivateKey
	header string // encoded
	public jwk
	last   *atomic.Pointer[verified]
}

// verified is a token whose signature was checked. A client sends the same one with each request, and to check it takes longer than most
// answers.
type verified struct {
	token  string
	claims claims
}

// jwk is a public key in the form of RFC 7517.
type jwk struct {
	Type      string `json:"kty"`
	Use       string `json:"use"`
	Algorithm string `json:"alg"`
	ID        string `json:"kid"`
	Curve     string `json:"crv"`
	X         string `json:"x"`
	Y         string `json:"y"`
}

type jwkSet struct {
	Keys []jwk `json:"keys"`
}

// coordinate is the length of a coordinate of P-256, and of each half of a signature, in bytes.
const coordinate = 32

// newSigner makes a key. Neither step fails for this curve and the system's random numbers; a signer without a key would sign nothing.
func newSigner() signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return signer{}
	}
	point, err := key.PublicKey.Bytes() // 4, then x, then y
	if err != nil {
		return signer{}
	}
	id := sha256.Sum256(point)
	public := jwk{
		Type: "EC", Use: "sig", Algorithm: "ES256", Curve: "P-256", ID: encode(id[:12]),
		X: encode(point[1 : 1+coordinate]), Y: encode(point[1+coordinate:]),
	}
	return signer{key: key, public: public, last: new(atomic.Pointer[verified]), header: encode([]byte(`{"typ":"JWT","alg":"ES256","kid":"` + public.ID + `"}`))}
}

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

func (s signer) sign(c claims) (string, error) {
	if s.key == nil {
		return "", errors.New("there is no key to sign tokens with")
	}
	c.ID = rand.Text()
	payload, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("encode the token: %w", err)
	}
	text := s.header + "." + encode(payload)
	digest := sha256.Sum256([]byte(text))
	r, v, err := ecdsa.Sign(rand.Reader, s.key, digest[:])
	if err != nil {
		return "", fmt.Errorf("sign the token: %w", err)
	}
	var signature [2 * coordinate]byte
	r.FillBytes(signature[:coordinate])
	v.FillBytes(signature[coordinate:])
	return text + "." + encode(signature[:]), nil
}

// verify gives the claims of a token that this signer made. It does not look at the times in it. The header is the signer's own or the
// token is refused, so no token chooses how it is verified.
func (s signer) verify(token string) (claims, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 || parts[0] != s.header || s.key == nil {
		return claims{}, false
	}
	if last := s.last.Load(); last != nil && last.token == token {
		return last.claims, true
	}
	signature, err := base64.RawURLEncoding.Strict().DecodeString(parts[2])
	if err != nil || len(signature) != 2*coordinate {
		return claims{}, false
	}
	digest := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	r, v := new(big.Int).SetBytes(signature[:coordinate]), new(big.Int).SetBytes(signature[coordinate:])
	if !ecdsa.Verify(&s.key.PublicKey, digest[:], r, v) {
		return claims{}, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		return claims{}, false
	}
	var c claims
	if json.Unmarshal(payload, &c) != nil {
		return claims{}, false
	}
	s.last.Store(&verified{token: token, claims: c})
	return c, true
}

// audience is the workspace that a token says it is for, whoever signed it; empty where that is not to be read. Nobody is let in by it: it
// only tells a token of another workspace from one that is none.
func audience(token string) string {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return ""
	}
	var c claims
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(payload, &c) != nil {
		return ""
	}
	return c.Audience
}

// keys is the set of keys that access tokens are signed with.
func (h *Handler) keys(*http.Request) (any, error) { return jwkSet{Keys: []jwk{h.signer.public}}, nil }
