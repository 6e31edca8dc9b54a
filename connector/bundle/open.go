package bundle

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
)

// MaxArchive is the size of the largest bundle that is opened, in bytes.
const MaxArchive = 4 << 20

// A bundle comes from somebody else, so everything about it is bounded.
const (
	maxFile   = 4 << 20
	maxFiles  = 8
	maxStages = 200
	maxLines  = 20_000
	maxText   = 4000
)

// Open reads a bundle. What is not one, or is larger than any bundle, is a *connector.Error of kind ErrInput. No file is written and no name in the
// archive is ever used as a path; every text is cleaned.
func Open(from io.Reader) (Contents, error) {
	files, err := unpack(from)
	if err != nil {
		return Contents{}, err
	}
	report, there := files[reportName]
	if !there {
		return Contents{}, notOne("it has no " + reportName)
	}
	var c Contents
	if err := json.Unmarshal(report, &c); err != nil {
		return Contents{}, notOne("its " + reportName + " does not read as JSON")
	}
	switch {
	case c.Format != format:
		return Contents{}, &connector.Error{
			Kind: connector.ErrInput,
			What: fmt.Sprintf("The bundle has format %d, which this version does not know.", c.Format), Remedy: "Open it with the version of this program that made it.",
		}
	case len(c.Stages) > maxStages, len(c.Connection) > maxStages, len(c.Environment) > maxStages, len(c.Requests) > maxLines:
		return Contents{}, notOne("it lists more than any connection has")
	}
	c.Record = string(files[recordName])
	return c.cleaned(), nil
}

func unpack(from io.Reader) (map[string][]byte, error) {
	archive, err := io.ReadAll(io.LimitReader(from, MaxArchive+1))
	if err != nil {
		return nil, notOne("it could not be read")
	}
	if len(archive) > MaxArchive {
		return nil, notOne("it is too large")
	}
	packed, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, notOne("it is not compressed as bundles are")
	}
	// The limit is on what comes out, so that a small file cannot become a huge one.
	entries := tar.NewReader(io.LimitReader(packed, 2*maxFile))
	files := map[string][]byte{}
	for range maxFiles {
		header, err := entries.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, notOne("it is damaged")
		}
		if !known(header) {
			return nil, notOne("it holds a file that no bundle has")
		}
		text, err := io.ReadAll(io.LimitReader(entries, maxFile+1))
		if err != nil || len(text) > maxFile {
			return nil, notOne("a file in it is damaged or too large")
		}
		files[header.Name] = text
	}
	return nil, notOne("it holds too many files")
}

// known reports whether an entry is a plain file by one of our names.
func known(header *tar.Header) bool {
	return header.Typeflag == tar.TypeReg && (header.Name == reportName || header.Name == requestsName || header.Name == recordName)
}

func notOne(why string) error {
	return &connector.Error{Kind: connector.ErrInput, What: "This is not a support bundle: " + why + ".", Remedy: "Give bundle open a file that bundle create wrote."}
}

// cleaned is the contents with every text safe for a terminal.
func (c Contents) cleaned() Contents {
	line := func(text *string) { *text = connector.CleanLine(*text, maxText) }
	for _, text := range []*string{&c.Program.Version, &c.Program.Go, &c.Program.System, &c.Program.Terminal} {
		line(text)
	}
	for i := range c.Connection {
		line(&c.Connection[i].Label)
		line(&c.Connection[i].Text)
	}
	for i := range c.Stages {
		s := &c.Stages[i]
		for _, text := range []*string{&s.ID, &s.State, &s.Evidence, &s.Detail, &s.BlockedBy, &s.Cause, &s.Reason, &s.Remedy, &s.Pattern} {
			line(text)
		}
		s.Copy = lines(s.Copy)
	}
	for i := range c.Requests {
		r := &c.Requests[i]
		for _, text := range []*string{&r.Method, &r.Path, &r.RequestID} {
			line(text)
		}
	}
	for i := range c.Environment {
		line(&c.Environment[i])
	}
	c.Record = lines(c.Record)
	return c
}

// lines cleans a text of several lines and keeps its breaks.
func lines(text string) string {
	all := strings.Split(text, "\n")
	if len(all) > maxLines {
		all = all[:maxLines]
	}
	for i, one := range all {
		all[i] = connector.CleanLine(one, maxText)
	}
	return strings.Join(all, "\n")
}
