//go:build !provoke

package contain

func provoke(string) {}
