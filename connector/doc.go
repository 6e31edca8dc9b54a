// Package connector is the vocabulary of the engine: the nouns of Azure Databricks as Draftt uses them, and the three types that keep
// promises by construction. A Secret cannot be printed, a Remote prints only cleaned text, an Ident can always be quoted safely.
//
// The rooms below it do the work: workspace signs in and reads over REST, query makes and runs SQL, grants knows the read-only contract,
// check proves a connection stage by stage, vault keeps it sealed, and demo is a workspace that needs no network.
// Nothing here or below knows of a terminal.
package connector
