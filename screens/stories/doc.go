// Package stories is the menu of the demo: the guided stories, and every scenario by itself.
package stories
