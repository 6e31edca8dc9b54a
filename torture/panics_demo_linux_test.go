package torture

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"syscall"
	"testing"
)

// workspacePlaces are the goroutines of the embedded workspace itself, which run in the program that shows it.
var workspacePlaces = []string{"answering a statement", "serving the embedded workspace", "ending the embedded workspace"}

func TestAPanicInTheEmbeddedWorkspaceGivesTheTerminalBack(t *testing.T) {
	tried := workspacePlaces[:1]
	if *full {
		tried = workspacePlaces
	}
	for _, place := range tried {
		t.Run(place, func(t *testing.T) {
			m := newMachine(t)
			s, before := steady(t, m.provoke(m.command("demo", "--scenario", "ready"), place))
			for _, sight := range append([]struct{ text, keys string }{{"Connect to your workspace", "\r"}}, sights...) {
				if !s.sees(sight.text) {
					break
				}
				s.press(sight.keys)
			}
			_ = s.cmd.Process.Signal(syscall.SIGTERM) // which ends the workspace under the screen; leaving by keys closes it in order
			m.ended(s, before, place)
		})
	}
}

// TestAPanicInAServedWorkspaceEndsItInASentence has a client at a workspace that panics; what it printed for programs is whole.
func TestAPanicInAServedWorkspaceEndsItInASentence(t *testing.T) {
	tried := workspacePlaces[:1]
	if *full {
		tried = workspacePlaces
	}
	for _, place := range tried {
		t.Run(place, func(t *testing.T) {
			m := newMachine(t)
			serve := m.provoke(m.command("demo", "--scenario", "ready", "--serve", "127.0.0.1:0"), place)
			var errs bytes.Buffer
			serve.Stderr = &errs
			out, err := serve.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := serve.Start(); err != nil {
				t.Fatal(err)
			}
			line, _ := bufio.NewReader(out).ReadBytes('\n')
			if len(line) > 0 {
				if err := json.Unmarshal(line, &m.served); err != nil {
					t.Errorf("%v: %s", err, line)
				}
				_, _ = m.saving("first").CombinedOutput() // what it makes of a workspace that went is another test's matter
			}
			_ = serve.Process.Signal(syscall.SIGTERM)
			_ = serve.Wait()
			code, said := serve.ProcessState.ExitCode(), errs.String()
			const left, internal = 130, 70
			if sentence := strings.Contains(said, "A fault in this program ended it"); code != 0 && code != left && (code != internal || !sentence) {
				t.Errorf("it ended with %d:\n%s", code, said)
			}
			if strings.Contains(said, "canary-of-a-panic") || strings.Contains(said, "goroutine ") {
				t.Errorf("it tells more of the panic than where it was:\n%s", said)
			}
			m.came(place)
			t.Logf("ended with %d: %s", code, said)
		})
	}
}
