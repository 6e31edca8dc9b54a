// Package redact recognises secrets in texts that are no place for one, and gives such a text without them. It knows a secret by its form
// (dapi…, dose…, a JWT, a private key), by where it stands (PWD=, client_secret:, the user information of a URL), and by value once one of
// the two gave it away.
//
// Whatever the program draws, prints or keeps goes through Text, where texts meet a screen, a stream or a record. What reads an input asks
// Find, which is stricter: in an input, a word behind "password:" is a password.
package redact
