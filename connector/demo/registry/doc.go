// Package registry has the kinds of object of a workspace, each once: where the REST API lists and gives one, how its lists are paged, and what
// the permissions API says of it. It knows rows alone; the model has the objects, and who may do what with them.
package registry
