package access

import (
	"fmt"
	"math/bits"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// class tells apart the families of rights, which have no right in common: each kind of object takes those of one family.
type class uint8

const (
	unity    class = iota // privileges of Unity Catalog
	levels                // of access control lists
	standing              // roles, entitlements and assignments, on accounts, workspaces and principals
)

// Right is a privilege of Unity Catalog, a permission level, an entitlement or a role. It is comparable, and the zero Right is none.
type Right uint8

const classShift = 6

func rightOf(c class, bit int) Right { return Right(uint8(c)<<classShift | uint8(bit)) }

func (r Right) class() class { return class(r >> classShift) }

func (r Right) bit() int { return int(r & (1<<classShift - 1)) }

func (r Right) mask() mask { return 1 << r.bit() }

// mask is a set of rights of one class.
type mask uint64

func (m mask) has(r Right) bool { return m&r.mask() != 0 }

// rights lists the members of a mask, the lowest first.
func (m mask) rights(c class) []Right {
	out := make([]Right, 0, bits.OnesCount64(uint64(m)))
	for ; m != 0; m &= m - 1 {
		out = append(out, rightOf(c, bits.TrailingZeros64(uint64(m))))
	}
	return out
}

// rightName is how a right is written: by the API, and on pages.
type rightName struct{ api, ui string }

// API is the right as the API writes it, such as USE_CATALOG or CAN_READ.
func (s *Rules) API(r Right) string { return s.names[r].api }

// UI is the right as pages and SQL write it, such as USE CATALOG or CAN VIEW, on an object of the kind.
func (s *Rules) UI(r Right, k Kind) string {
	if row, known := s.kind(k); known {
		for _, l := range row.levels {
			if l.Right == r {
				return l.UI
			}
		}
	}
	return s.names[r].ui
}

// ParseRight reads a right that can be asked of objects of a kind, in any case and with blanks, hyphens or underscores, as the API or the page
// has it. The error for a word that is none is of kind ErrAsked, and names those there are.
func (s *Rules) ParseRight(k Kind, text string) (Right, error) {
	want := plain(text)
	for _, r := range s.Asked(k) {
		if plain(s.API(r)) == want || plain(s.UI(r, k)) == want {
			return r, nil
		}
	}
	var known []string
	for _, r := range s.Asked(k) {
		known = append(known, s.UI(r, k))
	}
	return 0, asked(fmt.Sprintf("%q is no right on a %s.", connector.CleanLine(text, 40), strings.ToLower(s.KindName(k))), "Rights are: "+strings.Join(known, ", ")+".")
}

func plain(text string) string {
	return strings.NewReplacer(" ", "", "_", "", "-", "", "/", "").Replace(strings.ToLower(text))
}

// Opens is the privilege, by its name in the API, that what is in an object of a kind cannot do without. It reports false for what opens nothing.
func (s *Rules) Opens(k Kind) (string, bool) {
	row, known := s.kind(k)
	return s.API(row.opens), known && row.opening
}
