// Package torture holds the promises of the whole program under attack: hosts that want the secret, thousands of connections in one
// process, and the built program in a terminal with a secret that must turn up nowhere. It has tests only. An ordinary go test runs a
// small count of each; scripts/torture asks for all of them.
package torture
