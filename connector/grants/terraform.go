package grants

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// terraform writes a databricks_grant for each object with something missing. That resource sets all that one principal has on one
// object, so what it holds there by a grant of its own, and the contract asks for, is in it too.
func (c Comparison) terraform(needs []Need) string {
	if len(needs) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("# databricks_grant sets what this principal has on the object; privileges not listed here are taken from it.\n")
	for i, group := range byObject(needs) {
		privileges := slices.Clone(group.privileges)
		for _, line := range c.Have {
			own := slices.ContainsFunc(line.Origins, func(o Origin) bool { return !o.Holder.Group && !o.Above && !o.Owner && !o.All && !o.Unseen })
			if line.On.Same(group.on) && own {
				privileges = append(privileges, line.Privilege)
			}
		}
		words := make([]string, len(privileges))
		for j, p := range privileges {
			words[j] = HCLString(string(p))
		}
		slices.Sort(words)
		fmt.Fprintf(&b, "\nresource \"databricks_grant\" \"draftt_%d_%s\" {\n", i+1, HCLName(group.on.Full()))
		fmt.Fprintf(&b, "  %-10s = %s\n", group.on.Type, HCLString(group.on.Full()))
		fmt.Fprintf(&b, "  %-10s = %s\n", "principal", HCLString(c.Who.Principal.Name.Raw()))
		fmt.Fprintf(&b, "  %-10s = [%s]\n}\n", "privileges", strings.Join(words, ", "))
	}
	return b.String()
}

// HCLString is a quoted template of HCL that stands for exactly this text: quotes, backslashes and the two beginnings of a template
// sequence escaped, and whatever a terminal would obey as a code.
func HCLString(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case (r == '$' || r == '%') && strings.HasPrefix(text[i+1:], "{"):
			fmt.Fprintf(&b, `\u%04x`, r) // doubling it, the usual way, is not clear after another one
		case r > 0xffff && !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\U%08x`, r)
		case !unicode.IsPrint(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// HCLName is the end of a resource's name: letters, digits and underscores of ASCII.
func HCLName(text string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return '_'
	}, strings.ToLower(text))
	return name[:min(len(name), 60)]
}
