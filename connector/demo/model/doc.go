// Package model is the one truth of the embedded workspace: who there is, what there is, and who may do what with it.
//
// The REST face, the SQL engine and the tests all ask this package, so they cannot disagree about a privilege. Rules follow the
// Databricks documentation of Unity Catalog privileges, ownership and SQL warehouse access; each is named where it is applied.
//
// A World is safe for use by many goroutines. Values it hands out are never changed afterwards: a change replaces them.
package model
