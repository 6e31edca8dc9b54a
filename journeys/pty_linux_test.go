package journeys

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// startOnPTY starts a command on a pseudo-terminal of its own, 80×24, and gives the terminal's side of it. tmux would hide how long the
// first frame takes.
func startOnPTY(cmd *exec.Cmd) (*os.File, error) {
	terminal, program, err := newPTY()
	if err != nil {
		return nil, err
	}
	defer func() { _ = program.Close() }()
	if err := startIn(cmd, program); err != nil {
		_ = terminal.Close()
		return nil, err
	}
	return terminal, nil
}

// newPTY opens a pseudo-terminal, 80×24: the side of whoever looks at it, and that of programs.
func newPTY() (terminal, program *os.File, err error) {
	terminal, err = os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("open a pseudo-terminal: %w", err)
	}
	program, err = programSide(terminal)
	if err != nil {
		_ = terminal.Close()
		return nil, nil, err
	}
	return terminal, program, nil
}

// startIn starts a command as the one that a terminal belongs to.
func startIn(cmd *exec.Cmd, program *os.File) error {
	cmd.Stdin, cmd.Stdout, cmd.Stderr = program, program, program
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start on a pseudo-terminal: %w", err)
	}
	return nil
}

func programSide(terminal *os.File) (*os.File, error) {
	fd := int(terminal.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		return nil, fmt.Errorf("unlock the pseudo-terminal: %w", err)
	}
	number, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		return nil, fmt.Errorf("number the pseudo-terminal: %w", err)
	}
	if err := unix.IoctlSetWinsize(fd, unix.TIOCSWINSZ, &unix.Winsize{Row: 24, Col: 80}); err != nil {
		return nil, fmt.Errorf("size the pseudo-terminal: %w", err)
	}
	program, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, fmt.Errorf("open the pseudo-terminal: %w", err)
	}
	return program, nil
}
