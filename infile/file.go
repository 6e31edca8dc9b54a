package infile

import (
	"io"
	"path/filepath"
)

// File is a file that a person named and that was not opened yet, or what they hand over in place of one.
type File struct {
	path   string
	handed io.Reader // nil for a file
}

// At is the file at a path.
func At(path string) File { return File{path: path} }

// Handed is what somebody hands over, as on standard input.
func Handed(in io.Reader) File { return File{handed: in} }

// Open is Open for the file; what is handed over is open.
func (f File) Open() (io.ReadCloser, error) {
	if f.handed != nil {
		return io.NopCloser(f.handed), nil
	}
	return Open(f.path)
}

// Read is Read for the file, and bounds what is handed over as well.
func (f File) Read(most int) ([]byte, error) {
	if f.handed != nil {
		return readAll(f.handed, most)
	}
	return Read(f.path, most)
}

// Dir is the folder that paths in the file are relative to: where the person is, for what is handed over.
func (f File) Dir() string {
	if f.handed != nil {
		return "."
	}
	return filepath.Dir(f.path)
}

// Title is String where a sentence begins with it: a path stays as it is.
func (f File) Title() string {
	if f.handed != nil {
		return "Standard input"
	}
	return f.path
}

// String is the path, or what stands for it in a sentence.
func (f File) String() string {
	if f.handed != nil {
		return "standard input"
	}
	return f.path
}
