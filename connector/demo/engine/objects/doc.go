// Package objects is what the engine knows of a workspace: names and definitions of tables, sessions, and the authority that holds the
// privileges.
package objects
