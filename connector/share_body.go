package connector

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/draftt-io/draftt-databricks/letters"
)

// encodedForms are the forms of a value as a text of JSON, where that is another: with the signs of HTML escaped, as encoding/json does by itself,
// and without.
func encodedForms(value string) (forms []string) {
	if !strings.ContainsAny(value, `"\<>&`) && !strings.ContainsFunc(value, letters.Steers) {
		return nil
	}
	for _, html := range []bool{true, false} {
		var b bytes.Buffer
		encoder := json.NewEncoder(&b)
		encoder.SetEscapeHTML(html)
		if encoder.Encode(value) != nil {
			continue
		}
		form := strings.ToLower(escapeControls(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(b.String()), `"`), `"`)))
		forms = append(forms, form, strings.ToLower(CleanLine(form, lineLimit)))
	}
	return forms
}
