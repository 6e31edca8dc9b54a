package check

import (
	"errors"
	"slices"
	"testing"
)

// dressed are the errors that the text may have been, had the ladder met it.
func dressed(text string) map[string]error {
	return map[string]error{
		"an error of Go":    errors.New(text),
		"an answer of REST": restError(400, "BAD_REQUEST", text),
		"an answer of SQL":  sqlError("", text),
	}
}

// Of every text in the test data, the ladder and explain say the same, or one of them says that it does not know: they share the table.
func TestNoTextHasTwoAnswers(t *testing.T) {
	var texts []string
	for page := range pages {
		for _, s := range samples(t, page) {
			texts = append(texts, s.text)
		}
	}
	for _, name := range []string{"labelled.jsonl", "paraphrases.jsonl", "traces.jsonl", "traces-2.jsonl"} {
		for _, l := range labelledTexts(t, name) {
			texts = append(texts, l.Text)
		}
	}
	for _, text := range texts {
		said := ExplainText(text)
		fits := func(c Cause) bool {
			return said.Cause == NotKnown || c == said.Cause || slices.ContainsFunc(said.Also, func(a Alternative) bool { return a.Cause == c })
		}
		for as, err := range dressed(text) {
			if met := Explain(err); met.Pattern != UnknownPattern && !fits(met.Cause) {
				t.Errorf("%q\n is %s to explain and, as %s, %s to the ladder", text, said.Pattern, as, met.Pattern)
			}
		}
	}
}
