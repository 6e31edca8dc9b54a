package model

import (
	"net/http"

	"github.com/draftt-io/draftt-databricks/connector/demo/settings"
)

func noNamespace(n settings.Namespace) *Error {
	return &Error{Code: "NOT_FOUND", Status: http.StatusNotFound, Message: "The default namespace of the workspace is not set.", ETag: n.Tag()}
}

// Namespace gives the default namespace of the workspace. It takes a workspace admin. Its *Error has the tag with which it can be set.
func (w *World) Namespace(by *Principal) (settings.Namespace, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.checkAdmin(by); err != nil {
		return settings.Namespace{}, err
	}
	if w.namespace.Catalog == "" {
		return settings.Namespace{}, noNamespace(w.namespace)
	}
	return w.namespace, nil
}

// SetNamespace sets the catalog, or with an empty one takes the setting back. It takes a workspace admin, and the tag of now, which the *Error has
// when it is another.
func (w *World) SetNamespace(by *Principal, catalog, tag string) (settings.Namespace, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkAdmin(by); err != nil {
		return settings.Namespace{}, err
	}
	switch now := w.namespace; {
	case now.Catalog == "" && (catalog == "" || tag != now.Tag()):
		return settings.Namespace{}, noNamespace(now)
	case tag != now.Tag():
		return settings.Namespace{}, &Error{
			Code: "RESOURCE_CONFLICT", Status: http.StatusConflict, Message: "The default namespace of the workspace was changed: its etag is another.",
			ETag: now.Tag(),
		}
	}
	w.namespace = w.namespace.With(catalog)
	return w.namespace, nil
}
