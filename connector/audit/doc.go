// Package audit says what a principal could do: whether it reads exactly what was chosen, more than that, or could write, and what could
// not be seen. It asks, and never tries a write to prove anything.
//
// Survey walks every catalog and schema for what one principal holds. Gather adds what an admin sees, Certify judges, and a Certificate is
// written out as JSON or as one page of text.
package audit
