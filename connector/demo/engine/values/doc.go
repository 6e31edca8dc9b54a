// Package values has what the engine computes with: data types, values and their casts, the columns of results, and the error that
// every part of the engine fails with. It knows nothing of SQL text, tables or privileges.
package values
