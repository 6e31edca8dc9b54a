package cmd

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
)

// recorder writes a readable timeline of a session, one event a line after the time since the start. Whether or not the screen is shared
// it holds aliases, also for what became known as a name only after it was told of: such a line is written anew. What cannot be written
// ends the record and nothing else.
type recorder struct {
	mu     sync.Mutex
	file   *os.File
	names  *connector.Registry
	began  time.Time
	now    func() time.Time
	part   bytes.Buffer // of a line that is not complete
	events []string     // as they were told, with their times; they never leave the process
	lines  []string     // of the file
	known  int          // how many values had aliases when the lines were written
}

// beginRecord opens the file that --record names, which must be new.
func (a *app) beginRecord() error {
	if a.flags.record == "" {
		return nil
	}
	file, err := os.OpenFile(a.flags.record, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return usage("The record could not be begun: "+connector.Said(err, 200)+".", "Give --record a new file.")
	}
	noteMachine()
	a.record = &recorder{file: file, names: connector.Known(), began: time.Now(), now: time.Now}
	a.record.tell("Began, version " + a.version)
	a.out = taped{a.out, a.record}
	return nil
}

// teller is what tells the record of events, nil where none is kept.
func (a *app) teller() func(string) {
	if a.record == nil {
		return nil
	}
	return a.record.tell
}

// tell writes one event. It is safe without a record.
func (r *recorder) tell(event string) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.line(event)
}

func (r *recorder) line(event string) {
	event = strings.TrimRight(connector.CleanLine(ansi.Strip(event), 2000), " ")
	if event == "" {
		return
	}
	since := int(r.now().Sub(r.began) / time.Second)
	r.events = append(r.events, fmt.Sprintf("%02d:%02d  %s", since/60, since%60, event))
	changed := r.revise()
	line := r.names.Text(r.events[len(r.events)-1])
	r.lines = append(r.lines, line)
	if changed {
		r.rewrite()
		return
	}
	_, _ = r.file.WriteString(line + "\n")
}

// revise gives earlier lines the aliases of values that became known since, and reports whether any changed.
func (r *recorder) revise() bool {
	fresh := r.names.Since(r.known)
	r.known += len(fresh)
	changed := false
	for i, event := range r.events[:len(r.lines)] {
		folded := strings.ToLower(event)
		if !slices.ContainsFunc(fresh, func(value string) bool { return strings.Contains(folded, value) }) {
			continue
		}
		line := r.names.Text(event)
		changed = changed || line != r.lines[i]
		r.lines[i] = line
	}
	return changed
}

// rewrite puts all lines into the file anew.
func (r *recorder) rewrite() {
	text := strings.Join(r.lines, "\n") + "\n"
	if _, err := r.file.WriteAt([]byte(text), 0); err != nil {
		return
	}
	_ = r.file.Truncate(int64(len(text)))
	_, _ = r.file.Seek(0, io.SeekEnd)
}

// Write takes what is printed, and tells it line by line.
func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.part.Write(p)
	for {
		line, err := r.part.ReadString('\n')
		if err != nil {
			r.part.WriteString(line)
			return len(p), nil
		}
		r.line(strings.TrimRight(line, "\r\n"))
	}
}

// end closes the file. It is safe without a record.
func (r *recorder) end(code int) {
	if r == nil {
		return
	}
	r.tell(r.part.String())
	r.tell(fmt.Sprintf("Ended, exit code %d", code))
	_ = r.file.Close()
}

// taped is an output whose text is recorded as well.
type taped struct {
	output
	record *recorder
}

// Write writes to both.
func (t taped) Write(p []byte) (int, error) {
	_, _ = t.record.Write(p)
	return t.output.Write(p) //nolint:wrapcheck // a writer hands on its writer's error
}

func (t taped) below() output { return t.output }
