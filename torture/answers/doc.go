// Package answers holds a table of answers that a workspace, or what stands before it, may give, and runs the built program through each:
// which causes may be named then, and which remedies never. The table is the YAML files of this folder; first.yaml says at its top how a
// row is written. An ordinary go test runs the rows marked quick; go test ./torture/answers -answers runs them all and prints the counts.
package answers
