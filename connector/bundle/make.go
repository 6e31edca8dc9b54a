package bundle

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector"
	"github.com/draftt-io/draftt-databricks/connector/workspace"
)

// File is one file of a bundle, as it will be written.
type File struct {
	Name string
	Text []byte
}

// The names of the files. Nothing else is ever in a bundle.
const (
	reportName   = "report.json"
	requestsName = "requests.txt"
	recordName   = "record.txt"
)

// Bundle is a bundle that was proved to hold no sensitive value and no secret.
type Bundle struct{ files []File }

// Make puts aliases in place of every value that names knows, and searches the result for those values and for the secrets. It returns an
// *connector.Error that names the file when one is still there; then there is nothing to write.
func Make(c Contents, names *connector.Registry, secrets ...connector.Secret) (*Bundle, error) {
	c = c.aliased(names)
	encoded, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("encode the report: %w", err)
	}
	b := &Bundle{files: []File{{reportName, append(connector.EscapeJSON(encoded), '\n')}}}
	if len(c.Requests) > 0 {
		b.files = append(b.files, File{requestsName, []byte(requests(c))})
	}
	if c.Record != "" {
		b.files = append(b.files, File{recordName, []byte(c.Record)})
	}
	return b, b.prove(c, names, secrets)
}

func requests(c Contents) string {
	var text strings.Builder
	for _, r := range c.Requests {
		text.WriteString(requestLine(r) + "\n")
	}
	return text.String()
}

func requestLine(r workspace.Exchange) string {
	status := strconv.Itoa(r.Status)
	if r.Status == 0 {
		status = "---"
	}
	return fmt.Sprintf("%s %-4s %s %s", status, r.Method, r.Path, r.RequestID)
}

// Files are what will be written, for a person to look at before.
func (b *Bundle) Files() []File { return b.files }

// Write writes the archive, a tar file compressed with gzip. The same contents give the same bytes.
func (b *Bundle) Write(to io.Writer) error {
	var archive bytes.Buffer
	packed := gzip.NewWriter(&archive)
	files := tar.NewWriter(packed)
	for _, file := range b.files {
		header := &tar.Header{Typeflag: tar.TypeReg, Name: file.Name, Size: int64(len(file.Text)), Mode: 0o600, Format: tar.FormatUSTAR}
		if err := files.WriteHeader(header); err != nil {
			return fmt.Errorf("pack %s: %w", file.Name, err)
		}
		if _, err := files.Write(file.Text); err != nil {
			return fmt.Errorf("pack %s: %w", file.Name, err)
		}
	}
	if err := files.Close(); err != nil {
		return fmt.Errorf("pack the bundle: %w", err)
	}
	if err := packed.Close(); err != nil {
		return fmt.Errorf("compress the bundle: %w", err)
	}
	if _, err := to.Write(archive.Bytes()); err != nil {
		return fmt.Errorf("write the bundle: %w", err)
	}
	return nil
}
