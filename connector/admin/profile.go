package admin

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/infile"
	"github.com/draftt-io/draftt-databricks/letters"
)

// Profile is one section of a Databricks configuration file. Only the host and what signs in are read; nothing of it is kept.
type Profile struct {
	Name        string         // cleaned
	Host        connector.Host // zero where HostText is none that is allowed
	HostText    string         // as it stands in the file, cleaned
	HostProblem error          // why HostText is no host, a *connector.Error of kind ErrInput; nil where it is one
	Credentials connector.Credentials
	// Unusable says why the profile cannot sign in here, empty when it can: it has no credentials of its own, or of another kind.
	Unusable string
}

// largestProfileFile is far more than anybody's configuration.
const largestProfileFile = 1 << 20

// ProfileFile is where the Databricks CLI keeps its profiles, .databrickscfg in the home directory.
func ProfileFile() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("find the home directory: %w", err)
	}
	return filepath.Join(home, ".databrickscfg"), nil
}

// Profiles reads a configuration file; allow is for the hosts in it. A file that does not exist has no profiles. Lines that are not understood
// are passed over.
func Profiles(path string, allow connector.AllowList) ([]Profile, error) {
	text, err := infile.Read(path, largestProfileFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case errors.Is(err, infile.ErrNotPlain):
		return nil, &connector.Error{Kind: ErrRefused, What: infile.Wrong(connector.CleanLine(path, 300), err), Remedy: "Put a Databricks configuration file there."}
	case errors.Is(err, infile.ErrTooLarge):
		return nil, &connector.Error{Kind: ErrRefused, What: "The profile file is larger than 1 MiB.", Remedy: "Check that it is a Databricks configuration file."}
	case err != nil:
		return nil, fmt.Errorf("read the profiles: %w", err)
	}
	defer clear(text)
	return parseProfiles(text, allow), nil
}

// section has the keys that are of use; others are not even kept.
type section struct {
	name, host, authType, clientID string
	token, secret                  connector.Secret
}

func parseProfiles(text []byte, allow connector.AllowList) []Profile {
	var out []Profile
	current := section{name: "DEFAULT"}
	finish := func() {
		if current.host != "" {
			out = append(out, current.profile(allow))
		}
	}
	lines := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(text, []byte(letters.ByteOrderMark))))
	lines.Buffer(nil, largestProfileFile)
	for lines.Scan() {
		line := bytes.TrimSpace(lines.Bytes())
		switch {
		case len(line) == 0 || line[0] == '#' || line[0] == ';':
		case line[0] == '[':
			finish()
			current = section{name: string(bytes.TrimSpace(bytes.Trim(line, "[]")))}
		default:
			key, value, found := bytes.Cut(line, []byte("="))
			if found {
				current.set(strings.ToLower(string(bytes.TrimSpace(key))), bytes.Trim(bytes.TrimSpace(value), `"'`))
			}
		}
	}
	finish()
	return out
}

func (s *section) set(key string, value []byte) {
	switch key {
	case "host":
		s.host = string(value)
	case "auth_type":
		s.authType = string(value)
	case "client_id":
		s.clientID = string(value)
	case "token":
		s.token = connector.NewSecret(value)
	case "client_secret":
		s.secret = connector.NewSecret(value)
	}
}

func (s *section) profile(allow connector.AllowList) Profile {
	p := Profile{Name: connector.CleanLine(s.name, 60), HostText: connector.CleanLine(s.host, 100)}
	p.Host, _, p.HostProblem = connector.ParseHost(s.host, allow)
	oauth, pat := !s.secret.IsZero() && s.clientID != "", !s.token.IsZero()
	switch kind := strings.ToLower(s.authType); {
	case kind != "" && kind != "pat" && kind != string(connector.OAuth):
		p.Unusable = "it signs in with " + connector.CleanLine(s.authType, 40) + ", which this program does not use"
	case oauth && kind != "pat":
		p.Credentials = connector.Credentials{Method: connector.OAuth, ClientID: connector.ClientID(s.clientID), Secret: s.secret}
	case pat && kind != string(connector.OAuth):
		p.Credentials = connector.Credentials{Method: connector.PAT, Secret: s.token}
	default:
		p.Unusable = "it has no token and no client ID with a secret"
	}
	return p
}
