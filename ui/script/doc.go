// Package script plays keys from a file in place of a person, for recordings and for walks that are tested. It has never heard of what the
// program is about: it knows keys, and texts that a screen shows.
package script
