// Package mutants makes small changes to the program, each of which breaks a promise, and sees that a test notices every one of them. It has
// tests only. An ordinary go test sees that the table still fits the code;  go test ./torture/mutants -mutants -v -timeout 2h  makes the changes.
package mutants
