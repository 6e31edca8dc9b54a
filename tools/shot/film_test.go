package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const film = "\f500 0,0\n$ \n\f1500 3,0\n$ ls\nsame\n\f2000\n$ ls\nsame\nmore <&>\n"

func TestAFilmIsReadIntoFrames(t *testing.T) {
	frames, err := ParseFilm(film, Window{Look: Dark}, 20, 4)
	if err != nil {
		t.Fatal(err)
	}
	if len(frames) != 3 || frames[1].For != 1500*time.Millisecond {
		t.Fatalf("the frames are %+v", frames)
	}
	if !frames[1].HasCursor || frames[1].CursorX != 3 || frames[2].HasCursor {
		t.Error("the cursor is not where it was")
	}
	if text := frames[2].Grid[1][0].Text; text != "s" {
		t.Errorf("the second row begins with %q", text)
	}
}

func TestAFilmThatCannotBeReadSaysWhere(t *testing.T) {
	for _, story := range []struct{ captures, says string }{
		{"", "begins with a form feed"},
		{"$ ls\n\f500\n$ ls\n", "begins with a form feed"},
		{"\f500\n$ \n\fsoon\n$ \n", "frame 2"},
		{"\f0\n$ \n", "no time"},
		{"\f500 here\n$ \n", "cursor's place"},
	} {
		if _, err := ParseFilm(story.captures, Window{}, 20, 4); err == nil || !strings.Contains(err.Error(), story.says) {
			t.Errorf("%q gives %v instead of %q", story.captures, err, story.says)
		}
	}
}

func TestAFilmPlaysOneFrameAtATimeAndRestsOnTheLast(t *testing.T) {
	file := filepath.Join(t.TempDir(), "film.svg")
	if err := run([]string{"-cols", "20", "-rows", "4", "-film", file, "-description", "a walk"}, strings.NewReader(film)); err != nil {
		t.Fatal(err)
	}
	drawing, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"<desc>a walk</desc>", "animation-duration:4s",
		"@keyframes k0{0%{visibility:visible}12.5%,100%{visibility:hidden}}",
		"@keyframes k1{0%{visibility:hidden}12.5%{visibility:visible}50%,100%{visibility:hidden}}",
		"@keyframes k2{0%{visibility:hidden}50%{visibility:visible}}",
		`<g class="f last" style="animation-name:k2">`, ".last{visibility:visible}", "prefers-reduced-motion:reduce", "&lt;&amp;&gt;",
	} {
		if !strings.Contains(string(drawing), text) {
			t.Errorf("the film lacks %s:\n%s", text, drawing)
		}
	}
	if n := strings.Count(string(drawing), ">same</text>"); n != 1 {
		t.Errorf("a row of two frames is drawn %d times", n)
	}
	wellFormed(t, drawing)
}

func wellFormed(t *testing.T, drawing []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(drawing))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("the film is no XML: %v", err)
		}
	}
}
