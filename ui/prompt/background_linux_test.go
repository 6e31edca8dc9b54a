package prompt

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/draftt-io/draftt-databricks/ui/jobs"
)

// role is set for the processes that a test starts from its own program.
const role = "PROMPT_TEST_ROLE"

// inBackground are what a program does that a shell starts in the background, up to its first question and from there to its end.
var inBackground = map[string]func(tty *os.File){
	"line by line": func(tty *os.File) {
		terminal := NewTerminal(tty, nil)
		terminal.Enter()
		fmt.Println("started")
		_, _ = (&Prompt{In: terminal.Lines, Out: io.Discard, Terminal: terminal}).Line("Host", "")
		terminal.Leave(false)
	},
	"screen": func(tty *os.File) {
		fmt.Println("started")
		jobs.ToFront(tty)
		modes, _ := unix.IoctlGetTermios(int(tty.Fd()), unix.TCGETS)
		_, _ = bufio.NewReader(tty).ReadString('\n')
		_ = unix.IoctlSetTermios(int(tty.Fd()), unix.TCSETS, modes)
	},
}

// TestMain plays the shell and its program where a test asks for them.
func TestMain(m *testing.M) {
	program := inBackground[os.Getenv("PROMPT_TEST_PROGRAM")]
	switch os.Getenv(role) {
	case "":
		os.Exit(m.Run())
	case "shell":
		if err := shell(os.Stdin); err != nil {
			fmt.Println(err)
		}
	case "program":
		program(os.Stdin)
	}
}

// shell starts a program in the background and edits a line of its own; then it brings the program to the front, and looks at the terminal
// when that has ended.
func shell(tty *os.File) error {
	fd := int(tty.Fd())
	persons, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return err
	}
	editing := *persons
	editing.Oflag &^= unix.OPOST
	editing.Lflag &^= unix.ICANON | unix.ECHO
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, &editing); err != nil {
		return err
	}
	program := exec.Command(os.Args[0])
	program.Env = append(os.Environ(), role+"=program")
	program.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	program.Stdin = tty
	says, err := program.StdoutPipe()
	if err != nil {
		return err
	}
	if err := program.Start(); err != nil {
		return err
	}
	if _, err := bufio.NewReader(says).ReadString('\n'); err != nil {
		return fmt.Errorf("the program does not start: %w", err)
	}
	signal.Ignore(syscall.SIGTTOU)
	group := program.Process.Pid
	if err := unix.IoctlSetTermios(fd, unix.TCSETS, persons); err != nil {
		return err
	}
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPGRP, group); err != nil {
		return err
	}
	if err := syscall.Kill(-group, syscall.SIGCONT); err != nil {
		return err
	}
	fmt.Println("in front")
	if err := program.Wait(); err != nil {
		return err
	}
	after, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err == nil && *after != *persons {
		err = fmt.Errorf("oflag %o and lflag %o were %o and %o", after.Oflag, after.Lflag, persons.Oflag, persons.Lflag)
	}
	return err
}

// TestAProgramFromTheBackgroundGivesBackThePersonsTerminal has the shell edit a line, in modes of its own, when the program begins.
func TestAProgramFromTheBackgroundGivesBackThePersonsTerminal(t *testing.T) {
	for name := range inBackground {
		d := newDesk(t)
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), role+"=shell", "PROMPT_TEST_PROGRAM="+name)
		cmd.Stdin, cmd.SysProcAttr = d.in, &syscall.SysProcAttr{Setsid: true, Setctty: true}
		says, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = cmd.Process.Kill() })
		lines := bufio.NewReader(says)
		if line, err := lines.ReadString('\n'); line != "in front\n" {
			t.Fatalf("%s: %q, %v", name, line, err)
		}
		d.types("adb-1.example.net\r")
		if rest, err := io.ReadAll(lines); len(rest) > 0 || err != nil {
			t.Errorf("%s: %s, %v", name, rest, err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
