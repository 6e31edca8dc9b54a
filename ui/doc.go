// Package ui is a terminal kit for step-by-step programs: a shell that owns
// the window and the navigation, steps that are drawn inside it, panels that
// stand open over a step, background tasks whose late answers can do no harm,
// and the widgets steps are built from. It knows nothing of the subject of
// those steps.
//
// Nesting is shell, step or panel, widget and no deeper. Only the shell is a
// [tea.Model]; widgets have plain methods that a step calls.
//
// Everything here runs on the goroutine of Update and View, except the
// functions given to [Task.Start] and [Stream.Start], which get what they
// need copied into their closure. How long anything takes is measured by the
// clock of its context, see [WithClock].
package ui
