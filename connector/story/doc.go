// Package story is the guided demo without a face: which stories there are, what a coach says on the way through them, and the stage that each is
// played on: an embedded workspace, a vault that is thrown away, an admin and an owner to play.
package story
