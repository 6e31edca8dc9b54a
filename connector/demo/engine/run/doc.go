// Package run runs queries on SQLite, in memory. Tables are virtual ones, and SQLite's authorizer asks the authority about each that a
// compiled statement touches.
package run
