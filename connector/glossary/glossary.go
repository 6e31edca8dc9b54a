// Package glossary explains the words that a newcomer may not know, as a writer has put them down in assets/glossary.yaml.
package glossary

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/draftt-io/draftt-databricks/assets"
)

// Word is a word, its other forms, what it means, and where to read on: an address, or a page below docs.
type Word struct {
	Word  string   `yaml:"word"`
	Also  []string `yaml:"also"`
	Means string   `yaml:"means"`
	Read  string   `yaml:"read"`
}

// Chapter are the words of one subject.
type Chapter struct {
	About string `yaml:"about"`
	Words []Word `yaml:"words"`
}

// What is said of the words on a screen, besides them.
const (
	WordsHeard = "Words that were said here:"
	NoneHere   = "No word here is one that the glossary explains."
	OnScreens  = "f5 explains those on a screen, and ? does line by line."
	AllOfThem  = "draftt-databricks help words explains all words, and says where to read on."
)

// longest is how many characters fit on two lines of the usual window.
const longest = 140

// Chapters are all words, in the order of the file.
var Chapters = sync.OnceValue(func() []Chapter {
	chapters, err := load()
	if err != nil {
		panic(err) // a fault of the build, as in assets.Must; a test reads the file too
	}
	return chapters
})

// Words are all words, in the order of the file.
var Words = sync.OnceValue(func() (all []Word) {
	for _, c := range Chapters() {
		all = append(all, c.Words...)
	}
	return all
})

// Forms are the ways in which the word is written.
func (w Word) Forms() []string { return append([]string{w.Word}, w.Also...) }

// Line is the word with what it means.
func (w Word) Line() string { return w.Word + ": " + w.Means }

// load reads the file, and refuses what would be drawn badly or not at all.
func load() ([]Chapter, error) {
	chapters, err := assets.Read[[]Chapter]("glossary.yaml")
	if err != nil {
		return nil, fmt.Errorf("the glossary: %w", err)
	}
	var wrong []error
	met := map[string]string{}
	for _, c := range chapters {
		if c.About == "" || len(c.Words) == 0 {
			wrong = append(wrong, fmt.Errorf("a chapter is about %q and has %d words", c.About, len(c.Words)))
		}
		for _, w := range c.Words {
			wrong = append(wrong, w.check())
			for _, form := range w.Forms() {
				if other, twice := met[form]; twice {
					wrong = append(wrong, fmt.Errorf("%q is a form of %s and of %s", form, other, w.Word))
				}
				met[form] = w.Word
			}
		}
	}
	return chapters, errors.Join(wrong...)
}

// check refuses a word that is not explained as the others are.
func (w Word) check() error {
	switch {
	case w.Word == "" || strings.Join(strings.Fields(w.Word), " ") != w.Word:
		return fmt.Errorf("%q is no word", w.Word)
	case utf8.RuneCountInString(w.Means) > longest || !strings.HasSuffix(w.Means, ".") || strings.ContainsAny(w.Means, "\n\t"):
		return fmt.Errorf("what %s means is not one or two lines that end with a full stop: %q", w.Word, w.Means)
	case !strings.HasPrefix(w.Read, "https://learn.microsoft.com/azure/databricks/") && !strings.HasPrefix(w.Read, "docs/"):
		return fmt.Errorf("%s leads to %q, which is neither Databricks' documentation nor a page of ours", w.Word, w.Read)
	}
	return nil
}
