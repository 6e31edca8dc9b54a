package sockets

import "syscall"

// The errors of a connection that nobody took, and of one that the other side broke off.
const (
	ErrRefused = syscall.Errno(10061) // WSAECONNREFUSED
	ErrReset   = syscall.WSAECONNRESET
)
