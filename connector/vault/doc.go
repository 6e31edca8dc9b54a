// Package vault keeps connections on disk, each sealed whole in an age file of its own.
//
// A vault is one folder:
//
//	key.json               how the key is kept (keychain, passphrase or key file); no secret, no name
//	key.age                the key sealed with a passphrase, only in a vault that is protected with one
//	connections.lock       held while anything changes, so that two windows cannot undo each other's work
//	drafts/<id>.age        one setup that waits to be finished, without its secret; deleted when it is, or after seven days
//	connections/<id>.age   one connection; host, names, identifiers and secret are all inside the seal
//	names.age              the names in them, sealed too, only where there are many; it may be deleted at any time
//
// Every file is sealed to one age hybrid identity (ML-KEM-768 with X25519), and that identity is the only thing kept elsewhere: in the
// system's keychain, in key.age, or in a key file. The recipient is never stored, so a file can neither be read nor forged without the
// key. With the identity, age 1.3 or newer opens every file: age -d -i key.txt connections/<id>.age.
//
// How the key is kept is chosen once and pinned. When the pinned place is not available the vault says so and stops; it never falls back
// to a weaker place, and there is no place in clear text.
package vault
