package connector

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"net/url"
)

// shortestSearch is the shortest secret worth searching for; anything shorter is found in texts that have nothing to do with it.
const shortestSearch = 8

// Within reports whether data holds the secret: as it is, in base64 at any offset, in hex, or escaped for a URL. It tells nothing else of it.
func (s Secret) Within(data []byte) bool {
	if s.Len() < shortestSearch {
		return false
	}
	raw := s.reveal()
	folded := bytes.ToLower(data)
	forms := [][]byte{raw, []byte(url.QueryEscape(string(raw))), []byte(url.PathEscape(string(raw)))}
	for shift := range 3 {
		for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			coded := encoding.EncodeToString(append(make([]byte, shift), raw...))
			// The first and the last characters also depend on what stands around the secret.
			forms = append(forms, []byte(coded[[]int{0, 2, 3}[shift]:len(coded)-2]))
		}
	}
	for _, form := range forms {
		if bytes.Contains(data, form) {
			return true
		}
	}
	return bytes.Contains(folded, []byte(hex.EncodeToString(raw)))
}
