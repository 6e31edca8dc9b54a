package rest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"strings"
	"testing"
)

// decode reads base64 as tokens and keys have it.
func decode(t *testing.T, text string) []byte {
	t.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestAnybodyCanVerifyAccessTokens(t *testing.T) {
	w, _ := smallWorld(t)
	h := New(w, Options{})
	parts := strings.Split(accessToken(t, h, "reader"), ".")
	var header struct{ Alg, Kid, Typ string }
	if err := json.Unmarshal(decode(t, parts[0]), &header); err != nil || header.Alg != "ES256" || header.Typ != "JWT" || header.Kid == "" {
		t.Fatalf("header %+v, %v", header, err)
	}
	discovery := ask(h, "GET", "/oidc/.well-known/oauth-authorization-server", "", nil).Body.String()
	if !strings.Contains(discovery, `"jwks_uri":"https://adb-42.0.azuredatabricks.net/oidc/jwks.json"`) {
		t.Errorf("discovery %s", discovery)
	}
	var set struct {
		Keys []struct{ Kid, Kty, Crv, X, Y string }
	}
	if err := json.Unmarshal(ask(h, "GET", "/oidc/jwks.json", "", nil).Body.Bytes(), &set); err != nil || len(set.Keys) != 1 || set.Keys[0].Kid != header.Kid {
		t.Fatalf("keys %+v, %v", set, err)
	}
	point := append([]byte{4}, append(decode(t, set.Keys[0].X), decode(t, set.Keys[0].Y)...)...)
	key, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), point)
	if err != nil {
		t.Fatal(err)
	}
	signature, digest := decode(t, parts[2]), sha256.Sum256([]byte(parts[0]+"."+parts[1]))
	if !ecdsa.Verify(key, digest[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		t.Error("the signature does not verify with the published key")
	}
}

func TestATokenDoesNotChooseHowItIsVerified(t *testing.T) {
	w, _ := smallWorld(t)
	h := New(w, Options{})
	good := accessToken(t, h, "reader")
	parts := strings.Split(good, ".")
	none := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","typ":"JWT"}`))
	for name, token := range map[string]string{
		"without a signature":   none + "." + parts[1] + ".",
		"with another header":   none + "." + parts[1] + "." + parts[2],
		"with the signature 0":  parts[0] + "." + parts[1] + "." + strings.Repeat("A", len(parts[2])),
		"with a part too many":  good + ".x",
		"with other claims":     parts[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"sub":"reader","aud":"42","exp":9999999999}`)) + "." + parts[2],
		"with half a signature": parts[0] + "." + parts[1] + "." + parts[2][:40],
	} {
		if rec := ask(h, "GET", mePath, token, nil); rec.Code != 401 {
			t.Errorf("%s: %d %s", name, rec.Code, rec.Body)
		}
	}
}
