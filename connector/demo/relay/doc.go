// Package relay stands in front of the embedded workspace and changes single answers, by rules that are data: which request is meant, and
// what is answered in place of, or made of, the workspace's own answer. Whatever real clients meet on their way to a workspace can be
// played so: refusals that were recorded, pages of gateways, bodies that are cut, trickle, never end, or are not what they say they are.
//
// Tests and scenarios write rules in Go; a person writes them in YAML, for demo --fault.
package relay
