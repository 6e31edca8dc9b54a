package model

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/settings"
)

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
		k, ok := settings.Named(key)
		if !ok {
			return nil, invalidKey(key)
		}
		out[key] = k.Get(w.settings)
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
		k, ok := settings.Named(key)
		if !ok {
			return invalidKey(key)
		}
		if k.Set(&changed, values[key]) != nil {
			return invalidParameter("'%s' is not a valid value for %s.", values[key], key)
		}
	}
	w.settings = changed
	return nil
}

func invalidKey(key string) *Error {
	return &Error{Code: "BAD_REQUEST", Status: http.StatusBadRequest, Message: fmt.Sprintf("Invalid keys: [%q]", key)}
}
