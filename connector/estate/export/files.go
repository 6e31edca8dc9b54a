package export

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/apache/arrow/go/v12/arrow"
	"github.com/apache/arrow/go/v12/arrow/array"
	"github.com/apache/arrow/go/v12/arrow/memory"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/columnar"
	"github.com/draftt-io/draftt-databricks/connector/estate"
	"github.com/draftt-io/draftt-databricks/connector/estate/store"
	"github.com/draftt-io/draftt-databricks/connector/sync/format"
	"github.com/draftt-io/draftt-databricks/outfile"
)

// Form is that of the files.
type Form string

// The forms.
const (
	Parquet   Form = "parquet"
	NDJSON    Form = "ndjson"
	CSV       Form = "csv"
	OpenGraph Form = "opengraph"
)

// Usual is the form of files for which none is named.
const Usual = Parquet

// Forms are all, the usual one first.
var Forms = []Form{Usual, NDJSON, CSV, OpenGraph}

// ErrFiles is of an export that could not be written.
var ErrFiles = errors.New("the files of an export")

// Options say what is written.
type Options struct {
	Form      Form
	Kinds     []string // nil: all of which there are rows
	Filter    Filter
	Overwrite bool
}

// File is one that was written.
type File struct {
	Name  string
	Kind  string // of its rows; empty for a graph, which has all
	Rows  int
	Bytes int64
}

// Write writes the rows of a run into a folder, a file for each kind, or one graph. A file that is there is left and is an error, unless it may be
// replaced; each is there whole or not at all.
func Write(run *store.Run, folder string, o Options) (written []File, err error) {
	if !slices.Contains(Forms, o.Form) {
		return nil, &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("There is no form “%s”.", connector.CleanLine(string(o.Form), 40)), Remedy: "Choose parquet, ndjson, csv or opengraph."}
	}
	keeps, err := o.Filter.Keeps()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, unmade(folder, err)
	}
	if o.Form == OpenGraph {
		f, err := keep(folder, "databricks.opengraph.json", o.Overwrite, func(w io.Writer) (int, error) {
			return graph(run, w, o.Kinds, o.Filter.Text != "" || len(o.Filter.Where) > 0, keeps)
		})
		return append(written, f), err
	}
	kinds := o.Kinds
	if kinds == nil {
		if kinds, err = run.Kinds(); err != nil {
			return nil, err //nolint:wrapcheck // the store's errors have words
		}
	}
	for _, kind := range kinds {
		if !slices.Contains(estate.AllKinds(), kind) {
			return written, &connector.Error{Kind: connector.ErrInput, What: fmt.Sprintf("There is no kind “%s”.", connector.CleanLine(kind, 60)), Remedy: "draftt-databricks inventory show lists the kinds."}
		}
		f, err := keep(folder, strings.ReplaceAll(kind, ":", "-")+"."+string(o.Form), o.Overwrite, func(w io.Writer) (int, error) {
			return table(run, w, o.Form, kind, keeps)
		})
		if err != nil {
			return written, err
		}
		f.Kind = kind
		written = append(written, f)
	}
	return written, nil
}

// keep writes one file under another name first.
func keep(folder, name string, overwrite bool, write func(io.Writer) (int, error)) (f File, err error) {
	path := filepath.Join(folder, name)
	if _, err := os.Lstat(path); err == nil && !overwrite {
		return f, &connector.Error{Kind: ErrFiles, What: name + " is there already.", Remedy: "Give another folder, or --overwrite."}
	}
	file, err := os.CreateTemp(folder, ".export-*")
	if err != nil {
		return f, failed(err)
	}
	defer func() { _ = os.Remove(file.Name()) }()
	buffer := bufio.NewWriterSize(file, 1<<16)
	f.Name = name
	f.Rows, err = write(buffer)
	err = cmp.Or(err, buffer.Flush())
	if at, where := file.Seek(0, io.SeekCurrent); where == nil {
		f.Bytes = at
	}
	if err = cmp.Or(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if known := (*connector.Error)(nil); err != nil && !errors.As(err, &known) {
		err = failed(err)
	}
	return f, err
}

func failed(cause error) error {
	return &connector.Error{Kind: ErrFiles, What: "The export could not be written: " + connector.CleanLine(outfile.Reason(cause), 200) + ".", Remedy: "Check the folder and the room on its disk.", Cause: cause}
}

// unmade says that the folder cannot be made. The cause of that is never that it is not there.
func unmade(folder string, cause error) error {
	e := &connector.Error{Kind: ErrFiles, What: "The export could not be written: the folder " + connector.CleanLine(folder, 300) + " cannot be made", Remedy: "Give another folder.", Cause: cause}
	if !errors.Is(cause, os.ErrNotExist) {
		e.What += ", " + connector.CleanLine(outfile.Reason(cause), 200)
	}
	e.What += "."
	return e
}

// record is a row in lines of JSON.
type record struct {
	Kind       string          `json:"kind"`
	ID         string          `json:"id"`
	Parent     string          `json:"parent"`
	Name       string          `json:"name"`
	Properties json.RawMessage `json:"properties"`
}

// columns are those of CSV and Parquet. What is particular to a kind is JSON in the last one, which every query engine can take apart.
var columns = arrow.NewSchema([]arrow.Field{
	columnar.Named(arrow.Field{Name: "kind", Type: arrow.BinaryTypes.String}, "STRING"), columnar.Named(arrow.Field{Name: "id", Type: arrow.BinaryTypes.String}, "STRING"),
	columnar.Named(arrow.Field{Name: "parent", Type: arrow.BinaryTypes.String}, "STRING"), columnar.Named(arrow.Field{Name: "name", Type: arrow.BinaryTypes.String}, "STRING"),
	columnar.Named(arrow.Field{Name: "properties", Type: arrow.BinaryTypes.String}, "STRING"),
}, nil)

const batchRows = 5_000

func table(run *store.Run, w io.Writer, form Form, kind string, keeps func(store.Row) bool) (n int, err error) {
	put, end, err := writer(w, form)
	if err != nil {
		return 0, err
	}
	for row, err := range run.Rows(kind) {
		if err != nil {
			return n, err //nolint:wrapcheck // the store's errors have words
		}
		if !keeps(row) {
			continue
		}
		if err := put(Shared(row)); err != nil {
			return n, err
		}
		n++
	}
	return n, end()
}

// harmless is a text that is no formula for a spreadsheet, which opens CSV: names are what anybody in the workspace gave.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		return "'" + text
	}
	return text
}

func writer(w io.Writer, form Form) (put func(store.Row) error, end func() error, err error) {
	if form == NDJSON {
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		put = func(row store.Row) error {
			return encoder.Encode(record{row.Kind, row.ID, row.Parent, row.Name, json.RawMessage(row.Body)})
		}
		return put, func() error { return nil }, nil
	}
	file, err := format.NewWriter(format.Format(form), w, columns)
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // keep says what it is
	}
	builder, held := array.NewRecordBuilder(memory.DefaultAllocator, columns), 0
	flush := func() error {
		if held == 0 {
			return nil
		}
		held = 0
		return file.Write(columnar.Batch{Record: builder.NewRecord()})
	}
	put = func(row store.Row) error {
		if form == CSV {
			row.ID, row.Parent, row.Name = harmless(row.ID), harmless(row.Parent), harmless(row.Name)
		}
		for i, text := range []string{row.Kind, row.ID, row.Parent, row.Name, row.Body} {
			builder.Field(i).(*array.StringBuilder).Append(text)
		}
		if held++; held < batchRows {
			return nil
		}
		return flush()
	}
	return put, func() error { return cmp.Or(flush(), file.Close()) }, nil
}
