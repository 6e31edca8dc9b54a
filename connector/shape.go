package connector

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// Shape tells what kind of value a secret looks like, as a set of marks and never as any of its characters: enough to say that a token
// was pasted where an OAuth secret belongs, too little to learn a secret from.
type Shape uint16

// The marks of a shape. The prefixes are those Databricks gives its secrets; the form of an Entra client secret is Microsoft's.
const (
	ShapeOAuth    Shape = 1 << iota // begins with dose, as the OAuth secrets of Databricks do
	ShapeToken                      // begins with dapi, as personal access tokens do
	ShapeEntra                      // around 40 characters with a ~ or a dot among them, and no prefix of Databricks
	ShapeUUID                       // a UUID, as application IDs are
	ShapeJWT                        // three parts of base64 with dots between, as access tokens are
	ShapeQuoted                     // quotes around it
	ShapeAssigned                   // begins with a name and = or :, as a line of a settings file does
	ShapePadded                     // blanks or line breaks around it
	ShapeBlanks                     // blanks or line breaks inside
	ShapeShort                      // fewer characters than any secret of Databricks has
	ShapeMasked                     // dots or asterisks alone, as screens show in place of a secret
)

// shortSecret is less than the 36 characters of the shortest secret, an OAuth secret, with room for forms not seen yet.
const shortSecret = 30

var shapes = []struct {
	mark Shape
	form pattern.Pattern
}{
	{ShapeOAuth, pattern.New(`^dose`)},
	{ShapeToken, pattern.New(`^dapi`)},
	{ShapeUUID, uuidForm},
	{ShapeJWT, pattern.New(`^eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$`)},
	{ShapeQuoted, pattern.New("^(\".*\"|'.*'|`.*`)$")},
	{ShapeAssigned, pattern.New(`(?i)^(export\s+)?"?[a-z_]*(secret|token|password)"?\s*[=:]`)},
	{ShapeMasked, pattern.New(`^[•●*·.]+$`)},
}

// entraForm is the usual look of a client secret of Microsoft Entra ID: about 40 letters, digits and . ~ _ -.
var entraForm = pattern.New(`^[A-Za-z0-9._~-]{34,46}$`)

// Shape looks at the secret and gives the marks that fit it, none for the zero Secret.
func (s Secret) Shape() Shape {
	if s.IsZero() {
		return 0
	}
	raw := s.reveal()
	text := bytes.TrimSpace(raw)
	var shape Shape
	for _, one := range shapes {
		if one.form().Match(text) {
			shape |= one.mark
		}
	}
	for mark, so := range map[Shape]bool{
		ShapePadded: len(text) != len(raw),
		ShapeBlanks: bytes.IndexFunc(text, unicode.IsSpace) >= 0,
		ShapeShort:  utf8.RuneCount(text) < shortSecret,
		ShapeEntra:  shape == 0 && entraForm().Match(text) && bytes.ContainsAny(text, "~."),
	} {
		if so {
			shape |= mark
		}
	}
	return shape
}

// Has reports whether every one of the marks fits.
func (s Shape) Has(marks Shape) bool { return s&marks == marks }

// Method is the way to sign in that a secret of this shape is for, empty where the shape does not tell.
func (s Shape) Method() AuthMethod {
	switch {
	case s.Has(ShapeToken):
		return PAT
	case s.Has(ShapeOAuth):
		return OAuth
	}
	return ""
}

// Called names the kind of a secret with its article.
func (s Shape) Called() string {
	switch {
	case s.Has(ShapeToken):
		return "a personal access token (dapi…)"
	case s.Has(ShapeOAuth):
		return "an OAuth secret (dose…)"
	case s.Has(ShapeJWT):
		return "an access token"
	}
	return "a secret"
}
