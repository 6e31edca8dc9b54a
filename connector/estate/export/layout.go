package export

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
)

// The layout of runs of many workspaces below one folder, which query engines read as partitions:
//
//	workspace=HOST/run=ID/KIND.parquet
//	workspace=HOST/run=ID/_manifest.json
//
// The folder of a run gets its name when it is whole, so that whoever sees it sees all of it.
const (
	workspacePart = "workspace="
	runPart       = "run="
	partialPart   = ".partial-"
	manifestName  = "_manifest.json"
	layoutVersion = 1
)

// Laid is a run in the layout, as its manifest has it.
type Laid struct {
	Version   int        `json:"version"`
	Workspace string     `json:"workspace"`
	Run       string     `json:"run"`
	Began     time.Time  `json:"began"`
	Ended     time.Time  `json:"ended"`
	Format    Form       `json:"format"`
	Coverage  string     `json:"coverage"`
	Files     []LaidFile `json:"files"`
	Folder    string     `json:"-"`
	Before    bool       `json:"-"` // it was there already
}

// LaidFile is one file of a run in the layout.
type LaidFile struct {
	Path   string `json:"path"`
	Kind   string `json:"kind"`
	Rows   int    `json:"rows"`
	Whole  bool   `json:"whole"` // these are all that there are; what is missing of others may exist
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Rows are those of all of its files.
func (l Laid) Rows() (n int) {
	for _, f := range l.Files {
		n += f.Rows
	}
	return n
}

// Layout is how runs are laid out below a folder.
type Layout struct {
	Folder string
	Form   Form // a table for each kind: all but OpenGraph
	Keep   int  // so many runs of each workspace stay, 0 for all
}

// Check refuses a form that is no table.
func (l Layout) Check() error {
	if l.Form == OpenGraph || !slices.Contains(Forms, l.Form) {
		return &connector.Error{
			Kind: connector.ErrInput, What: fmt.Sprintf("“%s” is no form of files with a table for each kind.", connector.CleanLine(string(l.Form), 40)), Remedy: "Choose parquet, ndjson or csv.",
		}
	}
	return nil
}

// Lay writes a whole run into its place. One that is there already is left as it is, since a run never changes.
func (l Layout) Lay(run *store.Run, m store.Manifest, of store.Folder) (laid Laid, err error) {
	if err := l.Check(); err != nil {
		return laid, err
	}
	place := filepath.Base(of.Dir)
	if connector.Sharing() {
		place = connector.Shown(connector.KindHost, place)
	}
	above := filepath.Join(l.Folder, workspacePart+place)
	whole, partial := filepath.Join(above, runPart+m.ID), filepath.Join(above, partialPart+m.ID)
	if known, err := read(whole); err == nil {
		known.Folder, known.Before = whole, true
		return known, nil
	}
	if _, err := os.Lstat(whole); err == nil {
		return laid, &connector.Error{
			Kind: ErrFiles, What: filepath.Join(workspacePart+place, runPart+m.ID) + " is there, and is not whole: it has no " + manifestName + ".", Remedy: "Delete it, or give another folder.",
		}
	}
	if err := os.RemoveAll(partial); err != nil { // of a process that was ended
		return laid, failed(err)
	}
	// Kinds without rows have files as well, so that no query fails in a workspace that has none of something.
	files, err := Write(run, partial, Options{Form: l.Form, Kinds: estate.AllKinds()})
	if err != nil {
		return laid, err
	}
	laid = Laid{Version: layoutVersion, Workspace: place, Run: m.ID, Began: m.Began, Ended: m.Ended, Format: l.Form, Folder: whole}
	seen, err := estate.CoverageOf(run)
	if err != nil {
		return laid, err //nolint:wrapcheck // the store's errors have words
	}
	laid.Coverage = seen.Say()
	for _, f := range files {
		sum, err := hashed(filepath.Join(partial, f.Name))
		if err != nil {
			return laid, failed(err)
		}
		laid.Files = append(laid.Files, LaidFile{f.Name, f.Kind, f.Rows, seen.Whole(f.Kind), f.Bytes, sum})
	}
	text, err := json.MarshalIndent(laid, "", "  ")
	if err != nil {
		return laid, fmt.Errorf("encode a manifest: %w", err)
	}
	if err := errors.Join(os.WriteFile(filepath.Join(partial, manifestName), append(text, '\n'), 0o600), os.Rename(partial, whole)); err != nil {
		return laid, failed(err)
	}
	return laid, l.prune(above)
}

// prune deletes the oldest runs of a workspace, their manifests first. What has no manifest of a layout is left.
func (l Layout) prune(above string) error {
	if l.Keep == 0 {
		return nil
	}
	inside, err := os.ReadDir(above)
	if err != nil {
		return failed(err)
	}
	var runs []string
	for _, entry := range inside {
		folder := filepath.Join(above, entry.Name())
		if known, err := read(folder); err == nil && entry.Name() == runPart+known.Run {
			runs = append(runs, folder)
		}
	}
	slices.SortFunc(runs, strings.Compare)
	for _, folder := range runs[:max(0, len(runs)-l.Keep)] {
		if err := errors.Join(os.Remove(filepath.Join(folder, manifestName)), os.RemoveAll(folder)); err != nil {
			return failed(err)
		}
	}
	return nil
}

// read reads the manifest of a run in the layout.
func read(folder string) (l Laid, err error) {
	text, err := os.ReadFile(filepath.Join(folder, manifestName))
	if err == nil {
		err = json.Unmarshal(text, &l)
	}
	if err == nil && l.Run == "" {
		err = errors.New("it names no run")
	}
	return l, err //nolint:wrapcheck // whether there is one is what counts
}

func hashed(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err //nolint:wrapcheck // the caller says what it is
	}
	defer func() { _ = file.Close() }()
	sum := sha256.New()
	_, err = io.Copy(sum, file)
	return hex.EncodeToString(sum.Sum(nil)), err //nolint:wrapcheck // as above
}
