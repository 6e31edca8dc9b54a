// Package steps is the five steps of a set-up as screens: connect, warehouse, namespace, access, review. A step turns keys into calls of
// setup.Setup and setup.Draft and draws what comes back; it has no rule of its own. Package plain beside it is the same, line by line.
package steps
