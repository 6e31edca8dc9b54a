// Package password lets people into a legacy workspace with a user name and a password, over REST and on the sign-in page, as far as the
// permissions on passwords let them. Databricks ended such passwords in July 2024, and this program's own client knows none: they are here so that
// what the document says of these permissions can be tried.
package password
