package cmd

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/draftt-io/draftt-databricks/connector"
)

// recorder writes a readable timeline of a session, one event a line after the time since the start. It holds aliases while the screen is
// shared. What cannot be written ends the record and nothing else.
type recorder struct {
	mu    sync.Mutex
	file  *os.File
	began time.Time
	now   func() time.Time
	part  bytes.Buffer // of a line that is not complete
}

// beginRecord opens the file that --record names, which must be new.
func (a *app) beginRecord() error {
	if a.flags.record == "" {
		return nil
	}
	file, err := os.OpenFile(a.flags.record, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return usage("The record could not be begun: "+connector.CleanLine(err.Error(), 200)+".", "Give --record a new file.")
	}
	a.record = &recorder{file: file, began: time.Now(), now: time.Now}
	a.record.tell("Began, version " + a.version)
	a.out = taped{a.out, a.record}
	return nil
}

// tell writes one event.
func (r *recorder) tell(event string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.line(event)
}

func (r *recorder) line(event string) {
	event = strings.TrimRight(connector.ShownText(connector.CleanLine(ansi.Strip(event), 2000)), " ")
	if event == "" {
		return
	}
	since := int(r.now().Sub(r.began) / time.Second)
	_, _ = fmt.Fprintf(r.file, "%02d:%02d  %s\n", since/60, since%60, event)
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
