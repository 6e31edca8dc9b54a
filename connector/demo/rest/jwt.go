package rest

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"strings"
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

// signer makes and checks JSON Web Tokens with HS256. Its key lives and dies with the workspace, and nobody else has to verify them.
type signer struct{ key []byte }

func newSigner() signer { return signer{[]byte(rand.Text())} }

var jwtHeader = base64.RawURLEncoding.EncodeToString([]byte(`{"typ":"JWT","alg":"HS256"}`))

func (s signer) sign(c claims) string {
	c.ID = rand.Text()
	payload, err := json.Marshal(c)
	if err != nil {
		return "" // strings and integers always encode
	}
	text := jwtHeader + "." + base64.RawURLEncoding.EncodeToString(payload)
	return text + "." + s.mac(text)
}

func (s signer) mac(text string) string {
	m := hmac.New(sha256.New, s.key)
	m.Write([]byte(text))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

// verify gives the claims of a token that this signer made. It does not look at the times in it.
func (s signer) verify(token string) (claims, bool) {
	i := strings.LastIndexByte(token, '.')
	if i < 0 || !hmac.Equal([]byte(s.mac(token[:i])), []byte(token[i+1:])) {
		return claims{}, false
	}
	_, payload, _ := strings.Cut(token[:i], ".")
	raw, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return claims{}, false
	}
	var c claims
	if json.Unmarshal(raw, &c) != nil {
		return claims{}, false
	}
	return c, true
}
