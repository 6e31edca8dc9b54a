package check

import (
	"errors"
	"slices"
	"strconv"
	"strings"
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
	for _, name := range []string{"labelled.jsonl", "paraphrases.jsonl", "traces.jsonl", "traces-2.jsonl", "traces-3.jsonl", "traces-4.jsonl", "traces-6.jsonl"} {
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

// wraps are what people copy with a text: how a program logged it, raised it again, or quoted it.
var wraps = []func(string) string{
	func(s string) string {
		return `{"level":"error","time":"2026-03-02T07:00:00Z","msg":` + asJSON(s) + `,"caller":"sync/run.go:118"}`
	},
	func(s string) string {
		return "Exception in thread \"main\" java.lang.RuntimeException: sync failed\n\tat com.acme.sync.Main.run(Main.java:41)\n" +
			"Caused by: java.lang.IllegalStateException: " + s + "\n\tat com.acme.sync.Source.open(Source.java:99)\n\t... 4 more"
	},
	func(s string) string {
		return "Traceback (most recent call last):\n  File \"/app/sync.py\", line 41, in <module>\n    main()\nsync.errors.SyncError: " + s
	},
	func(s string) string {
		return `time=2026-03-01T09:00:00Z level=ERROR msg="sync failed" err=` + asJSON(s)
	},
	func(s string) string {
		return before(s, "2026-04-21T08:12:10.1123Z ##[error]") + "\n##[error]Process completed with exit code 1."
	},
	func(s string) string { return before(s, "ingest-6c7b7fd9f8-6gf2t ingest ") },
	func(s string) string {
		return "Hi team,\n\nsince this morning we get this, can you help?\n\n" + before(s, "> ") + "\n\nThanks\nKim\n"
	},
	func(s string) string { return "**Describe the bug**\n```\n" + s + "\n```\n**Expected**\nIt works." },
}

func asJSON(s string) string {
	return strings.NewReplacer("<", `\u003c`, ">", `\u003e`).Replace(strconv.QuoteToASCII(s))
}

func before(s, frame string) string { return frame + strings.ReplaceAll(s, "\n", "\n"+frame) }

// What a text is wrapped in changes nothing of what it means, least of all that it is about something else.
func TestAWrappedTextMeansTheSame(t *testing.T) {
	for _, name := range []string{"labelled.jsonl", "paraphrases.jsonl", "traces.jsonl", "traces-2.jsonl", "traces-3.jsonl", "traces-4.jsonl", "traces-6.jsonl", "neighbours.jsonl", "neighbours-2.jsonl", "neighbours-3.jsonl", "neighbours-5.jsonl"} {
		t.Run(name, func(t *testing.T) {
			list := labelledTexts(t, name)
			for i := range list {
				list[i].Text = wraps[i%len(wraps)](list[i].Text)
			}
			if v := judge(t, list); v.right*100 < len(list)*97 {
				t.Errorf("only %d of %d are right", v.right, len(list))
			}
		})
	}
}
