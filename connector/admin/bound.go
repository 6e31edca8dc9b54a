package admin

import (
	"encoding/json"
	"errors"
	"fmt"
)

const settingsPath = "/api/2.0/workspace-conf"

// errUnbound is a request that a session does not send, whoever planned it.
var errUnbound = errors.New("the request is none that this program sends")

// bound is the one stop before requests that their path alone does not bind: a statement gives or lists privileges, and settings are those of tokens.
func bound(r Request) error {
	switch r.Path {
	case statementsPath:
		var sent statementRequest
		if err := json.Unmarshal(r.Body, &sent); err != nil || !ofPrivileges().MatchString(sent.Statement) {
			return fmt.Errorf("%w: it is about no privileges, so it is not sent", ErrStatement)
		}
	case settingsPath:
		var sent map[string]string
		if err := json.Unmarshal(r.Body, &sent); err != nil {
			return fmt.Errorf("%w: settings that cannot be read", errUnbound)
		}
		for key := range sent {
			if key != settingTokens && key != settingMax {
				return fmt.Errorf("%w: the setting %q", errUnbound, key)
			}
		}
	}
	return nil
}
