// Package sockets names the errors of sockets alike on every system: Windows has numbers of its own, and never returns those that have the names
// of Unix.
package sockets
