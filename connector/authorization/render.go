package authorization

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/words"
)

// Form is a way to write a list down.
type Form string

// The forms. Each is complete: carried out, it leads to the list and to no other.
const (
	AsTerraform Form = "terraform"
	AsJSON      Form = "json"
	AsREST      Form = "rest"
	AsCLI       Form = "cli"
)

// Forms are all of them.
var Forms = []string{string(AsTerraform), string(AsJSON), string(AsREST), string(AsCLI)}

// Write writes the list of the snapshot down. Errors are *connector.Error.
func (s *Snapshot) Write(as Form) (string, error) {
	if len(s.Strange) > 0 {
		return "", refusal(ErrStrange, "The list has what this program does not understand, so it cannot be written down whole: "+list(s.Strange)+".", "Read it in Databricks, in the permissions settings.")
	}
	if as == AsTerraform {
		return s.terraform(), nil
	}
	text, err := json.MarshalIndent(s.ACL.Sorted().sent().body(), "", "  ")
	if err != nil {
		return "", fmt.Errorf("encode a list of permissions: %w", err)
	}
	body := string(connector.EscapeJSON(text))
	switch as {
	case AsJSON:
		return body + "\n", nil
	case AsREST:
		return http.MethodPut + " https://" + s.Host + s.Path() + "\nContent-Type: application/json\n\n" + body + "\n", nil
	case AsCLI:
		return "databricks api put " + s.Path() + " --json " + words.ShellArgument(body) + "\n", nil
	}
	return "", &connector.Error{Kind: connector.ErrInput, What: connector.CleanLine(string(as), 40) + " is no form.", Remedy: "Give one of " + list(Forms) + "."}
}

// resourceNames are how the resource of each object is called in the text.
var resourceNames = map[Object]string{Tokens: "token_usage", Passwords: "password_usage"}

// terraform is the list as a resource of the provider of Databricks. The provider adds the group admins to the list of tokens by itself, so it
// stands there only where the resource would be empty.
func (s *Snapshot) terraform() string {
	var b strings.Builder
	address := "databricks_permissions." + resourceNames[s.Object]
	fmt.Fprintf(&b, "# The permissions on %s of %s, as they were on %s.\n", s.Object.Noun(), s.Host, date(s.At, "a day that is not known"))
	b.WriteString("# A workspace has one such resource: a second one, in whatever configuration, overwrites this one at every apply.\n")
	if s.Object == Tokens {
		b.WriteString("# Whoever is taken off the list loses access when this is applied, and their tokens are deleted at once.\n")
	}
	fmt.Fprintf(&b, "#\n#   terraform import %s /authorization/%s\n\n", address, s.Object)
	fmt.Fprintf(&b, "resource \"databricks_permissions\" %q {\n  authorization = %q\n", resourceNames[s.Object], string(s.Object))
	entries := s.ACL.Sorted().sent()
	for _, e := range entries {
		if e.admins() && s.Object == Tokens && len(entries) > 1 {
			continue
		}
		field := e.Kind.Field()
		fmt.Fprintf(&b, "\n  access_control {\n    %-*s = %s\n    %-*s = %s\n  }\n", width(field), field, quote(e.Name.Raw()), width(field), levelField, quote(e.Level.API()))
	}
	b.WriteString("}\n")
	return b.String()
}

const levelField = "permission_level"

func width(field string) int { return max(len(field), len(levelField)) }

// quote is a text as HCL has it, with nothing in it that is an expression. Its escapes are those of JSON but for letters beyond four digits.
func quote(text string) string {
	far := func(r rune) bool { return r > 0xffff }
	var b strings.Builder
	for len(text) > 0 {
		end := strings.IndexFunc(text, far)
		if end < 0 {
			end = len(text)
		}
		b.WriteString(near(text[:end]))
		text = text[end:]
		for len(text) > 0 {
			r, size := utf8.DecodeRuneInString(text)
			if !far(r) {
				break
			}
			if one := text[:size]; string(connector.EscapeJSON([]byte(one))) == one {
				b.WriteString(one)
			} else {
				fmt.Fprintf(&b, `\U%08x`, r)
			}
			text = text[size:]
		}
	}
	return `"` + b.String() + `"`
}

// near is what quote makes of a text without letters beyond four digits.
func near(text string) string {
	var b bytes.Buffer
	plain := json.NewEncoder(&b)
	plain.SetEscapeHTML(false)
	_ = plain.Encode(text) // a text can be encoded
	quoted := strings.TrimSuffix(string(connector.EscapeJSON(b.Bytes())), "\n")
	return strings.NewReplacer(`\\`, `\\`, `\b`, `\u0008`, `\f`, `\u000c`, "${", "$${", "%{", "%%{").Replace(quoted[1 : len(quoted)-1])
}

// must is for what cannot fail: the encoding of a text.
func must(encoded []byte, _ error) []byte { return encoded }

// Difference is what changed between two snapshots of the same workspace, a line for each.
func Difference(before, after *Snapshot) (out []string) {
	was, is := before.shown(before.ACL.Sorted()), after.shown(after.ACL.Sorted())
	for _, e := range is.Without(was) {
		out = append(out, "added: "+e.Text())
	}
	for _, e := range was.Without(is) {
		out = append(out, "gone: "+e.Text())
	}
	if before.Settings != after.Settings {
		out = append(out, "the settings of tokens changed")
	}
	old, now := before.byID(), after.byID()
	for _, o := range after.Owned() {
		if !old[o.ID] {
			out = append(out, "new token: "+o.Principal.Label()+", "+o.ID)
		}
	}
	for _, o := range before.Owned() {
		if !now[o.ID] {
			out = append(out, "token gone: "+o.Principal.Label()+", "+o.ID)
		}
	}
	return out
}

func (s *Snapshot) byID() map[string]bool {
	ids := make(map[string]bool, len(s.Tokens))
	for _, t := range s.Tokens {
		ids[t.ID] = true
	}
	return ids
}
