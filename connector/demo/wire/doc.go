// Package wire reads and writes the strict Thrift binary protocol, as far as
// Databricks SQL clients use it, and names the fields of their messages.
//
// It is written by hand, without generated code: a [Reader] that trusts
// nothing it is sent and a [Writer] that appends to a byte slice. The field
// numbers and enumerations are those of the TCLIService definition that every
// Databricks driver is generated from; the constants carry its names.
package wire
