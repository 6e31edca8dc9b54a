package connector

import (
	"errors"
	"testing"
)

func TestTheHostOfAccountsIsThatOfACloudOrOneThatIsNamed(t *testing.T) {
	for text, want := range map[string]string{
		"accounts.azuredatabricks.net": "accounts.azuredatabricks.net", " https://Accounts.Cloud.Databricks.com/ ": "accounts.cloud.databricks.com", "accounts.gcp.databricks.com": "accounts.gcp.databricks.com",
		"127.0.0.1:8443": "127.0.0.1:8443", "accounts.example.com": "accounts.example.com",
	} {
		if h, err := ParseAccountHost(text); err != nil || h.String() != want {
			t.Errorf("%q is %s: %v", text, h, err)
		}
	}
	for _, text := range []string{"", "accounts.azuredatabricks.net/login", "a b", "dapi0123456789abcdef0123456789abcdef", "accounts.azuredatabricks.net\x00", "user@accounts.example.com"} {
		if h, err := ParseAccountHost(text); !errors.Is(err, ErrInput) {
			t.Errorf("%q is %s: %v", text, h, err)
		}
	}
}
