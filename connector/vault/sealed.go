package vault

import (
	"bytes"
	"encoding/json"
	"io"
)

// What the sealed files of a vault have in common, whatever is inside.

// openSealed breaks the seal of a file. It returns ErrDamaged for one that is not whole or not ours.
func openSealed(k key, file string, sealed []byte) ([]byte, error) {
	content, err := k.open(sealed)
	if err != nil {
		return nil, damaged(file, "its seal is broken, or it belongs to another key")
	}
	return content, nil
}

// decodeSealed reads the one JSON object from a seal, as this release or an older one wrote it: what a later version added is zero. What
// names the object in an error. It returns ErrDamaged, or ErrNewerVersion for a later format.
func decodeSealed[T any](content []byte, file string, version int, what string) (T, error) {
	var found, none T
	var head struct{ Version int }
	if err := json.Unmarshal(content, &head); err != nil {
		return none, damaged(file, "the sealed content is not JSON")
	}
	if head.Version > version {
		return none, newer(file)
	}
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	if err := d.Decode(&found); err != nil || head.Version < 1 {
		return none, damaged(file, "the sealed content is not a "+what)
	}
	if _, err := d.Token(); err != io.EOF {
		return none, damaged(file, "the sealed content has more than a "+what)
	}
	return found, nil
}

// writeSealed seals content and puts it in the place of the file of this ID, or creates the file. The doing completes "Could not …".
func writeSealed(f *folder, k key, id string, content []byte, doing string) error {
	sealed, err := k.seal(content)
	if err != nil {
		return err
	}
	if err := f.write(id+extension, sealed); err != nil {
		return storage(doing, err)
	}
	return nil
}
