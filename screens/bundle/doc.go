// Package bundle is the screen over a support bundle that was opened. It asks nobody and changes nothing.
package bundle
