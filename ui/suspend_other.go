//go:build !unix

package ui

// Run does nothing: there is no job control here.
func (*suspension) Run() error { return nil }
