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
	t.Setenv("SOURCE_DATE_EPOCH", "1772323200")
	if err := write(cmd.Commands("1.2.3"), "1.2.3", dir); err != nil {
		t.Fatal(err)
	}
	for page, texts := range map[string][]string{
		"draftt-databricks.1":       {`.TH "DRAFTT-DATABRICKS" 1`, "\"2026-03-01\" \"draftt-databricks 1.2.3\"", ".SH COMMANDS", `\fB\-\-share\fR`, `\fBdraftt\-databricks\-test\fR(1)`},
		"draftt-databricks-test.1":  {".SH SYNOPSIS", "test NAME", ".SH OPTIONS", `\fB\-\-stage\fR \fIstring\fR`, ".SH OPTIONS OF EVERY COMMAND", `\fB\-\-plain\fR`},
		"draftt-databricks-words.1": {".SH NAME", `\fBOAuth secret\fR`, "The password of a service principal"},
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
	text := page(root, "1", "")
	if regexp.MustCompile(`(?m)^(\.SH INJECTED|')|\\fBback`).MatchString(text) {
		t.Errorf("the page is\n%s", text)
	}
}

// TestAHeadingFitsTheUsualWindow looks at the title of every page, left and right of what stands between, with and without a date.
func TestAHeadingFitsTheUsualWindow(t *testing.T) {
	root := cmd.Commands("1.2.3")
	root.InitDefaultCompletionCmd()
	field := regexp.MustCompile(`"([^"]*)"`)
	var look func(c *cobra.Command)
	look = func(c *cobra.Command) {
		for _, date := range []string{"", "2026-03-01"} {
			for _, version := range []string{"v1.2.3", "v1.2.3-104-g5b3f2c1d9e8a-dirty"} {
				var parts []string
				for _, found := range field.FindAllStringSubmatch(heading(c, version, date), -1) {
					parts = append(parts, found[1])
				}
				title, source, middle := len(parts[0])+len("(1)"), len(parts[2]), len(parts[3])
				if 2*title+middle+2 > window || max(title, source)*2+len(date)+2 > window || !strings.Contains(parts[2], version) || parts[1] != date {
					t.Errorf("%s: %q", pageName(c), parts)
				}
			}
		}
		for _, below := range c.Commands() {
			look(below)
		}
	}
	look(root)
}

func TestNoTabStandsInFilledText(t *testing.T) {
	if text := paragraphs("Load it:\n\n\tsource <(tool)\n\nLevels:\n  local   here alone\n  remote  there too"); strings.Contains(text, "\t") ||
		!strings.Contains(text, ".nf\n  source <(tool)\n.fi\n") || !strings.Contains(text, ".TP\n\\fBremote\\fR\nthere too\n") {
		t.Errorf("the page is\n%s", text)
	}
}
