package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/go-fonts/dejavu/dejavusansmono"
	"github.com/go-fonts/dejavu/dejavusansmonobold"
	"golang.org/x/image/font/sfnt"
)

const capture = "  \x1b[1mTitle\x1b[0m\n\x1b[38;5;78m✓\x1b[39m \x1b[31mred\x1b[39m <&> 日\n"

func TestACaptureIsReadIntoCells(t *testing.T) {
	grid := Parse(capture, 20, 5)
	if len(grid) != 5 || len(grid[0]) != 20 {
		t.Fatalf("the grid is %d×%d", len(grid[0]), len(grid))
	}
	if c := grid[0][2]; c.Text != "T" || !c.Bold {
		t.Errorf("the title begins with %+v", c)
	}
	if fg, _ := Dark.resolve(grid[1][2]); fg != Dark.Basic[1] {
		t.Errorf("red is drawn as %v", fg)
	}
	if !grid[4][0].Blank() {
		t.Errorf("an empty line has %+v", grid[4][0])
	}
}

func TestEveryGlyphOfTheScreensIsInTheFont(t *testing.T) {
	for _, data := range [][]byte{dejavusansmono.TTF, dejavusansmonobold.TTF} {
		font, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range "✓✗›·…•▏▒×–—─│┌┐└┘├┤┬┴┼╭╮╯╰äß" {
			if index, err := font.GlyphIndex(nil, r); err != nil || index == 0 {
				t.Errorf("%q cannot be drawn", r)
			}
		}
	}
}

func TestASpinnerIsDrawnAlthoughTheFontHasNone(t *testing.T) {
	blank, spinner := new(bytes.Buffer), new(bytes.Buffer)
	for text, out := range map[string]*bytes.Buffer{" ": blank, "⠹": spinner} {
		if err := WritePNG(Window{Grid: Parse(text, 3, 1), Look: Dark}, out); err != nil {
			t.Fatal(err)
		}
	}
	if bytes.Equal(blank.Bytes(), spinner.Bytes()) {
		t.Error("the spinner is blank")
	}
}

func TestThePicturesAreWrittenAndSmall(t *testing.T) {
	dir := t.TempDir()
	pngFile, svgFile := filepath.Join(dir, "a.png"), filepath.Join(dir, "a.svg")
	args := []string{"-cols", "100", "-rows", "30", "-title", "a <title>", "-cursor", "3,1", "-png", pngFile, "-svg", svgFile}
	if err := run(args, strings.NewReader(capture)); err != nil {
		t.Fatal(err)
	}
	picture, err := os.ReadFile(pngFile)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	if size := decoded.Bounds().Size(); size.X != 1648 || size.Y != 1128 {
		t.Errorf("the picture has %v pixels", size)
	}
	if len(picture) > 100_000 {
		t.Errorf("the picture has %d bytes", len(picture))
	}
	drawing, err := os.ReadFile(svgFile)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"a &lt;title&gt;", "✓", "&lt;&amp;&gt;", `font-weight="bold"`} {
		if !strings.Contains(string(drawing), text) {
			t.Errorf("the drawing lacks %s", text)
		}
	}
}

func TestTheSameCaptureGivesTheSamePicture(t *testing.T) {
	window := Window{Grid: Parse(capture, 40, 5), Look: Light}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := WritePNG(window, out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the pictures differ")
	}
}

func TestASizeThatCannotBeDrawnIsRefused(t *testing.T) {
	if err := run([]string{"-cols", "0"}, strings.NewReader("")); err == nil {
		t.Error("nothing was said")
	}
}
