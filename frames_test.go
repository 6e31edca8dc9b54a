package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// frame is a screen as it is kept, at one size of the window.
type frame struct {
	name, size string
	lines      []string
}

var (
	frameSizes = []string{"60×18", "80×24", "120×40", "200×50"}
	frameHead  = regexp.MustCompile(`(?m)^─{8} (\d+×\d+)\n`)      // several frames in one file
	frameFile  = regexp.MustCompile(`^(.*)-(\d+)x(\d+)\.golden$`) // or one, with its size in the name
)

// keptFrames are the frames of every screen, by what they show and then by size.
func keptFrames(t *testing.T) map[string]map[string]frame {
	t.Helper()
	kept := map[string]map[string]frame{}
	keep := func(name, size, text string) {
		if kept[name] == nil {
			kept[name] = map[string]frame{}
		}
		kept[name][size] = frame{name, size, strings.Split(text, "\n")}
	}
	err := filepath.WalkDir(".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".golden") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if size := frameFile.FindStringSubmatch(path); size != nil {
			keep(size[1], size[2]+"×"+size[3], string(text))
			return nil
		}
		heads := frameHead.FindAllStringSubmatchIndex(string(text), -1)
		for i, head := range heads {
			end := len(text)
			if i+1 < len(heads) {
				end = heads[i+1][0]
			}
			keep(path, string(text[head[2]:head[3]]), string(text[head[1]:end]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(kept) < 100 {
		t.Fatalf("only %d screens are kept", len(kept))
	}
	return kept
}

func TestEveryScreenIsKeptAtFourSizes(t *testing.T) {
	for name, frames := range keptFrames(t) {
		for _, size := range frameSizes {
			if _, ok := frames[size]; !ok && name != "ui/testdata/too-small" {
				t.Errorf("%s is not kept at %s", name, size)
			}
		}
	}
}

// cutText is text with an ellipsis for what is missing of it. One that stands alone marks what is not done yet, or is a word of ours.
var cutText = regexp.MustCompile(`[^ (]…|…[^ )]`)

func TestOnAWholeScreenNothingIsCutWhileColumnsAreFree(t *testing.T) {
	for name, frames := range keptFrames(t) {
		for _, line := range frames["200×50"].lines {
			for at, pane := range strings.Split(line, " │ ") {
				free := 200 - 2 - ansi.StringWidth(pane)
				if at == 0 && pane != line {
					free = ansi.StringWidth(pane) - ansi.StringWidth(strings.TrimRight(pane, " "))
				} else if at > 0 {
					free = 200 - 2 - ansi.StringWidth(line)
				}
				if cut := strings.ReplaceAll(pane, "dapi…", "dapi"); free > 2 && cutText.MatchString(cut) {
					t.Errorf("%s cuts with %d columns free:\n%s", name, free, line)
				}
			}
		}
	}
}

var (
	nameOfParts = regexp.MustCompile("[\\pL\\d_`-]+(?:\\.[\\pL\\d_`-]+)+")
	endOfLine   = regexp.MustCompile("[\\pL\\d_.`-]+$")
	beginOfLine = regexp.MustCompile("^[\\pL\\d_.`-]+")
	besideRail  = regexp.MustCompile(`^  [✓›…✗! ] (?:Connect|Warehouse|Catalog|Access|Review) +`)
	scrollBar   = regexp.MustCompile(`[ ]*[┃│]$`)
)

// longPart is a part of a name that no window of a laptop has a line for.
const longPart = 40

// TestNoNameIsBrokenInsideAPart reads the names of hosts, schemas and tables off the whole screen, and looks for them broken in two on the
// small ones. A break behind a dot is one that a reader can follow.
func TestNoNameIsBrokenInsideAPart(t *testing.T) {
	for name, frames := range keptFrames(t) {
		var names []string
		for _, line := range frames["200×50"].lines {
			for _, found := range nameOfParts.FindAllString(line, -1) {
				if !slices.ContainsFunc(strings.Split(found, "."), func(part string) bool { return len(part) > longPart }) {
					names = append(names, found)
				}
			}
		}
		for _, size := range []string{"60×18", "80×24"} {
			lines := slices.Clone(frames[size].lines)
			for i, line := range lines {
				line = scrollBar.ReplaceAllString(line, "")
				lines[i] = strings.TrimSpace(besideRail.ReplaceAllString(line, ""))
			}
			for i := 0; i+1 < len(lines); i++ {
				end, begin := endOfLine.FindString(lines[i]), beginOfLine.FindString(lines[i+1])
				if end != "" && begin != "" && !strings.HasSuffix(end, ".") && slices.Contains(names, end+begin) {
					t.Errorf("%s breaks %s at %s", name, end+begin, size)
				}
			}
		}
	}
}
