package admin

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"github.com/draftt-io/draftt-databricks/connector"
)

// JournalName is the file of a journal in its folder.
const JournalName = "journal.jsonl"

// Event is how far a step was when an entry was written.
type Event string

// A step is planned when its plan is applied, started before its request is sent, and then done, already so, or failed. A step that was
// started and has no end was interrupted: whether the workspace got its request is not known.
const (
	Planned Event = "planned"
	Started Event = "started"
	Done    Event = "done"
	Already Event = "already"
	Failed  Event = "failed"
	Differs Event = "differs" // the step was done, and the workspace is not as the plan said
)

// Entry is one line of the journal. It never holds a secret: of an OAuth secret only its id and the four-digit fingerprint.
type Entry struct {
	At      time.Time `json:"at"`
	Plan    string    `json:"plan"`
	Step    int       `json:"step"` // from 1
	Event   Event     `json:"event"`
	Purpose string    `json:"purpose"`
	Host    string    `json:"host"`
	By      string    `json:"by"` // the application ID or user name of the admin
	Target  Target    `json:"target"`
	Kind    Kind      `json:"kind"`
	Object  string    `json:"object"`
	Request Request   `json:"request"`
	Before  string    `json:"before"`
	After   string    `json:"after"`
	Known   []string  `json:"known,omitempty"`   // ids of that kind that were there before a creation
	Differs []string  `json:"differs,omitempty"` // how, each a sentence
	Result  Result    `json:"result"`
	Error   string    `json:"error,omitempty"`   // cleaned
	Refused bool      `json:"refused,omitempty"` // the workspace answered that it did nothing, unlike where no answer came
}

// Result is what a step gave.
type Result struct {
	SecretID    string `json:"secret_id,omitempty"`
	Fingerprint string `json:"fingerprint,omitempty"` // of the new secret, to recognise it in a saved connection
	RequestID   string `json:"request_id,omitempty"`  // by which Databricks support finds the request
}

// Journal is an append-only record of every change, one JSON object a line, readable by its owner alone.
type Journal struct {
	path string
	now  func() time.Time
}

// OpenJournal gives the journal in a folder, which is made when it does not exist. The file comes with the first entry.
func OpenJournal(folder string) (*Journal, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return &Journal{path: filepath.Join(folder, JournalName), now: time.Now}, nil
}

// Path is where the journal is.
func (j *Journal) Path() string { return j.path }

// Entries reads the journal, oldest first. A last line that an interruption cut short is passed over.
func (j *Journal) Entries() ([]Entry, error) {
	text, err := os.ReadFile(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	var out []Entry
	lines := bufio.NewScanner(bytes.NewReader(text))
	lines.Buffer(nil, 10<<20)
	for lines.Scan() {
		var e Entry
		if json.Unmarshal(lines.Bytes(), &e) == nil && e.Plan != "" {
			out = append(out, e)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return out, nil
}

// lockPause is how often a second program asks for the lock.
const lockPause = 50 * time.Millisecond

// lock keeps two programs from applying plans with the same journal at a time. It waits as long as ctx lets it.
func (j *Journal) lock(ctx context.Context) (func(), error) {
	lock := flock.New(j.path+".lock", flock.SetPermissions(0o600))
	if ok, err := lock.TryLockContext(ctx, lockPause); err != nil || !ok {
		return nil, &connector.Error{Kind: ErrRefused, What: "Another run is applying a plan.", Remedy: "Wait until it is done, then plan again.", Cause: err}
	}
	return func() { _ = lock.Unlock() }, nil
}

// append writes an entry and waits until it is on the disk: an entry that a request relies on must outlive the machine.
func (j *Journal) append(e Entry) error {
	e.At = j.now().UTC()
	line, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	file, err := os.OpenFile(j.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	defer func() { _ = file.Close() }()
	line = append(connector.EscapeJSON(line), '\n')
	if torn(file) {
		line = append([]byte{'\n'}, line...)
	}
	if _, err := file.Write(line); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	if err := file.Sync(); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	return nil
}

// torn reports whether the last line was cut short, so that the next entry begins on a line of its own.
func torn(file *os.File) bool {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil || size == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = file.ReadAt(last, size-1)
	return err == nil && last[0] != '\n'
}
