// Package engine runs SQL for the embedded workspace: SELECT over tables with
// three-part names, the SHOW and DESCRIBE statements an inventory needs, GRANT
// and REVOKE, and what makes, fills and drops catalogs, schemas and tables.
//
// SELECT runs on SQLite, in memory. Tables are not copied into it: each is a
// virtual table whose rows come from a function, so a table costs nothing until
// it is read and a read never waits for another. Privileges are not decided
// here. The engine asks an [Authority] before a statement runs, and SQLite's
// authorizer asks it again for every table and column the compiled statement
// touches, so a name that slipped past the front end is still refused.
//
// The package is the front of its rooms: dialect reads the text, values are
// what is computed with, objects are what there is and who may see it, run has
// the queries and commands all other statements. Imports run one way: run and
// commands use objects, objects use dialect, dialect uses values.
//
// Errors that a client should see are of type [*Error] and carry the error
// classes, SQLSTATEs and texts of Azure Databricks.
package engine
