// Package statement is the SQL statement execution API of the embedded
// workspace: statements by plain HTTP and JSON, on the same engine that the SQL
// drivers talk to.
//
// It runs statements, waits for them or lets clients poll, and hands results
// out in chunks: inline and as arrays of texts, or by links to the storage host,
// as arrays of texts, streams of Apache Arrow, or CSV.
package statement
