package flatfile

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// A secret has no place in a file that is kept with others. It is told by the key that it is given under, or by its own form where it
// stands under another: secret_file holds a path, and somebody will write the secret itself there.

// secretKeys are names that people give to a secret, without what stands between their words.
var secretKeys = []string{
	"secret", "clientsecret", "oauthsecret", "databricksclientsecret", "secretvalue", "token", "accesstoken", "databrickstoken", "apitoken",
	"personalaccesstoken", "bearertoken", "pat", "password", "passwd", "pwd", "passphrase", "key", "apikey", "credential", "credentials",
}

// isSecretKey reports whether a key is a name for a secret, in any spelling: client_secret, client-secret, clientSecret.
func isSecretKey(name string) bool {
	letters := strings.Map(func(r rune) rune {
		if strings.ContainsRune("_-. ", r) {
			return -1
		}
		return r
	}, strings.ToLower(name))
	return slices.Contains(secretKeys, letters)
}

// secretForm is how the secrets and the tokens of Databricks begin, with more behind it than a word or a name has.
var secretForm = pattern.New(`^(dose|dapi)[0-9a-fA-F-]{16,}$`)

// holdsSecret reports whether the value of a key is a secret. A client ID is left to the ladder, which knows that two were swapped.
func holdsSecret(key string, value *yaml.Node) bool {
	if key == "client_id" {
		return false
	}
	return secretForm().MatchString(strings.TrimSpace(value.Value)) || slices.ContainsFunc(value.Content, func(n *yaml.Node) bool { return holdsSecret("", n) })
}

func refuseSecret(what string, line int) error {
	return refuseLine(what, line, "holds a secret", "Take it out. Give the secret with --secret-stdin, --secret-fd, or secret_file and the path of a private file.")
}
