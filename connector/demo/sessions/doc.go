// Package sessions keeps the sessions in which SQL runs, for both of its faces: that for drivers over Thrift, and the statement API. It knows
// whose each is, how long one lives that nobody uses, and how many there may be.
package sessions
