// Package dialect reads the text of Databricks SQL: it splits statements into tokens, rewrites queries into SQLite's dialect, says what the
// text tells about the types of a result, and finds the place of a mistake. It runs nothing.
package dialect
