package model

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// settings are the workspace's settings that something here depends on.
type settings struct {
	tokens       bool // personal access tokens may be made and used
	maxTokenDays int  // 0: no limit of its own
	// plain has the keys that somebody set and that change nothing here. It is never changed in place.
	plain map[string]string
}

func (s settings) longestToken() time.Duration {
	if s.maxTokenDays == 0 {
		return defaultTokenLife
	}
	return min(defaultTokenLife, time.Duration(s.maxTokenDays)*24*time.Hour)
}

// setting reads and changes one key of the workspace configuration API. All its values are text.
type setting struct {
	get func(settings) string
	set func(*settings, string) error
}

var settingKeys = map[string]setting{
	"enableTokensConfig": {
		get: func(s settings) string { return strconv.FormatBool(s.tokens) },
		set: func(s *settings, text string) (err error) {
			s.tokens, err = strconv.ParseBool(text)
			return err
		},
	},
	"maxTokenLifetimeDays": {
		get: func(s settings) string {
			if s.maxTokenDays == 0 {
				return ""
			}
			return strconv.Itoa(s.maxTokenDays)
		},
		set: func(s *settings, text string) (err error) {
			if text == "" {
				s.maxTokenDays = 0
				return nil
			}
			s.maxTokenDays, err = strconv.Atoi(text)
			if err == nil && s.maxTokenDays < 0 {
				err = fmt.Errorf("%d is negative", s.maxTokenDays)
			}
			return err
		},
	},
}

// plainSettings are the other keys that a workspace knows, with their values before anybody sets them. They are kept, and nothing depends on
// them here. Those that are empty are not set.
var plainSettings = map[string]string{
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

// plainSetting is the setting of a key that nothing depends on. One that begins as true or false takes no other word.
func plainSetting(key, initially string) setting {
	return setting{
		get: func(s settings) string {
			if text, ok := s.plain[key]; ok {
				return text
			}
			return initially
		},
		set: func(s *settings, text string) error {
			if _, err := strconv.ParseBool(initially); err == nil && text != "true" && text != "false" {
				return fmt.Errorf("%q is neither true nor false", text)
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

// settingOf gives the setting of a key.
func settingOf(key string) (setting, bool) {
	if s, ok := settingKeys[key]; ok {
		return s, true
	}
	initially, ok := plainSettings[key]
	return plainSetting(key, initially), ok
}

// Settings gives the values of keys of the workspace configuration, empty text for one that is not set. It takes a workspace admin and
// returns an *Error for a key that this workspace does not know.
func (w *World) Settings(by *Principal, keys []string) (map[string]string, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.checkAdmin(by); err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, key := range keys {
		s, ok := settingOf(key)
		if !ok {
			return nil, invalidKey(key)
		}
		out[key] = s.get(w.settings)
	}
	return out, nil
}

// ChangeSettings sets keys of the workspace configuration, all or none. It takes a workspace admin and returns an *Error for an unknown
// key or a value that is none.
func (w *World) ChangeSettings(by *Principal, values map[string]string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkAdmin(by); err != nil {
		return err
	}
	changed := w.settings
	for _, key := range slices.Sorted(maps.Keys(values)) {
		s, ok := settingOf(key)
		if !ok {
			return invalidKey(key)
		}
		if s.set(&changed, values[key]) != nil {
			return invalidParameter("'%s' is not a valid value for %s.", values[key], key)
		}
	}
	w.settings = changed
	return nil
}

func invalidKey(key string) *Error {
	return &Error{Code: "BAD_REQUEST", Status: http.StatusBadRequest, Message: fmt.Sprintf("Invalid keys: [%q]", key)}
}
