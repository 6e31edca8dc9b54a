// Package screentest puts a person in front of a screen, for tests: an embedded workspace, a clock, keys to press and frames to look at.
package screentest
