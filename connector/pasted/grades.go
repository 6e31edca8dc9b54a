package pasted

import (
	"slices"
	"strings"

	"github.com/draftt-io/draftt-databricks/pattern"
)

// grade is what a log says of a line.
type grade int

const (
	ungraded grade = iota
	informed
	warned
	failed
)

// grades are the words of logs for the grade of a line.
var grades = map[string]grade{
	"trace": informed, "debug": informed, "info": informed, "information": informed, "notice": informed, "verbose": informed,
	"warn": warned, "warning": warned,
	"error": failed, "err": failed, "severe": failed, "fatal": failed, "critical": failed, "crit": failed, "panic": failed, "alert": failed,
	"emerg": failed,
}

const (
	gradeWords    = `(trace|debug|info|information|notice|verbose|warn|warning|error|err|severe|fatal|critical|crit|panic|alert|emerg)`
	timesAndNames = `(?:\S*[\d\[\]:./#_-]\S*\s+){0,6}`
)

// gradings are how logs write it: as a setting, in capitals behind times and names, and at the beginning of a line behind nothing else.
var gradings = []pattern.Pattern{
	pattern.New(`(?i)(?:^|[^a-z_])(?:level|lvl|severity|levelname)\\?["']?\s?[=:]\s?\\?["']?` + gradeWords + `\b`),
	pattern.New(`^` + timesAndNames + `(?:[a-z][\w-]*\s+)?[\[(<"']?` + strings.ToUpper(gradeWords) + `(?:[\])>"':,/-]|\s|$)`),
	pattern.New(`(?i)^` + timesAndNames + `(?:##)?\[(trace|debug|info|notice|warn|warning|error|fatal|critical)\]`),
	pattern.New(`(?i)^(trace|debug|info|notice|warn|warning|error|fatal|critical|panic)\s?:`),
}

// gradedWithin is how many bytes of a line may say its grade.
const gradedWithin = 240

func gradeOf(line string) grade {
	head := line[:min(len(line), gradedWithin)]
	if !holdsAny(head, gradeSigns) {
		return ungraded
	}
	for _, written := range gradings {
		if m := written().FindStringSubmatch(head); m != nil {
			return grades[strings.ToLower(m[1])]
		}
	}
	return ungraded
}

// tries are how programs begin a line that tells of another try.
var tries = pattern.New(`(?i)^` + timesAndNames + `(?:\w+\W{1,2}){0,2}(?:retry|retries|retrying|attempt|try)(?:\s(?:no\.?|number))?\s?#?\d|` +
	`\b(?:will retry|retrying in|retrying after)\b`)

func triedAgain(line string) bool {
	head := line[:min(len(line), gradedWithin)]
	return holdsAny(head, []string{"retr", "attempt", "try"}) && tries().MatchString(head)
}

// gradeSigns are pieces of which the word for any grade has one. Most lines have none, and looking for them is quicker.
var gradeSigns = []string{"trace", "debug", "info", "notice", "verbose", "warn", "err", "severe", "fatal", "crit", "panic", "alert", "emerg"}

func holdsAny(text string, words []string) bool {
	low := strings.ToLower(text)
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(low, word) })
}
