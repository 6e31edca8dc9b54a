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
		s, ok := settingKeys[key]
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
		s, ok := settingKeys[key]
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
