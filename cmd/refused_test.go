package cmd

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
)

// asConnector runs a command with the credentials of the connector, who is no workspace admin, as those of an admin.
func (s *shelf) asConnector(args ...string) outcome {
	s.t.Helper()
	who := s.workspace.Connector()
	return s.fed(who.Secret, func() {}, append(args, "--admin-client-id", string(who.ClientID), "--admin-secret-stdin")...)
}

// TestWhoIsNoAdminIsToldWhatTheyAskedForAndWhoCould goes through everything that takes an admin: each is refused with what was asked for, and with
// whom to ask, and nothing is sent.
func TestWhoIsNoAdminIsToldWhatTheyAskedForAndWhoCould(t *testing.T) {
	s := newShelf(t, "ready")
	s.save(s.connection("prod"))
	byToken := s.connection("by-token")
	byToken.Credentials = connector.Credentials{Method: connector.PAT, Secret: s.workspace.Connector().Token}
	s.save(byToken)
	list := filepath.Join(t.TempDir(), "list.json")
	if err := os.WriteFile(list, []byte(`{"access_control_list": []}`), 0o600); err != nil {
		t.Fatal(err)
	}
	value := filepath.Join(t.TempDir(), "value")
	there := slices.Clone(s.at())
	for said, commands := range map[string][]string{
		"Reading token permissions takes Can Manage, and draftt-connector is no workspace admin.": {
			"tokens levels", "tokens who", "tokens can users", "tokens export", "tokens watch --looks 1",
		},
		"Changing token permissions takes Can Manage, and draftt-connector is no workspace admin.": {
			"tokens grant users --expect 0", "tokens remove users --expect 1", "tokens replace --expect 1 --from " + list, "tokens plan --from " + list,
		},
		"Making a token on behalf of a service principal takes a workspace admin, and draftt-connector is none.": {
			"tokens create --on-behalf-of FIVETRAN_USER --yes FIVETRAN_USER --value-to " + value,
		},
		"Revoking somebody else's token takes Can Manage":                         {"tokens delete 0123abcd --expect 1"},
		"Seeing the settings of tokens takes a workspace admin":                   {"tokens settings", "tokens settings --json"},
		"Changing the settings of tokens takes a workspace admin":                 {"tokens settings --disable --expect 3", "tokens settings --max-days 30 --expect 0"},
		"Reading password permissions takes a workspace admin":                    {"passwords levels", "passwords who", "passwords can users", "passwords export", "passwords watch --looks 1"},
		"Changing password permissions takes a workspace admin":                   {"passwords grant users --expect 0", "passwords remove users --expect 1", "passwords replace --expect 1 --from " + list, "passwords plan --from " + list},
		"Giving a partner what it lacks takes a workspace admin":                  {"partners plan hex --schema inventory.assets --warehouse a3f19c0d7be24418 --apply --yes HEX_USER"},
		"This session is not shown personal access tokens":                        {"partners disconnect fivetran --level tokens --yes Fivetran", "partners disconnect fivetran --level reset --yes Fivetran"},
		"Moving a service principal to OAuth takes a workspace admin":             {"partners move-to-oauth FIVETRAN_USER", "partners move-to-oauth FIVETRAN_USER --revoke --yes FIVETRAN_USER"},
		"Seeing the OAuth secrets of a service principal takes a workspace admin": {"principal FIVETRAN_USER", "principal FIVETRAN_USER --json"},
		"Making an OAuth secret takes a workspace admin":                          {"rotate prod --yes draftt-connector", "rotate by-token --to-oauth --yes draftt-connector"},
		"Ending a connection in the workspace takes a workspace admin":            {"disconnect prod --level secret --yes prod"},
		"Making what a connection needs takes a workspace admin":                  {"provision --principal draftt-connector --warehouse a3f19c0d7be24418 --schema inventory.assets --table components --save-as other --apply --yes draftt-connector"},
	} {
		for _, command := range commands {
			args := strings.Fields(command)
			if args[0] != "rotate" && args[0] != "disconnect" {
				args = append(args, there...)
			}
			o := s.asConnector(args...)
			if o.code != exitRefused || !strings.Contains(o.err, said) || !strings.Contains(o.err, "group admins") {
				t.Errorf("%s: exit %d, and it does not say %q:\n%s%s", command, o.code, said, o.out, o.err)
			}
		}
	}
	if w := s.writes(); len(w) > 0 {
		t.Errorf("sent %q", w)
	}
	if _, err := os.Stat(value); err == nil {
		t.Error("a file was made for a token that was not")
	}
}
