package main

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// link is a link or a picture of a page, with what it leads to.
var link = regexp.MustCompile(`(?:\]\(|src(?:set)?=")([^)\s"]+)[)"]`)

// TestEveryPageIsFoundAndLeadsSomewhere follows every link of the README and of the pages: to files that are there, to headings that are
// there, and to each page and picture from some other one.
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
	pictures, err := filepath.Glob("docs/shots/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range append(pages, pictures...) {
		if !led[filepath.ToSlash(page)] {
			t.Errorf("no page leads to %s", page)
		}
	}
}

// TestThePagesOfNewcomersAreShort holds them to what one reads in five minutes: two screens of text, the table of causes and pictures aside.
func TestThePagesOfNewcomersAreShort(t *testing.T) {
	const twoScreens = 100
	for _, page := range []string{"README.md", theMap, "docs/architecture.md"} {
		if lines := strings.Count(text(t, page), "\n"); lines > twoScreens {
			t.Errorf("%s has %d lines; what is longer has a page of its own below docs", page, lines)
		}
	}
}

// theMap is the page with the map of the folders and of the pages.
const theMap = "docs/contributing.md"

// TestTheMapHasEveryFolderAndEveryPage holds the map against what is there, both ways.
func TestTheMapHasEveryFolderAndEveryPage(t *testing.T) {
	page := text(t, theMap)
	led := map[string]bool{}
	for _, m := range link.FindAllStringSubmatch(page, -1) {
		led[m[1]] = true
	}
	pages, err := filepath.Glob("docs/*.md")
	if err != nil || len(pages) < 5 {
		t.Fatalf("%d pages, %v", len(pages), err)
	}
	for _, there := range pages {
		if name := filepath.Base(there); filepath.ToSlash(there) != theMap && !led[name] {
			t.Errorf("the map leads to no %s", name)
		}
	}
	drawn := drawnFolders(page)
	for _, folder := range drawn {
		if at, err := os.Stat(folder); err != nil || !at.IsDir() {
			t.Errorf("the map has %s, which is no folder", folder)
		}
	}
	for _, folder := range folders(t) {
		if !slices.Contains(drawn, folder) {
			t.Errorf("the map has no %s", folder)
		}
	}
}

// folders are those with code, and those at the top.
func folders(t *testing.T) (all []string) {
	t.Helper()
	for _, r := range rooms(t) {
		if r.name() != "" {
			all = append(all, r.name())
		}
	}
	top, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range top {
		if entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") && entry.Name() != "bin" {
			all = append(all, entry.Name())
		}
	}
	return all
}

// folder is a name on the map, with what stands before it: blanks begin a line, ";" a neighbour, anything else a folder within.
var folder = regexp.MustCompile(`(^ *|;  |[,:] )([a-z]+)/(?:[ ,;]|$)`)

// drawnFolders reads the map, where a folder stands two blanks to the right of the one that it is in.
func drawnFolders(page string) (drawn []string) {
	_, tree, _ := strings.Cut(page, "```\n")
	tree, _, _ = strings.Cut(tree, "```")
	var way []string
	for line := range strings.Lines(tree) {
		line = strings.TrimRight(line, "\n")
		for at := 0; ; {
			m := folder.FindStringSubmatchIndex(line[at:])
			if m == nil {
				break
			}
			before, name := line[at+m[2]:at+m[3]], line[at+m[4]:at+m[5]]
			switch at += m[5]; {
			case strings.Trim(before, " ") == "":
				way = append(way[:min(len(before)/2, len(way))], name)
				drawn = append(drawn, path.Join(way...))
			case before == ";  ":
				drawn = append(drawn, path.Join(path.Join(way[:len(way)-1]...), name))
			default:
				drawn = append(drawn, path.Join(path.Join(way...), name))
			}
		}
	}
	return drawn
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
