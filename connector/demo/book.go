package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/draftt-io/draftt-databricks/connector/demo/model"
	"github.com/draftt-io/draftt-databricks/connector/demo/rest"
)

// LedgerFolder is an environment variable that names a folder. Every embedded workspace then also writes what it is asked into a file of
// its own there, a LedgerEntry in JSON on each line, as it is asked: so the requests of many tests in many processes, some of them killed,
// can be held against the read-only promise together. No secret is among it.
const LedgerFolder = "DRAFTT_DEMO_LEDGER"

// LedgerEntry is one request, as it is written to a file in the LedgerFolder.
type LedgerEntry struct {
	Scenario  string `json:"scenario"`
	Principal string `json:"principal,omitempty"` // who asked, also where that was answered before anybody was signed in
	Admin     bool   `json:"admin,omitempty"`     // of the workspace, of the metastore or of the account; the connector never is one
	Agent     string `json:"agent,omitempty"`     // the client's User-Agent
	Method    string `json:"method"`
	Path      string `json:"path"` // as it was sent, without the query
	Statement string `json:"statement,omitempty"`
	Status    int    `json:"status"` // 0 when nothing was answered, on purpose
}

// book is the ledger's file. A nil book takes everything and keeps nothing. The file is opened for each line, because requests that are on
// their way when the workspace closes are answered, and written down, after that.
type book struct {
	path     string
	world    *model.World
	scenario string
	err      error // the first one; a book with a page missing proves nothing
}

// openBook starts a book in the LedgerFolder, or gives nil where none is wanted.
func openBook(world *model.World, s Scenario) (*book, error) {
	folder := os.Getenv(LedgerFolder)
	if folder == "" {
		return nil, nil
	}
	file, err := os.CreateTemp(folder, fmt.Sprintf("%d-*.jsonl", os.Getpid()))
	if err != nil {
		return nil, fmt.Errorf("keep the ledger that %s asks for: %w", LedgerFolder, err)
	}
	return &book{path: file.Name(), world: world, scenario: s.ID}, file.Close()
}

func (b *book) write(e rest.Exchange) {
	if b == nil || b.err != nil {
		return
	}
	var line []byte
	line, b.err = json.Marshal(LedgerEntry{
		Scenario: b.scenario, Principal: e.Sender, Admin: b.admin(e.Sender), Agent: e.Agent,
		Method: e.Method, Path: e.EscapedPath, Statement: e.Statement, Status: e.Status,
	})
	if b.err == nil {
		b.err = b.append(append(line, '\n'))
	}
}

func (b *book) append(line []byte) error {
	file, err := os.OpenFile(b.path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = file.Write(line)
	return errors.Join(err, file.Close())
}

// admin reports whether somebody may change things by right, the account's admin among them. The connector may in some scenarios, by mistake, and must not even so.
func (b *book) admin(name string) bool {
	who, known := b.world.Principal(name)
	return name == AccountAdminID || known && name != ConnectorID && slices.ContainsFunc(b.world.Groups(who), func(g *model.Principal) bool {
		return g.Name == model.Admins || g.Name == metastoreAdmins
	})
}

// damage is what kept the book from being written, if anything did.
func (b *book) damage() error {
	if b == nil || b.err == nil {
		return nil
	}
	return fmt.Errorf("keep the ledger that %s asks for: %w", LedgerFolder, b.err)
}
