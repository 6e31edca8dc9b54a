package torture

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/screentest/patience"
)

// screen is a program on the kernel's own pseudo-terminal. It keeps every byte that the program wrote.
type screen struct {
	t       *testing.T
	cmd     *exec.Cmd
	pty     *os.File
	columns uint16
	done    chan struct{}
	hanging atomic.Bool

	mu     sync.Mutex
	output []byte
	seen   map[string]bool // what /proc told about the process and its children
}

func start(t *testing.T, cmd *exec.Cmd) *screen {
	t.Helper()
	pty, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	s := &screen{t: t, cmd: cmd, pty: pty, columns: 100, done: make(chan struct{}), seen: map[string]bool{}}
	program, err := s.programSide()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = program, program, program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = program.Close()
	go s.read()
	go s.watch()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = pty.Close()
	})
	return s
}

func (s *screen) programSide() (*os.File, error) {
	fd := int(s.pty.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		return nil, fmt.Errorf("unlock the pseudo-terminal: %w", err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		return nil, fmt.Errorf("number the pseudo-terminal: %w", err)
	}
	if err := s.resize(); err != nil {
		return nil, err
	}
	return os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
}

func (s *screen) resize() error {
	return unix.IoctlSetWinsize(int(s.pty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 30, Col: s.columns})
}

func (s *screen) read() {
	defer close(s.done)
	buf := make([]byte, 1<<16)
	fd := int(s.pty.Fd())
	for !s.hanging.Load() {
		if ready, err := unix.Poll([]unix.PollFd{{Fd: int32(fd), Events: unix.POLLIN}}, 50); ready == 0 || errors.Is(err, unix.EINTR) {
			continue
		}
		n, err := s.pty.Read(buf)
		s.mu.Lock()
		s.output = append(s.output, buf[:n]...)
		s.mu.Unlock()
		if err != nil {
			return // EIO once the program has ended
		}
	}
}

// hangUp closes the terminal, as closing its window does. Nothing may be reading from it then, or the kernel keeps it open.
func (s *screen) hangUp() {
	s.t.Helper()
	s.hanging.Store(true)
	<-s.done
	if err := s.pty.Close(); err != nil {
		s.t.Fatal(err)
	}
}

// since is what was written after a point, as words.
func (s *screen) since(mark int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(strings.Fields(string(sequences.ReplaceAll(s.output[mark:], []byte(" ")))), " ")
}

func (s *screen) mark() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.output)
}

// waitFor waits until the program shows all the texts. A full-screen program writes only what changed, so the window's width is changed
// each time, which makes it paint everything anew.
func (s *screen) waitFor(texts ...string) {
	s.t.Helper()
	s.look()
	shown := ""
	for range patience.Each(s.t, 0) {
		mark := s.mark()
		s.columns ^= 1
		if err := s.resize(); err != nil {
			s.t.Fatal(err)
		}
		for range 10 {
			time.Sleep(30 * time.Millisecond)
			shown = s.since(mark)
			if containsAll(shown, texts) {
				s.look()
				return
			}
		}
	}
	s.t.Fatalf("waited for %q, and the screen was\n%s", texts, shown)
}

// waitForLine waits for text in what a line-by-line program wrote since a point.
func (s *screen) waitForLine(mark int, texts ...string) {
	s.t.Helper()
	s.look()
	for range patience.Each(s.t, 20*time.Millisecond) {
		if containsAll(s.since(mark), texts) {
			s.look()
			return
		}
	}
	s.t.Fatalf("waited for %q, and it wrote\n%s", texts, s.since(mark))
}

func containsAll(shown string, texts []string) bool {
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			return false
		}
	}
	return true
}

func (s *screen) send(text string) {
	s.t.Helper()
	if _, err := s.pty.WriteString(text); err != nil {
		s.t.Fatal(err)
	}
}

// paste sends text as a terminal does that was asked to mark it.
func (s *screen) paste(text string) { s.send("\x1b[200~" + text + "\x1b[201~") }

// look keeps what any user of the machine could see of the process and of those that it started: names, arguments and environment.
func (s *screen) look() { s.lookAt(s.cmd.Process.Pid) }

func (s *screen) lookAt(pid int) {
	for _, name := range []string{"cmdline", "environ", "comm"} {
		if content, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", pid, name)); err == nil {
			s.mu.Lock()
			s.seen[string(content)] = true
			s.mu.Unlock()
		}
	}
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid)) // the pattern is a good one
	for _, thread := range threads {
		children, err := os.ReadFile(thread)
		if err != nil {
			continue // it has ended
		}
		for _, child := range strings.Fields(string(children)) {
			if pid, err := strconv.Atoi(child); err == nil {
				s.lookAt(pid)
			}
		}
	}
}

// watch looks over and over, so that a program that was started for a moment is seen as well.
func (s *screen) watch() {
	for {
		select {
		case <-s.done:
			return
		case <-time.After(25 * time.Millisecond):
			s.look()
		}
	}
}

// end waits until the program has ended, and gives its exit code and every byte that was seen of it.
func (s *screen) end() (int, []byte) {
	s.t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- s.cmd.Wait() }()
	select {
	case err := <-ended:
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			s.t.Fatal(err)
		}
	case <-patience.Over(s.t):
		s.t.Fatalf("the program did not end:\n%s", s.since(0))
	}
	<-s.done
	s.mu.Lock()
	defer s.mu.Unlock()
	all := bytes.Clone(s.output)
	for content := range s.seen {
		all = append(append(all, '\n'), content...)
	}
	return s.cmd.ProcessState.ExitCode(), all
}
