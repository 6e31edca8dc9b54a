// Package home is the screen over the saved connections: how each is, and what can be done with it.
package home
