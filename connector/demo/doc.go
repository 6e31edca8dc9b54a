// Package demo is a Databricks workspace inside the program: an HTTPS server on loopback that speaks the real wire protocols, over data
// that a scenario describes.
//
// DialContext maps the workspace's name to the server and refuses every other address, so the ordinary clients and their TLS run against
// it unchanged, and nothing they do can leave the machine.
package demo
