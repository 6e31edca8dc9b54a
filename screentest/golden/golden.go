// Package golden holds what a test made against a file that is kept: a frame, a transcript, a page of the documentation that is made from code.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files, and the pages that are made from code, anew")

// Compare fails the test where the file holds another text, or writes the file where the tests were run with -update.
func Compare(t testing.TB, path, got string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != strings.ReplaceAll(string(want), "\r\n", "\n") {
		t.Errorf("%s changed; if it is meant to, run with -update\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}
