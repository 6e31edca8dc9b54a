package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/draftt-io/draftt-databricks/cmd"
)

func TestEveryCommandHasAPageAndEveryShellItsCompletions(t *testing.T) {
	dir := t.TempDir()
	if err := write(cmd.Commands("1.2.3"), "1.2.3", dir); err != nil {
		t.Fatal(err)
	}
	for page, texts := range map[string][]string{
		"draftt-databricks.1":      {`.TH "DRAFTT-DATABRICKS" 1`, "draftt-databricks 1.2.3", ".SH COMMANDS", `\fB\-\-share\fR`, `\fBdraftt\-databricks\-test\fR(1)`},
		"draftt-databricks-test.1": {".SH SYNOPSIS", "test NAME", ".SH OPTIONS", `\fB\-\-stage\fR \fIstring\fR`, ".SH OPTIONS OF EVERY COMMAND", `\fB\-\-plain\fR`},
	} {
		text, err := os.ReadFile(filepath.Join(dir, "man", page))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range texts {
			if !strings.Contains(string(text), want) {
				t.Errorf("%s lacks %q:\n%s", page, want, text)
			}
		}
	}
	for _, file := range []string{"draftt-databricks.bash", "_draftt-databricks", "draftt-databricks.fish", "draftt-databricks.ps1"} {
		if text, err := os.ReadFile(filepath.Join(dir, "completions", file)); err != nil || len(text) == 0 {
			t.Errorf("%s has %d bytes, %v", file, len(text), err)
		}
	}
}

func TestTextIsNeverTakenForAWordOfMan(t *testing.T) {
	root := &cobra.Command{Use: "tool", Short: "Do", Long: ".SH INJECTED\n\nIt's a \\fBback\\fR-slash\n'quoted", Run: func(*cobra.Command, []string) {}}
	text := page(root, "1")
	if regexp.MustCompile(`(?m)^(\.SH INJECTED|')|\\fBback`).MatchString(text) {
		t.Errorf("the page is\n%s", text)
	}
}
