//go:build !windows

package demo

import "syscall"

const errRefused = syscall.ECONNREFUSED
