// Package statement is the SQL statement execution API of the embedded
// workspace: statements by plain HTTP and JSON, on the same engine that the SQL
// drivers talk to.
//
// It runs statements, waits for them or lets clients poll, and hands results
// out in chunks, inline and as arrays of texts. External links and the formats
// that only they carry are refused.
package statement
