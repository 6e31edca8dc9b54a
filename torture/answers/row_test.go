package answers

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/check"
	"github.com/draftt-io/draftt-databricks/connector/demo"
	"github.com/draftt-io/draftt-databricks/connector/demo/relay"
	"github.com/draftt-io/draftt-databricks/connector/flatfile"
)

// row is one answer, or several that come together, and what may be made of it.
type row struct {
	ID, About string
	Scenario  string
	SignIn    string
	Rules     []relay.Rule
	Run       []string
	Accept    []string
	Never     []string
	Quick     bool

	file string
}

var rowKeys = []flatfile.Key[row]{
	{Name: "id", Needed: true, Slot: func(r *row) flatfile.Slot { return flatfile.Text(&r.ID) }},
	{Name: "about", Slot: func(r *row) flatfile.Slot { return flatfile.Text(&r.About) }},
	{Name: "scenario", Slot: func(r *row) flatfile.Slot { return flatfile.Text(&r.Scenario) }},
	{Name: "sign_in", Slot: func(r *row) flatfile.Slot { return flatfile.Word(&r.SignIn, "oauth", "pat") }},
	{Name: "rules", Needed: true, Slot: func(r *row) flatfile.Slot { return flatfile.Each(&r.Rules, relay.Keys(), relay.Whole) }},
	{Name: "run", Slot: func(r *row) flatfile.Slot { return flatfile.Words(&r.Run, commandNames()...) }},
	{Name: "accept", Needed: true, Slot: func(r *row) flatfile.Slot { return flatfile.List(&r.Accept) }},
	{Name: "never", Slot: func(r *row) flatfile.Slot { return flatfile.List(&r.Never) }},
	{Name: "quick", Slot: func(r *row) flatfile.Slot { return flatfile.Flag(&r.Quick) }},
}

type rowFile struct{ rows []row }

var fileKeys = []flatfile.Key[rowFile]{
	{Name: "rows", Needed: true, Slot: func(f *rowFile) flatfile.Slot { return flatfile.Each(&f.rows, rowKeys, (*row).whole) }},
}

// whole looks at a row whose keys were read.
func (r *row) whole() error {
	r.Scenario = cmp.Or(r.Scenario, "ready")
	if len(r.Run) == 0 {
		r.Run = []string{"test"}
	}
	if _, err := demo.Find(r.Scenario); err != nil {
		return err
	}
	for _, entry := range r.Accept {
		if _, _, err := parseAccept(entry); err != nil {
			return err
		}
	}
	for _, entry := range r.Never {
		if _, _, err := parseNever(entry); err != nil {
			return err
		}
	}
	return nil
}

// table reads every file of the folder.
func table(t *testing.T) []row {
	t.Helper()
	paths, err := filepath.Glob("*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("there are no rows: %v", err)
	}
	var all []row
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f, err := flatfile.Read(content, fileKeys, path)
		if err != nil {
			what, remedy := connector.Words(err)
			t.Fatal(what, remedy)
		}
		for _, r := range f.rows {
			if r.file = path; slices.ContainsFunc(all, func(other row) bool { return other.ID == r.ID }) {
				t.Errorf("%s: the row %s is there twice", path, r.ID)
			}
			all = append(all, r)
		}
	}
	return all
}

// causeWords are what a row calls the causes.
var causeWords = map[string]check.Cause{
	"network": check.Unreachable, "sign-in": check.AuthenticationFailed, "warehouse": check.WarehouseAccess, "starting": check.WarehouseNotRunning,
	"privileges": check.MissingPermissions, "broader": check.BeyondReadOnly, "fault": check.ProgramFault,
	"unreadable": check.UnreadableAnswer, "not-offered": check.NotOffered, "admin": check.AdminRights,
}

// blames are what a row calls the remedies that send a person to the wrong place.
var blames = map[string]string{
	"secret":   `paste both values|new secret|client ID and (the )?(OAuth )?secret|replace the secret|new token\b`,
	"grant":    `\bGRANT\s+(USE|SELECT|USAGE|BROWSE|MANAGE|ALL)\b|run the GRANT`,
	"can-use":  `CAN[_ ]USE`,
	"host":     `copy the host|address bar|spelling of the host`,
	"activate": `\bactivate it\b|deactivated`,
	"network":  `check your (network|connection)|your proxy|HTTPS_PROXY`,
	"start":    `\bstart it\b|wait for it to run`,
	"entitle":  `entitlement|Databricks SQL access`,
}

// scope is the command that an entry is about, empty for all.
func scope(entry string) (command, rest string) {
	first, after, found := strings.Cut(entry, ":")
	if found && slices.Contains(commandNames(), first) {
		return first, strings.TrimSpace(after)
	}
	return "", entry
}

// term is one thing that an accepted verdict must be.
type term struct {
	is   func(verdict) bool
	text string
}

// parseAccept reads an entry such as "S06 network" or "doctor: passes".
func parseAccept(entry string) (command string, terms []term, err error) {
	command, rest := scope(entry)
	words := strings.Fields(rest)
	for i := 0; i < len(words); i++ {
		word := words[i]
		switch cause, isCause := causeWords[word]; {
		case word == "passes":
			terms = append(terms, term{func(v verdict) bool { return v.passed }, word})
		case word == "unknown":
			terms = append(terms, term{func(v verdict) bool { return v.pattern == check.UnknownPattern || v.passed && v.uncertain }, word})
		case word == "exit" && i+1 < len(words):
			i++
			code := words[i]
			terms = append(terms, term{func(v verdict) bool { return fmt.Sprint(v.exit) == code }, "exit " + code})
		case isCause:
			terms = append(terms, term{func(v verdict) bool { return v.cause == cause }, word})
		case slices.ContainsFunc(check.All(), func(s check.Stage) bool { return string(s.ID) == word }):
			terms = append(terms, term{func(v verdict) bool { return v.stage == word || v.stage == "" }, word})
		case patternWord.MatchString(word):
			terms = append(terms, term{func(v verdict) bool { return v.pattern == word }, word})
		default:
			return "", nil, fmt.Errorf("%q is no part of an accepted verdict", word)
		}
	}
	if len(terms) == 0 {
		return "", nil, fmt.Errorf("%q accepts nothing", entry)
	}
	return command, terms, nil
}

var patternWord = regexp.MustCompile(`^[a-z][a-z0-9-]+$`)

// parseNever reads an entry such as "secret", or a regular expression.
func parseNever(entry string) (command string, bad *regexp.Regexp, err error) {
	command, rest := scope(entry)
	text, known := blames[rest]
	if !known {
		text = rest
	}
	bad, err = regexp.Compile("(?i)" + text)
	return command, bad, err
}
