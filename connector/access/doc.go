// Package access answers who can do what in a workspace and its account, and why: who may use an object, what a principal may use, by which
// path, what would end it, and what is missing where it may not. It reads nothing and knows no terminal. Facts are filled in by whoever
// collected them, and say of themselves what was not collected; the rules of Databricks are data, in assets/access-privileges.yaml,
// access-levels.yaml and access-roles.yaml, and the pages of the same tables are made from them.
//
// An answer is yes, no or unknown. It is never no where something that decides was not collected.
package access
