package settings

import (
	"encoding/base64"
	"encoding/binary"
)

// Namespace is the setting that says in which catalog short names are looked for. It is kept, and nothing depends on it here.
type Namespace struct {
	Catalog string // empty as long as it is not set
	changes uint64
}

// Tag is what a change has to bring, so that nobody undoes what they have not read.
func (n Namespace) Tag() string {
	return base64.StdEncoding.EncodeToString(binary.BigEndian.AppendUint64(nil, n.changes+1))
}

// With is the setting with another catalog, or with none, and another tag.
func (n Namespace) With(catalog string) Namespace { return Namespace{catalog, n.changes + 1} }
