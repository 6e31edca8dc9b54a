package model

import (
	"encoding/base64"
	"encoding/binary"
	"net/http"
)

// namespace is the setting that says in which catalog short names are looked for. It is kept, and nothing depends on it here.
type namespace struct {
	catalog string // empty as long as it is not set
	changes uint64
}

// tag is what a change has to bring, so that nobody undoes what they have not read.
func (n namespace) tag() string {
	return base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, n.changes+1))
}

func (n namespace) unset() *Error {
	return &Error{Code: "NOT_FOUND", Status: http.StatusNotFound, Message: "The default namespace of the workspace is not set.", ETag: n.tag()}
}

// Namespace gives the catalog of the setting, and its tag. It takes a workspace admin. Its *Error has the tag with which it can be set.
func (w *World) Namespace(by *Principal) (catalog, tag string, err error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.checkAdmin(by); err != nil {
		return "", "", err
	}
	if w.namespace.catalog == "" {
		return "", "", w.namespace.unset()
	}
	return w.namespace.catalog, w.namespace.tag(), nil
}

// SetNamespace sets the catalog, or with an empty one takes the setting back, and gives its new tag. It takes a workspace admin, and the tag of
// now, which the *Error has when it is another.
func (w *World) SetNamespace(by *Principal, catalog, tag string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.checkAdmin(by); err != nil {
		return "", err
	}
	switch now := w.namespace; {
	case now.catalog == "" && (catalog == "" || tag != now.tag()):
		return "", now.unset()
	case tag != now.tag():
		return "", &Error{
			Code: "RESOURCE_CONFLICT", Status: http.StatusConflict, Message: "The default namespace of the workspace was changed: its etag is another.",
			ETag: now.tag(),
		}
	}
	w.namespace.catalog = catalog
	w.namespace.changes++
	return w.namespace.tag(), nil
}
