// Package record writes a readable timeline of a run into a file that its owner may show to others: names are aliases in it, and it never
// holds a secret. A session is recorded with what was printed, a debug log with the requests.
package record

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
	"github.com/draftt-io/draftt-databricks/connector/workspace"
	"github.com/draftt-io/draftt-databricks/words"
)

// Recorder writes one event a line after the time since the start. Whether or not the screen is shared it holds aliases, also for what
// became known as a name only after it was told of: such a line is written anew. What cannot be written ends the record and nothing else.
// A nil one records nothing. It is safe for concurrent use.
type Recorder struct {
	mu     sync.Mutex
	file   *os.File
	names  *connector.Registry
	began  time.Time
	now    func() time.Time
	part   bytes.Buffer // of a line that is not complete
	events []event      // as they were told; they never leave the process
	lines  []string     // of the file
	known  int          // how many values had aliases when the lines were written
}

// event is what was told, with its time. Exact is not a name, whatever it looks like, and stays as it is.
type event struct{ text, exact string }

// Begin records into a new file that only its owner can read. The error is the system's.
func Begin(path string, names *connector.Registry) (*Recorder, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err //nolint:wrapcheck // the caller says what the file was for
	}
	return &Recorder{file: file, names: names, began: time.Now(), now: time.Now}, nil
}

// Tell writes one event.
func (r *Recorder) Tell(text string) { r.tell(text, "") }

// Request writes how one request went. Its path is a template, and its number is what support asks for: neither is a name.
func (r *Recorder) Request(e workspace.Exchange) {
	status := "no answer"
	if e.Status != 0 {
		status = fmt.Sprint(e.Status)
	}
	tries := ""
	if e.Retries > 0 {
		tries = ", " + words.Plural(e.Retries, "retry", "retries")
	}
	if e.RequestID != "" {
		tries += ", request "
	}
	r.tell(fmt.Sprintf("%s %s: %s after %d ms%s", e.Method, e.Path, status, e.Took.Milliseconds(), tries), e.RequestID)
}

func (r *Recorder) tell(text, exact string) {
	if r == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.line(text, exact)
}

func (r *Recorder) line(text, exact string) {
	text = connector.CleanLine(ansi.Strip(text), 2000)
	if text = strings.TrimRight(text, " "); text == "" {
		return
	}
	if exact != "" {
		text += " "
	}
	since := int(r.now().Sub(r.began) / time.Second)
	r.events = append(r.events, event{fmt.Sprintf("%02d:%02d  %s", since/60, since%60, text), exact})
	changed := r.revise()
	line := r.shown(r.events[len(r.events)-1])
	r.lines = append(r.lines, line)
	if changed {
		r.rewrite()
		return
	}
	_, _ = r.file.WriteString(line + "\n")
}

// revise gives earlier lines the aliases of values that became known since, and reports whether any changed.
func (r *Recorder) revise() bool {
	fresh := r.names.Since(r.known)
	r.known += len(fresh)
	changed := false
	for i, event := range r.events[:len(r.lines)] {
		folded := strings.ToLower(event.text)
		if !slices.ContainsFunc(fresh, func(value string) bool { return strings.Contains(folded, value) }) {
			continue
		}
		line := r.shown(event)
		changed = changed || line != r.lines[i]
		r.lines[i] = line
	}
	return changed
}

// shown is an event with aliases. What has the form of a request's number is one, and is an ID of nothing else; any other text, which a
// gateway may have put there, has aliases like the rest.
func (r *Recorder) shown(e event) string {
	alias := r.names.Text(e.exact)
	if strings.HasPrefix(alias, string(connector.KindID)+"-") {
		alias = e.exact
	}
	return r.names.Text(e.text) + alias
}

// rewrite puts all lines into the file anew.
func (r *Recorder) rewrite() {
	text := strings.Join(r.lines, "\n") + "\n"
	if _, err := r.file.WriteAt([]byte(text), 0); err != nil {
		return
	}
	_ = r.file.Truncate(int64(len(text)))
	_, _ = r.file.Seek(0, io.SeekEnd)
}

// Write takes what is printed, and tells it line by line.
func (r *Recorder) Write(p []byte) (int, error) {
	if r == nil {
		return len(p), nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.part.Write(p)
	for {
		line, err := r.part.ReadString('\n')
		if err != nil {
			r.part.WriteString(line)
			return len(p), nil
		}
		r.line(strings.TrimRight(line, "\r\n"), "")
	}
}

// End closes the file, after a line with the exit code.
func (r *Recorder) End(code int) {
	if r == nil {
		return
	}
	r.Tell(r.part.String())
	r.Tell(fmt.Sprintf("Ended, exit code %d", code))
	_ = r.file.Close()
}
