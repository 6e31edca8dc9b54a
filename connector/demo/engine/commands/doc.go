// Package commands runs the statements that are not queries, and answers for metadata: SHOW, DESCRIBE, GRANT, SET, the information schema
// and the listings of drivers.
package commands
