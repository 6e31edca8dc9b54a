// Package thrift is the SQL face of the embedded workspace: the HTTP endpoint
// of a SQL warehouse that Databricks drivers talk Thrift to.
//
// It keeps sessions and operations, and turns calls into statements for an
// [Executor] and results into rows in columns. Who is calling, and whether they
// may use the warehouse, is decided elsewhere and asked through [Options].
package thrift
