package audit

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/grants"
	"github.com/draftt-io/draftt-databricks/words"
)

// Certificate is what was found out at a moment. All its texts are cleaned, and none is a secret.
type Certificate struct {
	Verdict       Verdict               `json:"verdict"`
	At            time.Time             `json:"at"`
	Version       string                `json:"version"` // of this program
	Host          string                `json:"host"`
	MetastoreID   connector.MetastoreID `json:"metastore_id,omitempty"`
	ApplicationID string                `json:"application_id"`
	DisplayName   string                `json:"display_name,omitempty"`
	Chosen        []string              `json:"chosen"`
	Missing       []string              `json:"missing,omitempty"` // of the contract: chosen, and not held
	Extras        []grants.Extra        `json:"extras,omitempty"`
	Unseen        []string              `json:"unseen,omitempty"`
	Notes         []string              `json:"notes,omitempty"`
	LookedAt      string                `json:"looked_at"`
	LookedBy      string                `json:"looked_by,omitempty"` // the admin who looked, empty where the principal itself did
	NotLookedAt   string                `json:"not_looked_at"`
	SHA256        string                `json:"sha256"` // of this JSON with an empty sha256

	Connection string `json:"-"` // that it is about, where that is saved: its command has all of a long list
}

// outside is what no certificate of this kind covers, so that nobody reads it as more than it is.
const outside = "account-level roles; privileges on single volumes, functions and models, on external locations, credentials, shares and connections; " +
	"other workspaces; files in the workspace, jobs and notebooks"

// Certify judges the facts. at is the time of the look, version that of this program.
func Certify(f Facts, at time.Time, version string) Certificate {
	extras, notes := f.judge()
	var missing []grants.Need
	for _, line := range f.Missing {
		missing = append(missing, line.Need)
	}
	unseen := slices.Clone(f.Unseen)
	slices.Sort(unseen)
	unseen = slices.Compact(unseen)
	c := Certificate{
		Verdict: verdict(extras, unseen), At: at.UTC().Truncate(time.Second), Version: connector.CleanLine(version, 40), Host: f.Host.String(),
		MetastoreID: f.MetastoreID, ApplicationID: f.Who.Principal.Name.String(), DisplayName: f.Who.Principal.DisplayName.String(),
		Chosen: needText(f.Chosen.Needs), Missing: needText(missing), Extras: extras, Unseen: unseen, Notes: notes,
		LookedAt:    fmt.Sprintf("%d catalogs, %d schemas, %d tables; the metastore, entitlements, warehouses, tokens", f.Catalogs, f.Schemas, f.Tables),
		LookedBy:    connector.CleanLine(f.By, 80),
		NotLookedAt: outside,
	}
	c.SHA256 = c.digest()
	return c
}

func (c Certificate) digest() string {
	c.SHA256 = ""
	plain, err := json.Marshal(c)
	if err != nil {
		return "" // text, numbers and times always encode
	}
	sum := sha256.Sum256(plain)
	return hex.EncodeToString(sum[:])
}

// JSON is the whole certificate, indented and safe to print.
func (c Certificate) JSON() ([]byte, error) {
	plain, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode the certificate: %w", err)
	}
	return append(connector.EscapeJSON(plain), '\n'), nil
}

// A page of text, and how many lines a long list may take of it.
const (
	listLines = 9
	lineWidth = 110
)

// Heads of lists that the sentence below the headline names: what a principal holds besides what was chosen, and what it lacks of it.
const (
	beyondIt    = "Beyond it"
	missingOfIt = "Missing of it"
)

// Text is the certificate on one page. Long lists are cut there, and say so; JSON has them whole.
func (c Certificate) Text() string { return c.Page(lineWidth) }

// Page is the same with its prose broken for a screen, so that no line is broken twice.
func (c Certificate) Page(width int) string {
	width = max(lineWidth/4, min(width, lineWidth))
	b := page{width: width, all: "audit --json has all of them"}
	if c.Connection != "" {
		b.all = "draftt-databricks audit " + words.CommandArgument(c.Connection) + " --json has all of them"
	}
	line := func(format string, args ...any) { b.line(clean(format, args...), 0) }
	fact := func(label, format string, args ...any) {
		b.line(clean("%-13s"+format, append([]any{label + ":"}, args...)...), len("Principal:   "))
	}
	line("%s", c.Headline())
	line("%s", c.sentence())
	b.WriteString("\n")
	fact("Principal", "%s, application ID %s", c.DisplayName, c.ApplicationID)
	fact("Workspace", "%s", c.Host)
	if c.MetastoreID != "" {
		fact("Metastore", "%s", c.MetastoreID)
	}
	fact("Made", "%s by draftt-databricks %s", c.At.Format(time.RFC3339), c.Version)
	fact("Looked at", "%s", c.LookedAt)
	fact("Looked as", "%s", cmp.Or(c.LookedBy, "the connector itself, which is not shown everything"))
	list(&b, "Chosen", c.Chosen, listLines)
	list(&b, missingOfIt, c.Missing, listLines)
	list(&b, beyondIt, extraLines(c.Extras), 2*listLines)
	list(&b, "Not visible, so not certified", c.Unseen, listLines)
	list(&b, "Notes", c.Notes, 4)
	b.WriteString("\nNot covered by any certificate of this kind:\n")
	b.prose("  "+c.NotLookedAt, len("  "))
	line("")
	const digest = "SHA-256 of the content:"
	if len(digest)+1+len(c.SHA256) <= width {
		line("%s %s", digest, c.SHA256)
		return b.String()
	}
	line("%s", digest)
	for part := range slices.Chunk([]byte(c.SHA256), max(1, len(c.SHA256)/2)) {
		line("  %s", part)
	}
	return b.String()
}

// clean is a line without what could move a cursor.
func clean(format string, args ...any) string {
	return strings.TrimRight(connector.CleanLine(fmt.Sprintf(format, args...), lineWidth), " ")
}

// page is a certificate while it is written for a screen. What is longer than a line goes on under its beginning rather than at the left edge.
type page struct {
	strings.Builder
	width int
	all   string // says where a list is whole that is cut here
}

// line is a line of the page, and several on a screen that is narrower.
func (p *page) line(text string, under int) {
	if p.width == lineWidth {
		p.WriteString(text + "\n")
		return
	}
	p.prose(text, under)
}

// prose breaks a text between words.
func (p *page) prose(text string, under int) {
	for len(text) > p.width {
		at := strings.LastIndexByte(text[:p.width+1], ' ')
		if at <= under {
			break // a name that is longer than the screen is broken there
		}
		p.WriteString(strings.TrimRight(text[:at], " ") + "\n")
		text = strings.Repeat(" ", under) + text[at+1:]
	}
	p.WriteString(text + "\n")
}

// Headline is the verdict in a line. An exact one still says where something that was chosen cannot be read.
func (c Certificate) Headline() string {
	line := "Read-only certificate: " + c.Verdict.Words()
	if c.Verdict == Exact && len(c.Missing) > 0 {
		line += fmt.Sprintf(", with %s of it missing", words.Count(len(c.Missing), "privilege"))
	}
	return line
}

// sentence says what the verdict means.
func (c Certificate) sentence() string {
	if c.Verdict == Exact && len(c.Missing) > 0 {
		return "It can only read; what it lacks of what was chosen stands under " + missingOfIt + "."
	}
	none := words.UpperFirst(grants.NoWrite)
	if c.LookedBy == "" {
		none += grants.BySelf
	}
	return map[Verdict]string{
		Exact:    "It " + OnlyChosen + ".",
		Broader:  none + "; what else it holds stands under " + beyondIt + ".",
		CanWrite: "What lets it write stands under " + beyondIt + ".",
		Unknown:  fmt.Sprintf("%s, but %s could not be looked at.", none, words.Count(len(c.Unseen), "thing")),
	}[c.Verdict]
}

// extraLines has two lines for each extra, the second with what takes it away.
func extraLines(extras []grants.Extra) []string {
	var out []string
	for _, e := range extras {
		kind, others := "holds", ""
		if e.Writes {
			kind = "WRITES"
		}
		if e.Others {
			others = "  -- the other members of the group lose it too"
		}
		out = append(out, fmt.Sprintf("%s  %s (%s)", kind, e.What, e.Source), "       "+e.Revoke+others)
	}
	return out
}

func list(b *page, title string, lines []string, limit int) {
	if len(lines) == 0 {
		return
	}
	b.WriteString("\n" + title + "\n")
	for _, l := range lines[:min(limit, len(lines))] {
		l = connector.CleanLine(l, lineWidth)
		b.line("  "+l, len("    ")+len(l)-len(strings.TrimLeft(l, " ")))
	}
	if more := len(lines) - limit; more > 0 {
		b.line(fmt.Sprintf("  and %d more lines; %s", more, b.all), len("    "))
	}
}
