package demo

import "syscall"

// Sockets of Windows have error numbers of their own; those with the names of Unix are never returned there.
const errRefused = syscall.Errno(10061) // WSAECONNREFUSED
