// Package settings has the keys of the workspace configuration API: what each is at first, which values it takes, and what they come to where
// something depends on them. Who may read and set them the model knows.
package settings

import (
	"cmp"
	"fmt"
	"maps"
	"strconv"
	"time"
)

// Settings are what is set of a workspace. A copy of them can be changed without a change to the original.
type Settings struct {
	Tokens       bool // personal access tokens may be made and used
	maxTokenDays int  // 0: no limit of its own
	// plain has the keys that somebody set and that change nothing here. It is never changed in place.
	plain map[string]string
}

// Initial are the settings that a workspace begins with.
func Initial() Settings { return Settings{Tokens: true} }

// defaultTokenDays are the life of a token that is not given one, and the longest where the workspace sets no other.
const defaultTokenDays = 730

// LongestToken is the longest life of a personal access token, which is also that of one that is not given a life.
func (s Settings) LongestToken() time.Duration {
	days := defaultTokenDays
	if s.maxTokenDays > 0 {
		days = min(days, s.maxTokenDays)
	}
	return time.Duration(days) * 24 * time.Hour
}

// Key reads and changes one key of the API. All its values are text. Set returns an error for one that the key does not take, and then
// changes nothing.
type Key struct {
	Get func(Settings) string
	Set func(*Settings, string) error
}

// keys are those that something depends on.
var keys = map[string]Key{
	"enableTokensConfig": {
		Get: func(s Settings) string { return strconv.FormatBool(s.Tokens) },
		Set: func(s *Settings, text string) error {
			allowed, err := boolean(text)
			if err == nil {
				s.Tokens = allowed
			}
			return err
		},
	},
	"maxTokenLifetimeDays": {
		Get: func(s Settings) string {
			if s.maxTokenDays == 0 {
				return ""
			}
			return strconv.Itoa(s.maxTokenDays)
		},
		Set: func(s *Settings, text string) error {
			days, err := strconv.Atoi(cmp.Or(text, "0"))
			if err != nil {
				return err
			}
			if days < 0 {
				return fmt.Errorf("%d is negative", days)
			}
			s.maxTokenDays = days
			return nil
		},
	},
}

// boolean reads one of the two words that a key of this kind takes.
func boolean(text string) (bool, error) {
	if text != "true" && text != "false" {
		return false, fmt.Errorf("%q is neither true nor false", text)
	}
	return text == "true", nil
}

// plainKeys are the other keys that a workspace knows, with their values before anybody sets them. They are kept, and nothing depends on
// them here. Those that are empty are not set.
var plainKeys = map[string]string{
	"customerApprovedWSLoginExpirationTime":            "",
	"enable-X-Content-Type-Options":                    "true",
	"enable-X-Frame-Options":                           "true",
	"enable-X-XSS-Protection":                          "true",
	"enableDatabricksAutologgingAdminConf":             "true",
	"enableDbfsFileBrowser":                            "false",
	"enableDcs":                                        "true",
	"enableDeprecatedClusterNamedInitScripts":          "false",
	"enableDeprecatedGlobalInitScripts":                "false",
	"enableEnforceImdsV2":                              "false",
	"enableExportNotebook":                             "true",
	"enableGp3":                                        "true",
	"enableHlsRuntime":                                 "false",
	"enableIpAccessLists":                              "false",
	"enableJobViewAcls":                                "true",
	"enableNotebookGitVersioning":                      "true",
	"enableNotebookTableClipboard":                     "true",
	"enableProjectTypeInWorkspace":                     "true",
	"enableProjectsAllowList":                          "false",
	"enableResultsDownloading":                         "true",
	"enableUploadDataUis":                              "true",
	"enableVerboseAuditLogs":                           "false",
	"enableWebTerminal":                                "true",
	"enableWorkspaceFilesystem":                        "true",
	"enforceClusterViewAcls":                           "true",
	"enforceUserIsolation":                             "true",
	"enforceWorkspaceViewAcls":                         "true",
	"heapDumpAllowed":                                  "false",
	"intercomAdminConsent":                             "",
	"jobsListBackendPaginationEnabled":                 "true",
	"maxUserInactiveDays":                              "",
	"mlflowModelRegistryEmailNotificationsEnabled":     "true",
	"mlflowModelServingEndpointCreationEnabled":        "true",
	"mlflowRunArtifactDownloadEnabled":                 "true",
	"projectsAllowList":                                "",
	"projectsAllowListPermissions":                     "",
	"rStudioUserDefaultHomeBase":                       "",
	"storeInteractiveNotebookResultsInCustomerAccount": "false",
}

// plainKey is a key that nothing depends on. One that begins as true or false takes no other word.
func plainKey(key, initially string) Key {
	return Key{
		Get: func(s Settings) string {
			if text, ok := s.plain[key]; ok {
				return text
			}
			return initially
		},
		Set: func(s *Settings, text string) error {
			if _, err := boolean(initially); err == nil {
				if _, err := boolean(text); err != nil {
					return err
				}
			}
			s.plain = maps.Clone(s.plain)
			if s.plain == nil {
				s.plain = map[string]string{}
			}
			s.plain[key] = text
			return nil
		},
	}
}

// Named finds a key by its name, and reports whether there is one.
func Named(name string) (Key, bool) {
	if k, ok := keys[name]; ok {
		return k, true
	}
	initially, ok := plainKeys[name]
	return plainKey(name, initially), ok
}
