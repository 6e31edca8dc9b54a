package redact

import (
	"strings"
	"testing"
)

const (
	hex   = "0123456789abcdef0123456789abcdef"
	jwt   = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"
	entra = "abC8Q~0123456789.abcdefghijklmnopqrstuvw"
	host  = "adb-7405605741000000.0.azuredatabricks.net"
)

func TestASecretIsKnownByItsFormAndByItsPlace(t *testing.T) {
	for input, want := range map[string]string{
		"dapi" + hex:                        Mask,
		"dapi" + hex + "-2":                 Mask,
		"DOSE" + strings.ToUpper(hex):       Mask,
		"the host is dose" + hex + ".":      "the host is " + Mask + ".",
		"mydapi" + hex:                      "my" + Mask,
		"dapi01234567":                      Mask,
		"doseWrongCanary0f1e2d3c4b5a697887": Mask,
		"da\u200bpi" + hex:                  Mask,
		"ｄａｐｉ" + hex:                        Mask,
		"(" + jwt + ")":                     "(" + Mask + ")",
		entra:                               Mask,
		"Authorization: Bearer abcdef0123456789ghij":                           "Authorization: Bearer " + Mask,
		"AGE-SECRET-KEY-1" + strings.ToUpper(hex):                              Mask,
		"-----BEGIN EC PRIVATE KEY-----\nMHcCAQ\n-----END EC PRIVATE KEY-----": Mask,
		"ghp_" + hex:      Mask,
		"dkea" + hex:      Mask,
		"key dsapi" + hex: "key " + Mask,
		"Authorization: Bearer\tabcdef0123456789ghij":                                  "Authorization: Bearer\t" + Mask,
		"authorization: basic\n abcdef0123456789ghij":                                  "authorization: basic\n " + Mask,
		"https://x.blob.core.windows.net/c?sv=1&sig=aB3%2Fd9":                          "https://x.blob.core.windows.net/c?sv=1&sig=" + Mask,
		"databricks://token:dapi" + hex + "@" + host:                                   "databricks://token:" + Mask + "@" + host,
		"databricks://token:hunter2hunter@" + host + ":443/sql":                        "databricks://token:" + Mask + "@" + host + ":443/sql",
		"http://DOM%5Cuser:p@ss/w%rd@proxy.example:3128":                               "http://DOM%5Cuser:" + Mask + "@proxy.example:3128",
		"token:hunter2hunter@" + host:                                                  "token:" + Mask + "@" + host,
		"jdbc:databricks://" + host + ":443/default;UID=token;PWD=" + "x9" + hex + ";": "jdbc:databricks://" + host + ":443/default;UID=token;PWD=" + Mask + ";",
		"Auth_AccessToken=abc;OAuth2Secret=def;OAuth2ClientId=6f0c":                    "Auth_AccessToken=" + Mask + ";OAuth2Secret=" + Mask + ";OAuth2ClientId=6f0c",
		"export DATABRICKS_CLIENT_SECRET='abc def'":                                    "export DATABRICKS_CLIENT_SECRET='" + Mask + "'",
		`{"client_secret": "hunter22", "host": "x"}`:                                   `{"client_secret": "` + Mask + `", "host": "x"}`,
		`has \"token\":\"hunter22\"`:                                                   `has \"token\":\"` + Mask + `\"`,
		"password: hunter2x":                                                           "password: " + Mask,
	} {
		if got := Text(input); got != want {
			t.Errorf("%q is shown as %q", input, got)
		}
		if !Holds(input) {
			t.Errorf("%q is taken for an input without a secret", input)
		}
	}
}

// TestALetterThatAPatternTakesForAnother: a pattern finds ſ as an s and the sign for kelvin as a k, and what is looked for first must as well.
func TestALetterThatAPatternTakesForAnother(t *testing.T) {
	for input, secret := range map[string]string{
		"paſſword=hunter2hunter2": "hunter2", "client_ſecret: hunter22": "hunter22", "to\u212aen=hunter2hunter2": "hunter2", "doſe" + hex: hex, "d\u212aea" + hex: hex,
		"Baſic QWxhZGRpbjpvcGVuIHNlc2FtZQ11==": "QWxhZGRpbj",
	} {
		if got := Text(input); strings.Contains(got, secret) || !Holds(input) || strings.Contains(Quote(input).Piece(0, len(input)), secret) {
			t.Errorf("%q is shown as %q", input, got)
		}
	}
	if _, ok := Find("password: kelvin-İstanbul-stone"); !ok {
		t.Fatal("it is no secret")
	}
	for _, text := range []string{"İ KELVIN-İSTANBUL-STONE", "\xff kelvin-İstanbul-stone", "\u212aelvin-İſtanbul-ſtone"} {
		if got := Text(text); !strings.Contains(got, Mask) {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
}

func TestWordsAreNotTakenForSecrets(t *testing.T) {
	for _, text := range []string{
		"", "dose", "dapi", "dose…", "This looks like a personal access token (dapi…).", "dose_history", "dosage_2024", "doseadjustmentrecords", "dapi_production_catalog",
		"invalid_client: Client authentication failed", "the token: expired", "Invalid access token.", "OAuth secret: paste it", "secret_file: /run/secrets/draftt",
		"secret_expires: 2027-06-30", "--secret-stdin", "Give the secret with --secret-stdin, --secret-fd, or secret_file.", "PWD=/home/maria", "PWD=<personal-access-token>",
		"https://" + host + ":443/explore/data?o=7405605741000000", "https://" + host + ":443/users/maria@contoso.example", "maria.lindqvist@contoso.example",
		"jdbc:databricks://" + host + ":443/default;transportMode=http;ssl=1;AuthMech=3;httpPath=/sql/1.0/warehouses/a3f19c0d7be24418",
		"6f0c5f3e-9f5a-4f0e-8a51-3f0d6c1e7b22", "Basic authentication-is-not-supported", "token endpoint: https://x", "\"next_page_token\": \"\"",
		"password: ••••••", "databricks-sql-access", "client_secret=…", "a token needs no client ID; it is a way to sign in of its own",
	} {
		if got := Text(text); got != text {
			t.Errorf("%q is shown as %q", text, got)
		}
	}
}

func TestASecretThatWasFoundInAnInputIsKnownEverywhere(t *testing.T) {
	const text = "https://correct-horse-battery.example"
	if got := Text(text); got != text {
		t.Fatalf("shown as %q before anybody gave it away", got)
	}
	found, ok := Find("password: Correct-Horse-Battery")
	if !ok || found.Secret != "Correct-Horse-Battery" || found.Rest != "password: "+Mask {
		t.Errorf("found %+v", found)
	}
	if got := Text(text); got != "https://"+Mask+".example" {
		t.Errorf("shown as %q", got)
	}
}

func TestAPieceOfAStrangersTextShowsNothingOfASecret(t *testing.T) {
	for text, want := range map[string]string{
		`client_secret: "correcthorse"`:            `client_secret: "` + Mask + `"`,
		"password: correcthorse":                   "password: " + Mask,
		"Authorization: Bearer abcdefghijklmnop":   "Authorization: Bearer " + Mask,
		"Basic bWFyaWE6cHdhYg==":                   "Basic " + Mask,
		"//maria:topsecret@proxy":                  "//maria:" + Mask + "@proxy",
		`http:\/\/maria:topsecret@proxy`:           `http:\/\/maria:` + Mask + `@proxy`,
		"pass\u200bword: correct\u200bhorse 12007": "pass\u200bword: " + Mask + " 12007",
		`Post "https://h.example/oidc/v1/token": proxyconnect tcp: dial tcp 10.20.0.4:3128`: `Post "https://h.example/oidc/v1/token": proxyconnect tcp: dial tcp 10.20.0.4:3128`,
		`Post "https://h.example/oidc/v1/token": "correcthorse"`:                            `Post "https://h.example/oidc/v1/token": "` + Mask + `"`,
		`"https://h/v1/token": correcthorse`:                                                `"https://h/v1/token": ` + Mask,
		`Post \"https://h.example/oidc/v1/token\": EOF`:                                     `Post \"https://h.example/oidc/v1/token\": EOF`,
		`{"oidc/v1/token": correcthorse}`:                                                   `{"oidc/v1/token": ` + Mask + `}`,
		"Basic authentication is not supported":                                             "Basic authentication is not supported",
		"Bearer authorization, and a token of its own":                                      "Bearer authorization, and a token of its own",
	} {
		if got := Quote(text).Piece(0, len(text)); got != want {
			t.Errorf("%q is repeated as %q", text, got)
		}
	}
	const text = `refused: {"password": "correct horse battery"} of maria`
	quoted, secret := Quote(text), strings.Index(text, "correct")
	for from := range len(text) {
		for to := from; to <= len(text); to++ {
			got := quoted.Piece(from, to)
			inside := from < secret+len("correct horse battery") && to > secret
			if strings.Contains(got, Mask) != inside || strings.ContainsAny(got, "hby") || inside && len(got) > to-from+len(Mask) {
				t.Fatalf("from %d to %d: %q", from, to, got)
			}
		}
	}
	if got := Text("correct horse battery"); got != "correct horse battery" {
		t.Errorf("a text that was read is remembered: %q", got)
	}
}

func BenchmarkAHostileText(b *testing.B) {
	text := strings.Repeat("token=dapi:@", 1000)
	for b.Loop() {
		Text(text)
	}
}

func BenchmarkALineWithoutASecret(b *testing.B) {
	for b.Loop() {
		Text("inventory.assets.components, 14 columns, owned by asset-owners, read as the connector")
	}
}

func FuzzTextNeverShowsADatabricksSecret(f *testing.F) {
	f.Add("a", "b")
	f.Add("token=", ";")
	f.Add("https://x:", "@y.example")
	f.Fuzz(func(t *testing.T, before, after string) {
		if got := Text(before + " dapi" + hex + " " + after); strings.Contains(strings.ToLower(got), hex) && !strings.Contains(strings.ToLower(before+after), hex) {
			t.Errorf("%q", got)
		}
	})
}

// TestHalfOfATornSecretIsNotLeft: where an invisible character stands behind what is a secret already, the rest of it is masked as well.
func TestHalfOfATornSecretIsNotLeft(t *testing.T) {
	t.Parallel()
	const first, rest = "dapi0123456789ab", "cdef0123456789abcdef"
	for _, torn := range []string{"\u200b", "\u2060", "\u00ad"} {
		for _, text := range []string{first + torn + rest, "é " + first + torn + rest + " and " + first} {
			if got := Text(text); strings.Contains(got, rest) {
				t.Errorf("%q became %q", text, got)
			}
			if found, ok := Find(text); !ok || strings.Contains(found.Rest, rest) || found.Secret != first+rest {
				t.Errorf("in %q %q is found, and left is %q", text, found.Secret, found.Rest)
			}
		}
	}
}
