// Package pace answers 429 to whoever asks faster than a workspace or an account of Databricks is documented to answer. It stands around a
// handler, and its time is the clock that it is given, so that a test which owns the clock waits for nothing.
package pace
