//go:build unix

package infile

import "syscall"

// NoWait opens a pipe without waiting for who writes to it, and a terminal without becoming its program.
const NoWait = syscall.O_NONBLOCK | syscall.O_NOCTTY
