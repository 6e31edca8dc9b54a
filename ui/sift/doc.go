// Package sift finds rows of a long list by pieces of their texts, and puts
// them in order. It knows nothing of a screen.
package sift
