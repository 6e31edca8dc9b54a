package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// link is a link or a picture of a page, with what it leads to.
var link = regexp.MustCompile(`\]\(([^)\s]+)\)`)

// TestEveryPageIsFoundAndLeadsSomewhere follows every link of the README and of the pages: to files that are there, to headings that are
// there, and to each page from some other one.
func TestEveryPageIsFoundAndLeadsSomewhere(t *testing.T) {
	pages, err := filepath.Glob("docs/*.md")
	if err != nil || len(pages) < 5 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	led := map[string]bool{}
	for _, page := range append(pages, "README.md") {
		for _, m := range link.FindAllStringSubmatch(text(t, page), -1) {
			to, heading, _ := strings.Cut(m[1], "#")
			if strings.Contains(to, "://") {
				continue
			}
			path := page
			if to != "" {
				path = filepath.Join(filepath.Dir(page), to)
			}
			if path != page {
				led[filepath.ToSlash(path)] = true
			}
			if _, err := os.Stat(path); err != nil {
				t.Errorf("%s leads to %s, which is not there", page, m[1])
				continue
			}
			if heading != "" && !hasHeading(text(t, path), heading) {
				t.Errorf("%s leads to the heading %s, which %s has not", page, heading, path)
			}
		}
	}
	for _, page := range pages {
		if !led[filepath.ToSlash(page)] {
			t.Errorf("no page leads to %s", page)
		}
	}
}

// TestTheReadmeIsShort holds it to what a newcomer reads in five minutes: two screens of text, the table of causes and pictures aside.
func TestTheReadmeIsShort(t *testing.T) {
	const twoScreens = 100
	if lines := strings.Count(text(t, "README.md"), "\n"); lines > twoScreens {
		t.Errorf("README.md has %d lines; what is longer has a page of its own below docs", lines)
	}
}

func text(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// hasHeading looks for a heading by the name that pages are linked with: small letters, and hyphens for blanks.
func hasHeading(page, name string) bool {
	for line := range strings.Lines(page) {
		heading, is := strings.CutPrefix(strings.TrimSpace(line), "#")
		if is && strings.ReplaceAll(strings.ToLower(strings.Trim(heading, "# ")), " ", "-") == name {
			return true
		}
	}
	return false
}
