package grants

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/outfile"
)

// A page of text: what an e-mail shows without scrolling far, and a printer puts on one sheet.
const (
	pageLines   = 60
	inlineLimit = 12 // statements that fit on the page twice, to grant and to revoke
)

// Packet is what one owner needs to make the grants on what they own. It holds no secret.
type Packet struct {
	Owner connector.Remote // empty when nobody is known who may grant
	Name  string           // of the text file, safe on every system whatever the owner is called
	Text  string           // at most one page
	SQL   string           // the statements of this packet
	// SQLName is the file to put SQL in, when there are more statements than fit on the page, which then points at it. It is empty when
	// the page has them all.
	SQLName string
}

// File is a file to hand over.
type File struct{ Name, Text string }

// Files are the page and, where that points at one, the file with the statements.
func (p Packet) Files() []File {
	files := []File{{p.Name, p.Text}}
	if p.SQLName != "" {
		files = append(files, File{p.SQLName, p.SQL})
	}
	return files
}

// Write writes the files of packets into a folder, which is made where there is none, and gives their full paths. No file that is there
// already is touched.
func Write(folder string, packets []Packet) (paths []string, err error) {
	if err := connector.RefuseStray(folder, "a folder"); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(cmp.Or(folder, "."), 0o755); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	for _, p := range packets {
		for _, file := range p.Files() {
			path, err := outfile.Save(folder, file.Name, file.Text)
			if err != nil {
				return paths, err
			}
			paths = append(paths, path)
		}
	}
	return paths, nil
}

// Handoff is what the packets are about.
type Handoff struct {
	Connection string // its name, as a person gave it
	Host       connector.Host
	To         connector.Principal
	Resume     string // the command that continues and verifies by itself, empty to leave it out
	Demo       bool   // the workspace is the embedded one, and nobody has to do anything
}

// Packets makes one packet for each owner who has to grant something, in the order of the needs. Errors are those of Script.
func Packets(h Handoff, missing []Need, whoCan []Authority) ([]Packet, error) {
	type pile struct {
		owner connector.Remote
		needs []Need
	}
	var piles []pile
	for _, need := range missing {
		owner := connector.Remote{}
		if i := slices.IndexFunc(whoCan, func(a Authority) bool { return a.Object.Same(need.On) }); i >= 0 {
			owner = whoCan[i].First()
		}
		i := slices.IndexFunc(piles, func(p pile) bool { return p.owner == owner })
		if i < 0 {
			i, piles = len(piles), append(piles, pile{owner: owner})
		}
		piles[i].needs = append(piles[i].needs, need)
	}
	var out []Packet
	for _, p := range piles {
		packet, err := h.packet(p.owner, p.needs, whoCan)
		if err != nil {
			return nil, err
		}
		out = append(out, packet)
	}
	return out, nil
}

func (h Handoff) packet(owner connector.Remote, needs []Need, whoCan []Authority) (Packet, error) {
	script, err := Script(needs, h.To)
	if err != nil {
		return Packet{}, err
	}
	base := "handoff-" + FileWord(h.Connection) + "-" + FileWord(owner.Raw())
	p := Packet{Owner: owner, Name: base + ".txt", SQL: script}
	grant, verify, revoke := strings.Split(strings.TrimSpace(script), "\n"), []string(nil), []string(nil)
	principal, err := connector.QuotePrincipal(h.To.Name)
	if err != nil {
		return Packet{}, fmt.Errorf("name the principal: %w", err)
	}
	for _, need := range needs {
		line, err := Revoke(need.Privilege, need.On, h.To.Name)
		if err != nil {
			return Packet{}, err
		}
		revoke = append(revoke, line)
		if show := showGrants(need.On, principal); !slices.Contains(verify, show) {
			verify = append(verify, show)
		}
	}
	if len(needs) > inlineLimit || 2*len(needs)+len(verify) > 2*inlineLimit+4 {
		p.SQLName = base + ".sql"
		grant = []string{fmt.Sprintf("The %d statements are in %s beside this file.", len(needs), p.SQLName)}
		verify, revoke = verify[:1], []string{"Run the same statements with REVOKE for GRANT and FROM for TO."}
	}
	p.Text = h.page(p.Owner, standing(needs, whoCan), grant, verify, revoke)
	return p, nil
}

// standing says why this owner is asked, for the first object that tells.
func standing(needs []Need, whoCan []Authority) string {
	for _, a := range whoCan {
		if a.Object.Same(needs[0].On) && len(a.Granters) > 0 {
			g := a.Granters[0]
			if g.Standing == OwnsMetastore || g.Standing == Administers {
				return string(g.Standing)
			}
			return strings.Replace(strings.Replace(string(g.Standing), "what it is in", g.On.Title(), 1), " it", " "+g.On.Title(), 1)
		}
	}
	return ""
}

func (h Handoff) page(owner connector.Remote, why string, grant, verify, revoke []string) string {
	to := connector.OwnerName(owner)
	if to == "" {
		to = "whoever may grant on the objects below; this workspace did not show who that is"
	}
	if why != "" {
		to += " (" + why + ")"
	}
	if connector.OwnedByAdmins(owner) {
		to += "\n            They are listed under Settings › Identity and access › Groups › admins."
	}
	lines := []string{"Request for read access to Databricks", ""}
	if h.Demo {
		lines = append(lines, "DEMO: this workspace is part of the program. There is nothing to do.", "")
	}
	lines = append(lines,
		"To:         "+to,
		"Workspace:  "+h.Host.String(),
		"Connection: "+connector.CleanLine(h.Connection, 80),
		"Principal:  "+h.To.Label()+", application ID "+h.To.Name.String(), "",
		"Why",
		"Draftt is an inventory connector that only reads. To read the tables that were",
		"chosen it needs USE CATALOG, USE SCHEMA and SELECT, and nothing else. What is",
		"below is what it still lacks. It changes no data and gives no right to write.", "",
		"What to run, in a SQL editor of this workspace",
	)
	lines = append(lines, grant...)
	lines = append(lines, "", "How to verify")
	lines = append(lines, verify...)
	if h.Resume != "" {
		lines = append(lines, "The person who asked can also run: "+connector.CleanLine(h.Resume, 120))
	}
	lines = append(lines, "", "How to take it back")
	lines = append(lines, revoke...)
	return strings.Join(lines[:min(len(lines), pageLines)], "\n") + "\n"
}

// FileWord makes a part of a file name from any text: lower-case letters, digits and hyphens, at most 40 of them. A text that is changed
// by this, not counting case, keeps a few digits of its digest, so that two owners never share a file. Empty text is "unknown".
func FileWord(text string) string {
	if text == "" {
		return "unknown"
	}
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	word := strings.Trim(b.String(), "-")
	if len(word) > 40 {
		word = strings.Trim(word[:40], "-")
	}
	if word == text {
		return word
	}
	sum := sha256.Sum256([]byte(text))
	return strings.TrimPrefix(word+"-"+hex.EncodeToString(sum[:3]), "-")
}
