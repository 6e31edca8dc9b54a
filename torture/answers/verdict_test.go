package answers

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/draftt-io/draftt-databricks/connector/check"
)

// verdict is what the program made of an answer.
type verdict struct {
	passed    bool
	uncertain bool // a stage could not be evaluated, or the command says so
	exit      int
	stage     string // the one that failed; empty for a command that has no stages
	cause     check.Cause
	pattern   string
	advice    string // everything that tells a person what to do
	said      string // all of it, for a person who looks into a row
	broken    string // why what was said cannot be read, empty when it can
}

func (v verdict) String() string {
	if v.broken != "" {
		return fmt.Sprintf("broken (%s), exit %d", v.broken, v.exit)
	}
	if v.passed {
		return fmt.Sprintf("passes, exit %d, uncertain %v", v.exit, v.uncertain)
	}
	return fmt.Sprintf("%s %s (%s), exit %d: %s", v.stage, v.cause, v.pattern, v.exit, oneLine(v.advice))
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// ladder is what test, doctor and setup print as JSON.
type ladder struct {
	Stages []struct {
		ID, State, Cause, Reason, Remedy, Copy, Pattern string
	}
}

// judge reads what a command said.
func judge(out, errs string, exit int, hasStages bool) verdict {
	v := verdict{exit: exit, passed: exit == 0, said: out + errs}
	switch {
	case strings.Contains(errs, "panic:") || strings.Contains(errs, "goroutine ") || exit == 2:
		v.broken = "it crashed"
		return v
	case out == "" && exit != 0:
		v.told(errs)
		return v
	case !json.Valid([]byte(out)):
		v.broken = "its JSON is not complete"
		return v
	}
	var failed struct {
		Error struct {
			Message string
			Exit    int
		}
	}
	if err := json.Unmarshal([]byte(out), &failed); err == nil && failed.Error.Message != "" { // a command that ended without its document
		if v.told(errs); failed.Error.Exit != exit {
			v.broken = fmt.Sprintf("its JSON says that it ends with %d", failed.Error.Exit)
		}
		return v
	}
	if !hasStages {
		v.uncertain = exit == 51 || strings.Contains(out, `"unknown"`) || strings.Contains(out, "UNKNOWN")
		v.advice = errs + out
		v.passed = exit == 0 || exit == 51 || exit == check.ExitBeyond // the last two are certificates
		v.cause = map[int]check.Cause{check.ExitPermissions: check.MissingPermissions, check.ExitBeyond: check.BeyondReadOnly}[exit]
		return v
	}
	var l ladder
	if err := json.Unmarshal([]byte(out), &l); err != nil || len(l.Stages) == 0 {
		v.broken = "its JSON has no stages"
		return v
	}
	v.advice = errs
	for _, s := range l.Stages {
		v.uncertain = v.uncertain || s.State == string(check.Unknown)
		if s.State != string(check.Failed) {
			continue
		}
		v.advice += "\n" + s.Reason + "\n" + s.Remedy + "\n" + s.Copy
		if v.cause == "" {
			v.stage, v.cause, v.pattern = s.ID, check.Cause(s.Cause), s.Pattern
		}
	}
	return v
}

// told reads an error that was said in words: its cause by name, and the row of the table whose reason it gives.
func (v *verdict) told(text string) {
	v.advice = text
	line := oneLine(text)
	for _, cause := range causeWords {
		if strings.Contains(line, string(cause)) {
			v.cause = cause
		}
	}
	longest := 0
	for _, entry := range check.Causes() {
		if strings.Contains(line, oneLine(entry.Reason)) && len(entry.Reason) > longest {
			longest, v.pattern = len(entry.Reason), entry.ID
		}
	}
	if v.pattern == "" && v.cause != "" {
		v.pattern = check.UnknownPattern
	}
}

// accepts reports whether a row takes a verdict. Where it has entries for this very command, only those count.
func (r row) accepts(command string, v verdict) bool {
	if v.broken != "" {
		return false
	}
	own := false
	for _, entry := range r.Accept {
		about, _, _ := parseAccept(entry)
		own = own || about == command
	}
	for _, entry := range r.Accept {
		about, terms, _ := parseAccept(entry) // whole has read it before
		if about != command && (own || about != "") {
			continue
		}
		all := true
		for _, t := range terms {
			all = all && t.is(v)
		}
		if all {
			return true
		}
	}
	return false
}

// forbids gives what of the advice the row never wants to see, or nothing.
func (r row) forbids(command string, v verdict) string {
	for _, entry := range r.Never {
		about, bad, _ := parseNever(entry) // whole has read it before
		if about != "" && about != command {
			continue
		}
		if found := bad.FindString(v.advice); found != "" {
			return found
		}
	}
	return ""
}
