// Package prompt is the line-by-line half of the terminal kit: for screen readers, for terminals that cannot redraw, and for whoever
// likes it. Nothing is drawn twice; a program writes lines, asks, and says now and then what it still waits for.
//
// A [Prompt] asks. An [Asker] is a prompt whose questions all say how to go back, how to leave and how to get help. [Patiently] does
// work that may take long, and hears the person meanwhile. Like the rest of the kit it knows nothing of the subject.
package prompt
