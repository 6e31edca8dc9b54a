//go:build !unix

package jobs

// Run does nothing: there is no job control here.
func (*suspension) Run() error { return nil }
