// Package trust is what a person trusts for a connection beside what their machine does: certificate authorities, read from a file, or seen
// in a handshake that was refused and compared with what whoever runs the network says of them. It decides nothing by itself: a name that
// does not match and a certificate that has expired stay refused, whoever issued them.
package trust
